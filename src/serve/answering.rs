//! A request from its first word to the end of its answer: then it is counted, and a line is said of it.

use super::routes::Shared;
use axum::{
    body::{Body, Bytes},
    http::Method,
};
use hyper::body::{Body as Polled, Frame, SizeHint};
use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Instant,
};

/// What stands for the status of a request whose answer was not brought to its end, because whoever asked went away or was given up.
const NOT_ENDED: u16 = 499;

/// A request that is being answered, until it is dropped: also where whoever asked is gone first.
pub struct Answering {
    service: Shared,
    method: Method,
    route: String,
    begun: Instant,
    status: u16,
}

impl Answering {
    /// One more.
    pub fn of(service: Shared, method: Method, route: String) -> Self {
        service.metrics.one_more();
        Self { service, method, route, begun: Instant::now(), status: NOT_ENDED }
    }

    /// The body of its answer, of a status.
    pub fn with(mut self, status: u16, body: Body) -> Body {
        // Who asks for the head alone is sent no more.
        if self.method == Method::HEAD {
            self.status = status;
        }
        Body::new(Answered { body, status, request: self })
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        let Self { service, route, status, .. } = self;
        let took = self.begun.elapsed();
        service.metrics.count(route, *status, took);
        // A method may be any word that somebody sends.
        let is_known = matches!(self.method.as_str(), "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS");
        let method = if is_known { self.method.as_str() } else { "OTHER" };
        (service.log)(&format!("{method} {route} {status} {} ms", took.as_millis()));
    }
}

/// The body of an answer, with the request that it ends.
struct Answered {
    body: Body,
    status: u16,
    request: Answering,
}

impl Polled for Answered {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        // A trailer is the last that is sent.
        if frame.as_ref().is_none_or(|frame| frame.as_ref().is_ok_and(Frame::is_trailers)) {
            self.request.status = self.status;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Answered {
    fn drop(&mut self) {
        // What is known to have nothing more is not asked for more.
        if self.body.is_end_stream() {
            self.request.status = self.status;
        }
    }
}
