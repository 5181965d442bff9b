//! The server itself: it takes connections, as many as there is room for, and ends when it is told to, once the requests in hand are
//! answered or have had their time.

use super::{
    Guard, Service, Verbs,
    metrics::Metrics,
    patient::{Patient, Wire},
    routes::routes,
    silent::{Hearing, Silent},
    workbench::Workbench,
};
use crate::{error::Error, policy::source::plain};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    thread::available_parallelism,
    time::Duration,
};
use tokio::{
    net::TcpStream,
    runtime,
    sync::{Semaphore, watch},
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;

/// Connections at a time; for a further one the oldest goes that has asked for nothing yet, else it waits.
const CONNECTIONS: usize = 512;
/// Documents at work at a time, for each processor; and as many streams.
const AT_WORK: usize = 4;
/// How long a request may take to say what it wants.
const HEADERS: Duration = Duration::from_secs(10);
/// The most bytes of that.
const HEADER_BYTES: usize = 64 << 10;
/// How many headers it may have.
const HEADER_COUNT: usize = 100;
/// Large documents in memory at a time.
const LARGE: usize = 8;
/// How long is waited for the requests in hand when the server is to end: less than the ten seconds after which containers are killed.
const FAREWELL: Duration = Duration::from_secs(8);

/// A server that listens, and answers once it is run.
pub struct Server {
    listener: TcpListener,
    verbs: Arc<dyn Verbs>,
    token: Option<String>,
    bench: Option<Workbench>,
    tls: Option<TlsAcceptor>,
}

impl Server {
    /// Listens on an address.
    ///
    /// # Errors
    ///
    /// When the address cannot be had.
    pub fn bind(address: SocketAddr, verbs: Arc<dyn Verbs>, token: Option<String>) -> Result<Self, Error> {
        let refused = |error: &std::io::Error| {
            let help = "another program may listen there: choose another with `--port`, or 0 for any that is free";
            Error::input(address.to_string(), format!("cannot be listened on: {}", plain(error))).with_help(help)
        };
        let listener = TcpListener::bind(address).map_err(|error| refused(&error))?;
        listener.set_nonblocking(true).map_err(|error| refused(&error))?;
        Ok(Self { listener, verbs, token, bench: None, tls: None })
    }

    /// The same with a policy to edit.
    #[must_use]
    pub fn with(self, bench: Option<Workbench>) -> Self {
        Self { bench, ..self }
    }

    /// The same that speaks TLS alone.
    #[must_use]
    pub fn enciphered(self, tls: Option<TlsAcceptor>) -> Self {
        Self { tls, ..self }
    }

    /// Where it listens, as a browser asks for it.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        let address = self.listener.local_addr().ok()?;
        Some(format!("{}://{address}/", scheme(self.tls.is_some())))
    }

    /// Answers requests until `stop` says so; `log` is handed a line for each of them.
    ///
    /// # Errors
    ///
    /// When the system gives no threads.
    pub fn run(self, stop: watch::Receiver<bool>, log: Box<dyn Fn(&str) + Send + Sync>) -> Result<(), Error> {
        let failed = |error: &std::io::Error| Error::input("brag serve", format!("cannot start: {}", plain(error)));
        let runtime = runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| failed(&error))?;
        let address = self.listener.local_addr().map_err(|error| failed(&error))?;
        let processors = available_parallelism().map_or(1, usize::from);
        let leave = || Arc::new(Semaphore::new((processors * AT_WORK).max(2 * AT_WORK)));
        let service = Arc::new(Service {
            guard: Guard::new(self.token.as_deref(), address, self.tls.is_some()),
            verbs: self.verbs,
            bench: self.bench.map(Arc::new),
            metrics: Metrics::default(),
            documents: leave(),
            streams: leave(),
            large: Arc::new(Semaphore::new(LARGE)),
            log,
        });
        let (listener, tls) = (self.listener, self.tls);
        let served = runtime.block_on(async move { serve(listener, tls, service, stop).await });
        // What is still at work then has nobody left to answer to.
        runtime.shutdown_timeout(Duration::from_secs(1));
        served.map_err(|error| failed(&error))
    }
}

async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    service: Arc<Service>,
    mut stop: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let service = TowerToHyperService::new(routes(service));
    let (graceful, room) = (GracefulShutdown::new(), Arc::new(Semaphore::new(CONNECTIONS)));
    let silent = Arc::new(Silent::default());
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS).max_headers(HEADER_COUNT).max_buf_size(HEADER_BYTES);
    loop {
        let next = async {
            let accepted = listener.accept().await;
            if room.available_permits() == 0 {
                silent.close_oldest();
            }
            (Arc::clone(&room).acquire_owned().await, accepted)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let Ok((stream, _)) = accepted else {
            // The system is out of files, or the other side is gone already: neither is for ever.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        let (http, service, watcher, tls) = (http.clone(), service.clone(), graceful.watcher(), tls.clone());
        let connection = Arc::new(silent.enter());
        tokio::spawn(async move {
            let service = Hearing { connection: Arc::clone(&connection), service };
            let talk = async {
                if let Some(wire) = greeted(stream, tls).await {
                    // A connection that breaks is the business of the other side.
                    let _ = watcher.watch(http.serve_connection(TokioIo::new(Patient::new(wire)), service)).await;
                }
            };
            tokio::select! {
                () = talk => {}
                () = connection.closed() => {}
            }
            drop(place);
        });
    }
    drop(listener);
    let _ = timeout(FAREWELL, graceful.shutdown()).await;
    Ok(())
}

/// What is spoken over a connection from here on; nothing where the other side does not come to terms about TLS in time.
async fn greeted(stream: TcpStream, tls: Option<TlsAcceptor>) -> Option<Box<dyn Wire>> {
    match tls {
        None => Some(Box::new(stream)),
        Some(tls) => Some(Box::new(timeout(HEADERS, tls.accept(stream)).await.ok()?.ok()?)),
    }
}

/// How addresses begin.
pub(super) const fn scheme(is_tls: bool) -> &'static str {
    if is_tls { "https" } else { "http" }
}
