//! How a verb answers a request: on a thread of its own, its output handed on as it comes. An answer that fails before anything came of
//! it is a problem instead.

use super::{
    Ran, Service,
    body::{Cut, Ended, MOST, MOST_OF_LINES, Parts, incoming, outgoing, whole},
    operation::Operation,
    problem::Problem,
};
use crate::error::Exit;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use std::{
    io::{Cursor, Read},
    sync::Arc,
    time::Duration,
};
use tokio::{sync::mpsc::Receiver, task::JoinHandle, time::timeout};

/// How long leave to work is waited for.
const QUEUE: Duration = Duration::from_secs(30);

/// What a request asks of an operation.
pub struct Asked {
    /// The operation.
    pub operation: &'static Operation,
    /// The word in its path.
    pub what: Option<String>,
    /// Its options.
    pub options: Vec<(String, String)>,
}

/// Answers a request.
///
/// # Errors
///
/// When it cannot be answered.
pub async fn answer(
    service: &Arc<Service>,
    asked: Asked,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response<Body>, Problem> {
    let Asked { operation, what, options } = asked;
    let kind = if operation.takes_cases { form(headers)? } else { None };
    let words = operation
        .words(what.as_deref(), &options, service.verbs.policy(), kind)
        .map_err(|said| Problem::new(StatusCode::BAD_REQUEST, "usage", said))?;
    let is_many = matches!(kind, Some("jsonl" | "csv"));
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > if is_many { MOST_OF_LINES } else { MOST }) {
        return Err(cut(Cut::TooLarge));
    }
    let (input, ended): (Box<dyn Read + Send>, Ended) = if is_many {
        let (input, ended) = incoming(body, MOST_OF_LINES);
        (Box::new(input), ended)
    } else {
        (Box::new(Cursor::new(whole(body).await.map_err(cut)?)), Ended::default())
    };
    let leave = timeout(QUEUE, Arc::clone(service).leave()).await.map_err(|_| busy())?;
    let (output, parts, taken) = outgoing();
    let (verbs, run) = (Arc::clone(&service.verbs), words.clone());
    let ran = tokio::task::spawn_blocking(move || {
        let ran = verbs.run(&run, input, Box::new(output));
        drop(leave);
        ran
    });
    let (body, whole) = begun(operation, (parts, taken), ran, &ended).await?;
    let mut response = Response::new(body);
    let format = words.iter().find_map(|word| word.strip_prefix("--format=")).unwrap_or_default();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(format)));
    if let Some(exit) = whole {
        response.headers_mut().insert("brag-exit-code", HeaderValue::from(u16::from(exit.code())));
    }
    Ok(response)
}

/// The answer as soon as it is known to be one: its body, and how the run ended, where it is at its end.
async fn begun(
    operation: &Operation,
    (mut parts, taken): (Receiver<Bytes>, Ended),
    ran: JoinHandle<Ran>,
    ended: &Ended,
) -> Result<(Body, Option<Exit>), Problem> {
    let first = parts.recv().await;
    let Some(first) = first else {
        let ran = ran.await.map_err(|_| broken())?;
        return match ended.why() {
            Cut::Not if ran.usage.is_none() && ran.exit <= Exit::Finding => Ok((Body::empty(), Some(ran.exit))),
            Cut::Not => Err(Problem::of_run(&ran)),
            why => Err(cut(why)),
        };
    };
    // A short answer is all there is: whether it is one is known at its end.
    let Some(second) = parts.recv().await else {
        let ran = ran.await.map_err(|_| broken())?;
        let is_alone = operation.one_by_one && first.starts_with(b"{\n");
        if is_alone && ran.exit >= Exit::Invalid {
            return Err(Problem::of_run(&ran));
        }
        return Ok((Body::from(first), Some(ran.exit)));
    };
    let first = Bytes::from([first, second].concat());
    Ok((Body::new(Parts { first: Some(first), rest: parts, writer: Some(ran), ended: taken }), None))
}

/// The form of cases that a request says it sends; nothing where it does not say.
fn form(headers: &HeaderMap) -> Result<Option<&'static str>, Problem> {
    let Some(said) = headers.get(header::CONTENT_TYPE) else { return Ok(None) };
    let said = said.to_str().unwrap_or_default();
    let kind = said.split(';').next().unwrap_or_default().trim().to_lowercase();
    match kind.as_str() {
        "application/json" => Ok(Some("json")),
        "application/x-ndjson" | "application/jsonl" | "application/json-lines" => Ok(Some("jsonl")),
        "text/csv" => Ok(Some("csv")),
        "application/yaml" | "application/x-yaml" | "text/yaml" => Ok(Some("yaml")),
        _ => {
            let known = "application/json, application/x-ndjson, application/yaml or text/csv";
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            Err(Problem::new(status, "media_type", "cases are not taken in this form")
                .with_help(format!("send {known}")))
        }
    }
}

/// How an answer of a format is called.
fn content_type(format: &str) -> &'static str {
    match format {
        "jsonl" => "application/x-ndjson",
        "csv" => "text/csv; charset=utf-8",
        "yaml" => "application/yaml",
        "html" => "text/html; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "junit" => "application/xml",
        "text" | "table" | "github" | "rhai" => "text/plain; charset=utf-8",
        _ => "application/json",
    }
}

/// A body that ended early.
pub fn cut(why: Cut) -> Problem {
    match why {
        Cut::TooLarge => {
            let said = format!("a body is at most {MOST} bytes, one of JSON lines or CSV at most {MOST_OF_LINES}");
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", said).with_help("send fewer cases at a time")
        }
        Cut::TooSlow => Problem::new(StatusCode::REQUEST_TIMEOUT, "too_slow", "the body did not come in time"),
        Cut::Gone | Cut::Not => Problem::new(StatusCode::BAD_REQUEST, "cut_off", "the body ended early"),
    }
}

/// That others are at work.
pub fn busy() -> Problem {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "too many requests are at work").with_help("ask again later")
}

/// That the program is at fault.
pub fn broken() -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "broken", "the program failed on this request")
}
