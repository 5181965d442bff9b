//! The connections that have asked for nothing yet, the oldest first: where there is no room for another, that one is closed.

use hyper::service::Service;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;

/// Those connections, by the number in which they came.
#[derive(Debug, Default)]
pub struct Silent(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    came: u64,
    closing: BTreeMap<u64, Arc<Notify>>,
}

impl Silent {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One more.
    pub fn enter(self: &Arc<Self>) -> Connection {
        let (mut waiting, closing) = (self.waiting(), Arc::<Notify>::default());
        waiting.came += 1;
        let number = waiting.came;
        waiting.closing.insert(number, Arc::clone(&closing));
        drop(waiting);
        Connection { among: Arc::clone(self), number, closing }
    }

    /// Closes the oldest, if there is one.
    pub fn close_oldest(&self) {
        if let Some((_, closing)) = self.waiting().closing.pop_first() {
            closing.notify_one();
        }
    }
}

/// A connection, which is among the silent ones until its first request.
#[derive(Debug)]
pub struct Connection {
    among: Arc<Silent>,
    number: u64,
    closing: Arc<Notify>,
}

impl Connection {
    /// It has asked for something.
    fn asked(&self) {
        self.among.waiting().closing.remove(&self.number);
    }

    /// Ends when the connection is to be closed.
    pub async fn closed(&self) {
        self.closing.notified().await;
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.asked();
    }
}

/// A service that hears what a connection asks.
#[derive(Debug)]
pub struct Hearing<S> {
    /// The connection.
    pub connection: Arc<Connection>,
    /// What answers.
    pub service: S,
}

impl<R, S: Service<R>> Service<R> for Hearing<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn call(&self, request: R) -> S::Future {
        self.connection.asked();
        self.service.call(request)
    }
}
