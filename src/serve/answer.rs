//! How a verb answers a request: on a thread of its own, its output handed on as it comes. An answer that fails before anything came of
//! it is a problem instead.

use super::{
    Ran, Service,
    at_work::{at_work, busy, done},
    body::{Cut, EXIT_CODE, Ended, MOST, MOST_OF_LINES, Parts, WARNING, document, incoming, outgoing},
    operation::Operation,
    problem::Problem,
};
use crate::error::Exit;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Response, StatusCode, Version, header},
};
use std::{
    io::{Cursor, Read},
    sync::Arc,
};
use tokio::{sync::mpsc::Receiver, task::JoinHandle};

/// What a request asks of an operation.
pub struct Asked {
    /// The operation.
    pub operation: &'static Operation,
    /// The word in its path.
    pub what: Option<String>,
    /// Its options.
    pub options: Vec<(String, String)>,
}

/// Answers a request. What comes as lines has a leave of its own: it lasts as long as whoever sends it takes, and keeps no document waiting.
///
/// # Errors
///
/// When it cannot be answered.
pub async fn answer(
    service: &Arc<Service>,
    asked: Asked,
    (version, headers): (Version, &HeaderMap),
    body: Body,
) -> Result<Response<Body>, Problem> {
    let Asked { operation, what, options } = asked;
    let kind = if operation.takes_cases { form(headers)? } else { None };
    let words = operation
        .words(what.as_deref(), &options, &*service.verbs, kind)
        .map_err(|said| Problem::new(StatusCode::BAD_REQUEST, "usage", said))?;
    let is_lines = matches!(kind, Some("jsonl" | "csv"));
    // Before 1.1 an answer in parts that breaks off looks like one that ends.
    let has_parts = version >= Version::HTTP_11;
    if is_lines && !has_parts {
        let said = "cases one after the other are answered in parts, which needs HTTP/1.1";
        let help = "speak HTTP/1.1, also through a proxy (nginx: `proxy_http_version 1.1`), or send one document";
        return Err(Problem::new(StatusCode::HTTP_VERSION_NOT_SUPPORTED, "http_version", said).with_help(help));
    }
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > if is_lines { MOST_OF_LINES } else { MOST }) {
        return Err(cut(Cut::TooLarge));
    }
    let (input, ended): (Box<dyn Read + Send>, Ended) = if is_lines {
        let (input, ended) = incoming(body);
        (Box::new(input), ended)
    } else {
        (Box::new(Cursor::new(document(body, &service.large).await.map_err(cut)?)), Ended::default())
    };
    let (output, parts) = outgoing();
    let (verbs, run) = (Arc::clone(&service.verbs), words.clone());
    let leave = if is_lines { &service.streams } else { &service.documents };
    let writer = at_work(leave, move || verbs.run(&run, input, Box::new(output))).await?;
    let begun = begun(operation, (is_lines, has_parts), parts, writer, ended).await;
    // A fault of the policy is none of the cases that were sent, unless it comes of what the request sets.
    let is_as_written = operation.takes_cases && !options.iter().any(|(name, _)| name == "set");
    let mut response = begun.map_err(|problem| if is_as_written { problem.of_server() } else { problem })?;
    let format = words.iter().find_map(|word| word.strip_prefix("--format=")).unwrap_or_default();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(format)));
    Ok(response)
}

/// The answer as soon as it is known to be one. How the run ended stands in a header where it is at its end by then, else in a trailer.
async fn begun(
    operation: &Operation,
    (is_lines, has_parts): (bool, bool),
    mut rest: Receiver<Bytes>,
    writer: JoinHandle<Ran>,
    asked: Ended,
) -> Result<Response<Body>, Problem> {
    let (mut begins, mut count) = (Vec::new(), 0);
    while let Some(part) = rest.recv().await {
        begins.extend_from_slice(&part);
        count += 1;
        // A line is an answer by itself. Whether a document is one is known by what follows its first part, or at its end.
        if has_parts && (count > 1 || is_lines && !begins.starts_with(b"{\n")) {
            if let Some(why) = asked.early() {
                return Err(cut(why));
            }
            let parts = Parts { first: Some(begins.into()), rest, writer: Some(writer), asked };
            let mut response = Response::new(Body::new(parts));
            for name in [EXIT_CODE, WARNING] {
                response.headers_mut().append(header::TRAILER, HeaderValue::from_name(name));
            }
            return Ok(response);
        }
    }
    let ran = done(writer).await?;
    if let Some(why) = asked.early() {
        return Err(cut(why));
    }
    let is_alone = operation.one_by_one && begins.starts_with(b"{\n");
    let is_none = begins.is_empty() && ran.exit > Exit::Finding;
    if is_none || !ran.is_whole || is_alone && ran.exit >= Exit::Invalid {
        return Err(Problem::of_run(&ran));
    }
    let mut response = Response::new(Body::from(begins));
    response.headers_mut().extend(ran.headers());
    Ok(response)
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
pub fn content_type(format: &str) -> &'static str {
    match format {
        "jsonl" => "application/x-ndjson",
        "csv" => "text/csv; charset=utf-8",
        "yaml" => "application/yaml",
        "html" => "text/html; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "junit" => "application/xml",
        "sarif" => "application/sarif+json",
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
        Cut::Gone => Problem::new(StatusCode::BAD_REQUEST, "cut_off", "the body ended early"),
        Cut::Busy => busy(),
    }
}
