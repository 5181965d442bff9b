//! What went wrong with a request, as a document for programs: RFC 9457, with the codes, places and remedies of the command line.

use super::Ran;
use crate::{
    error::{Error, Exit},
    report::failed::described,
};
use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use serde_json::{Map, Value, json};

/// What went wrong.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    detail: String,
    help: Option<String>,
    /// What the command line says of it, for programs.
    told: Map<String, Value>,
}

impl Problem {
    /// One of the way that a request came, and not of what is in it.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Something went wrong");
        Self { status, code, title, detail: detail.into(), help: None, told: Map::new() }
    }

    /// The same with what to do about it.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same as the server's own, where it is that its policy is invalid.
    pub fn of_server(self) -> Self {
        let status = if self.code == "policy_invalid" { StatusCode::INTERNAL_SERVER_ERROR } else { self.status };
        Self { status, ..self }
    }

    /// An error of the command line.
    pub fn of(error: &Error) -> Self {
        let status = match error.exit() {
            Exit::Usage => StatusCode::BAD_REQUEST,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let told = match serde_json::to_value(described(error, None)) {
            Ok(Value::Object(told)) => told,
            _ => Map::new(),
        };
        let detail = match error {
            // What is sent has no name; whatever else is wrong has one.
            Error::Input { file, message, .. } if file != "standard input" => format!("{file}: {message}"),
            _ => error.to_string(),
        };
        let mut problem = Self::new(status, error.code(), detail);
        problem.title = error.exit().sentence();
        problem.help = error.remedy();
        problem.told = told;
        problem
    }

    /// What clap says of a command line: a sentence, what it expected, and how the verb is used there, which is no matter of a request.
    fn of_usage(said: &str) -> Self {
        let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
        let detail = lines.next().unwrap_or_default().trim_start_matches("error: ");
        let is_of_it = |line: &&str| !line.starts_with("Usage:") && !line.starts_with("For more information");
        let expected: Vec<&str> = lines.take_while(is_of_it).map(|line| line.trim_matches(['[', ']'])).collect();
        let help = (!expected.is_empty()).then(|| expected.join("; "));
        Self { help, ..Self::new(StatusCode::BAD_REQUEST, "usage", detail) }
    }

    /// What a verb without an answer came to.
    pub fn of_run(ran: &Ran) -> Self {
        if let Some(usage) = &ran.usage {
            return Self::of_usage(usage);
        }
        let Some((first, others)) = ran.complaints.split_first() else {
            return Self::new(StatusCode::UNPROCESSABLE_ENTITY, "no_answer", "there is no answer");
        };
        let mut problem = Self::of(first);
        if !others.is_empty() {
            let others: Vec<_> = others.iter().map(|error| described(error, None)).collect();
            problem.told.insert("further".to_owned(), json!(others));
        }
        problem
    }

    /// The document.
    fn document(&self) -> Value {
        let mut document = json!({
            "type": format!("urn:brag:problem:{}", self.code),
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
            "code": self.code,
            "help": self.help,
        });
        if let Some(document) = document.as_object_mut() {
            let more = self.told.iter().filter(|(key, _)| !matches!(key.as_str(), "message" | "code" | "help"));
            document.extend(more.map(|(key, value)| (key.clone(), value.clone())));
        }
        document
    }

    /// The response.
    pub fn response(&self) -> Response<Body> {
        let mut response = Response::new(Body::from(format!("{:#}\n", self.document())));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"brag\""));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}
