//! The routes: every operation, health and metrics; and what is done for each request whatever it asks for.

use super::{
    Service,
    answer::{Asked, answer},
    answering::Answering,
    bench_routes::bench_routes,
    guard::seal,
    openapi::openapi,
    operation::OPERATIONS,
    problem::Problem,
};
use axum::{
    Router,
    body::Body,
    extract::{
        MatchedPath, Path, Query, Request, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::{HeaderValue, Response, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    routing::{MethodFilter, get, on},
};
use std::sync::Arc;

/// A service that can be shared.
pub type Shared = Arc<Service>;
/// The options of a request, or why they cannot be read.
type Options = Result<Query<Vec<(String, String)>>, QueryRejection>;

/// The routes.
pub fn routes(service: Shared) -> Router {
    let mut router = Router::new();
    for operation in OPERATIONS {
        let methods = if operation.takes_cases { MethodFilter::POST } else { MethodFilter::GET };
        let handler = move |State(service): State<Shared>,
                            what: Result<Option<Path<String>>, PathRejection>,
                            options: Options,
                            request: Request| async move {
            let asked = what.map_err(|_| "a path is text in UTF-8".to_owned()).and_then(|what| {
                let Query(options) = options.map_err(|said| said.body_text())?;
                Ok(Asked { operation, what: what.map(|Path(what)| what), options })
            });
            let asked = match asked {
                Ok(asked) => asked,
                Err(said) => return Problem::new(StatusCode::BAD_REQUEST, "usage", said).response(),
            };
            let (parts, body) = request.into_parts();
            answer(&service, asked, (parts.version, &parts.headers), body)
                .await
                .unwrap_or_else(|problem| problem.response())
        };
        router = router.route(operation.path, on(methods, handler));
    }
    router
        .route("/v1/health", get(|| async { text("application/json", "{ \"status\": \"ok\" }\n") }))
        .route("/v1/metrics", get(metrics))
        .route("/openapi.json", get(document))
        .merge(bench_routes())
        .fallback(|| async { nothing() })
        .method_not_allowed_fallback(|| async {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", "this is not asked for in this way").response()
        })
        .layer(from_fn_with_state(Arc::clone(&service), around))
        .with_state(service)
}

/// What is done for each request: it is let in or not, counted, and said of.
async fn around(State(service): State<Shared>, request: Request, next: Next) -> Response<Body> {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let answering = Answering::of(Arc::clone(&service), method.clone(), route);
    let mut response = match service.guard.admit(&method, request.uri().path(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.response(),
    };
    seal(response.headers_mut());
    let status = response.status().as_u16();
    response.map(|body| answering.with(status, body))
}

async fn metrics(State(service): State<Shared>) -> Response<Body> {
    text("text/plain; version=0.0.4; charset=utf-8", service.metrics.text())
}

async fn document(State(service): State<Shared>) -> Response<Body> {
    text("application/json", format!("{:#}\n", openapi(&service.verbs.command())))
}

/// That there is nothing at a path.
pub fn nothing() -> Response<Body> {
    Problem::new(StatusCode::NOT_FOUND, "no_route", "there is nothing here").response()
}

/// An answer that is text.
pub fn text(kind: &'static str, text: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(text.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
