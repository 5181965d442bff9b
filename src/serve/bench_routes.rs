//! The routes of the workbench: the page, and what it asks. Nothing is written but where `save` is asked for.

use super::{
    answer::cut,
    at_work::{at_work, done},
    body::document,
    problem::Problem,
    routes::{Shared, nothing, text},
    workbench::{Edit, Workbench},
};
use axum::{
    Router,
    body::Body,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderMap, Response, StatusCode, header},
    routing::{get, post},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::time::timeout;

/// The page and what it is made of: path, kind, text.
const PAGE: &[(&str, &str, &str)] = &[
    ("workbench.css", "text/css; charset=utf-8", include_str!("page/workbench.css")),
    ("workbench.mjs", "text/javascript; charset=utf-8", include_str!("page/workbench.mjs")),
    ("server.mjs", "text/javascript; charset=utf-8", include_str!("page/server.mjs")),
    ("editor.mjs", "text/javascript; charset=utf-8", include_str!("page/editor.mjs")),
    ("editor_look.mjs", "text/javascript; charset=utf-8", include_str!("page/editor_look.mjs")),
    ("highlighting.mjs", "text/javascript; charset=utf-8", include_str!("page/highlighting.mjs")),
    ("codemirror.mjs", "text/javascript; charset=utf-8", include_str!("page/codemirror.mjs")),
    ("numbers.mjs", "text/javascript; charset=utf-8", include_str!("page/numbers.mjs")),
    ("outcome.mjs", "text/javascript; charset=utf-8", include_str!("page/outcome.mjs")),
    ("case_form.mjs", "text/javascript; charset=utf-8", include_str!("page/case_form.mjs")),
    ("findings.mjs", "text/javascript; charset=utf-8", include_str!("page/findings.mjs")),
    ("mutants.mjs", "text/javascript; charset=utf-8", include_str!("page/mutants.mjs")),
    ("lines.mjs", "text/javascript; charset=utf-8", include_str!("page/lines.mjs")),
    ("names.mjs", "text/javascript; charset=utf-8", include_str!("page/names.mjs")),
    ("saving.mjs", "text/javascript; charset=utf-8", include_str!("page/saving.mjs")),
    ("element.mjs", "text/javascript; charset=utf-8", include_str!("page/element.mjs")),
];
const FRONT: &str = include_str!("page/workbench.html");
/// What the workbench is asked of an edit.
type Question = fn(&Workbench, &Edit, &AtomicBool) -> Result<String, Problem>;

/// The routes.
pub fn bench_routes() -> Router<Shared> {
    let asked: [(&str, Question); 6] = [
        ("check", Workbench::checked),
        ("compare", Workbench::compared),
        ("test", Workbench::worked),
        ("mutants", Workbench::mutated),
        ("explain", Workbench::explained),
        ("save", |bench, edit, _| bench.save(edit)),
    ];
    let mut router = Router::new()
        .route("/", get(|| async { text("text/html; charset=utf-8", FRONT) }))
        .route("/page/{file}", get(page))
        .route("/v1/workbench", get(state));
    for (name, asked) in asked {
        let handler = move |State(service): State<Shared>, request: Request| async move {
            about_edit(service, request, asked).await.unwrap_or_else(|problem| problem.response())
        };
        router = router.route(&format!("/v1/workbench/{name}"), post(handler));
    }
    router
}

async fn page(file: Result<Path<String>, PathRejection>) -> Response<Body> {
    let found = file.ok().and_then(|Path(file)| PAGE.iter().find(|(name, ..)| *name == file));
    found.map_or_else(nothing, |(_, kind, content)| text(kind, *content))
}

async fn state(State(service): State<Shared>) -> Response<Body> {
    let done = work(service, |bench, _| bench.state()).await;
    done.unwrap_or_else(|problem| problem.response())
}

async fn about_edit(service: Shared, request: Request, asked: Question) -> Result<Response<Body>, Problem> {
    let (parts, body) = request.into_parts();
    if !is_json(&parts.headers) {
        let help = "send application/json";
        let said = "an edit is not taken in this form";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", said).with_help(help));
    }
    let body = document(body, &service.large).await.map_err(cut)?;
    let edit: Edit = serde_json::from_slice(body.as_ref()).map_err(|error| {
        let said = format!("no edit: line {}, column {}", error.line(), error.column());
        Problem::new(StatusCode::BAD_REQUEST, "edit", said).with_help("an edit has `rules` and `parameters`")
    })?;
    work(service, move |bench, stop| asked(bench, &edit, stop)).await
}

fn is_json(headers: &HeaderMap) -> bool {
    let said = headers.get(header::CONTENT_TYPE).and_then(|said| said.to_str().ok()).unwrap_or_default();
    said.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// Tells work that whoever asked for it is gone.
struct Gone(Arc<AtomicBool>);

impl Drop for Gone {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Does something of the workbench on a thread of its own, and tells it to stop where nobody waits for it any longer.
async fn work(
    service: Shared,
    what: impl FnOnce(&Workbench, &AtomicBool) -> Result<String, Problem> + Send + 'static,
) -> Result<Response<Body>, Problem> {
    let Some(bench) = service.bench.clone() else {
        let said = "a policy of a commit cannot be edited";
        let help = "serve a folder, or a policy that is built in";
        return Err(Problem::new(StatusCode::NOT_FOUND, "no_workbench", said).with_help(help));
    };
    let (stop, longest) = (Arc::new(AtomicBool::new(false)), bench.longest);
    let gone = Gone(Arc::clone(&stop));
    let work = at_work(&service.documents, move || what(&bench, &stop)).await?;
    let answer = timeout(longest, done(work)).await.map_err(|_| too_long(longest))?;
    drop(gone);
    Ok(text("application/json", answer??))
}

/// That an answer takes longer than it may.
fn too_long(longest: Duration) -> Problem {
    let said = format!("this takes more than {} seconds", longest.as_secs_f64());
    let help = "try it over fewer cases, or with the command line";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too_long", said).with_help(help)
}
