//! Work on a thread of its own, once there is leave for it: so many at a time.

use super::problem::Problem;
use axum::http::StatusCode;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::Semaphore,
    task::{JoinHandle, spawn_blocking},
    time::timeout,
};

/// How long leave is waited for.
pub const QUEUE: Duration = Duration::from_secs(30);

/// Does something as soon as there is leave, which is given back at its end, whether or not somebody still waits for it.
///
/// # Errors
///
/// When there is none for too long.
pub async fn at_work<T: Send + 'static>(
    leave: &Arc<Semaphore>,
    what: impl FnOnce() -> T + Send + 'static,
) -> Result<JoinHandle<T>, Problem> {
    let leave = timeout(QUEUE, Arc::clone(leave).acquire_owned()).await.map_err(|_| busy())?;
    Ok(spawn_blocking(move || {
        let done = what();
        drop(leave);
        done
    }))
}

/// What came of it.
///
/// # Errors
///
/// When the program is at fault.
pub async fn done<T>(work: JoinHandle<T>) -> Result<T, Problem> {
    let said = "the program failed on this request";
    work.await.map_err(|_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "broken", said))
}

/// That others are at work.
pub fn busy() -> Problem {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "too many requests are at work").with_help("ask again later")
}
