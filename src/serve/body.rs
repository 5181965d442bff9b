//! Bodies between the network, which waits for nobody, and a verb, which reads and writes as it does with files.

use super::{Ran, pace::Pace};
use axum::body::{Body as Sent, Bytes};
use hyper::{
    body::{Body, Frame},
    header::HeaderName,
};
use std::{
    io::{self, Read, Write},
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};
use tokio::{
    sync::{
        OwnedSemaphorePermit, Semaphore,
        mpsc::{Receiver, Sender, channel},
    },
    task::JoinHandle,
    time::timeout,
};

/// The largest body that is read as one document, in bytes.
pub const MOST: usize = 16 << 20;
/// The largest body of many cases, one after the other, in bytes.
pub const MOST_OF_LINES: usize = 1 << 30;
/// Documents larger than this have a number at a time, in bytes.
const SMALL: usize = 256 << 10;
/// How long a body that is read as one document may take in all.
const WHOLE: Duration = Duration::from_secs(60);
/// Parts that wait for the other side.
const WAITING: usize = 4;
/// The header, or the trailer of an answer in parts, that says how a run ended.
pub const EXIT_CODE: HeaderName = HeaderName::from_static("brag-exit-code");

/// The same for each thing that the command line would say beside its answer.
pub const WARNING: HeaderName = HeaderName::from_static("brag-warning");

/// Why a body ended before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// It is too large.
    TooLarge,
    /// Too little came for too long.
    TooSlow,
    /// Whoever sent it is gone.
    Gone,
    /// Others are being read.
    Busy,
}

/// A body as it comes from the network.
struct Coming {
    body: Sent,
    pace: Pace,
    bytes: usize,
    most: usize,
}

impl Coming {
    fn of(body: Sent, most: usize) -> Self {
        Self { body, pace: Pace::default(), bytes: 0, most }
    }

    /// The next part; nothing at its end.
    async fn next(&mut self) -> Result<Option<Bytes>, Cut> {
        let asked = Instant::now();
        let part = timeout(self.pace.left(), data(&mut self.body)).await.map_err(|_| Cut::TooSlow)?;
        let Some(part) = part.transpose().map_err(|_| Cut::Gone)? else { return Ok(None) };
        self.pace.moved(asked.elapsed(), part.len());
        self.bytes = self.bytes.saturating_add(part.len());
        if self.bytes > self.most { Err(Cut::TooLarge) } else { Ok(Some(part)) }
    }
}

/// The next part of a body that holds data.
async fn data(body: &mut Sent) -> Option<Result<Bytes, axum::Error>> {
    loop {
        let frame = std::future::poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await?;
        match frame.map(Frame::into_data) {
            Ok(Ok(part)) => return Some(Ok(part)),
            // What follows a body says nothing that is asked for here.
            Ok(Err(_)) => {}
            Err(broken) => return Some(Err(broken)),
        }
    }
}

/// A body that was read as one document, and its place among the large ones for as long as it is held.
pub struct Document {
    bytes: Vec<u8>,
    _place: Option<OwnedSemaphorePermit>,
}

impl AsRef<[u8]> for Document {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// The whole of a body. Large ones have `places`, so that memory is bounded however many are sent at once.
///
/// # Errors
///
/// Why it ended early.
pub async fn document(body: Sent, places: &Arc<Semaphore>) -> Result<Document, Cut> {
    let read = async {
        let (mut coming, mut bytes, mut place) = (Coming::of(body, MOST), Vec::new(), None);
        while let Some(part) = coming.next().await? {
            bytes.extend_from_slice(&part);
            if bytes.len() > SMALL && place.is_none() {
                let free = timeout(super::at_work::QUEUE, Arc::clone(places).acquire_owned()).await;
                place = Some(free.ok().and_then(Result::ok).ok_or(Cut::Busy)?);
            }
        }
        Ok(Document { bytes, _place: place })
    };
    timeout(WHOLE, read).await.unwrap_or(Err(Cut::TooSlow))
}

/// Why a body ended early, if it did, for both who reads it and who answers.
#[derive(Debug, Clone, Default)]
pub struct Ended(Arc<OnceLock<Cut>>);

impl Ended {
    /// Why it ended early, if it did.
    pub fn early(&self) -> Option<Cut> {
        self.0.get().copied()
    }
}

/// A body as it comes in, to be read on a thread that may wait.
pub struct Incoming {
    parts: Receiver<Bytes>,
    part: Bytes,
    ended: Ended,
}

/// A body to be read, with how it ended. It must be called where the network is served.
pub fn incoming(body: Sent) -> (Incoming, Ended) {
    let (hand_on, parts) = channel(WAITING);
    let ended = Ended::default();
    tokio::spawn(forward(Coming::of(body, MOST_OF_LINES), hand_on, ended.clone()));
    (Incoming { parts, part: Bytes::new(), ended: ended.clone() }, ended)
}

async fn forward(mut coming: Coming, hand_on: Sender<Bytes>, ended: Ended) {
    loop {
        match coming.next().await {
            Ok(Some(part)) => match hand_on.send(part).await {
                Ok(()) => {}
                Err(_) => return,
            },
            Ok(None) => return,
            Err(why) => {
                let _ = ended.0.set(why);
                return;
            }
        }
    }
}

impl Read for Incoming {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.part.is_empty() {
            match self.parts.blocking_recv() {
                Some(part) => self.part = part,
                None if self.ended.early().is_none() => return Ok(0),
                None => return Err(io::Error::other("the body ended early")),
            }
        }
        let size = into.len().min(self.part.len());
        let part = self.part.split_to(size);
        into.iter_mut().zip(part).for_each(|(into, byte)| *into = byte);
        Ok(size)
    }
}

/// An answer as it is written, on a thread that may wait. It ends where whoever reads it is gone, or was given up.
pub struct Outgoing(Sender<Bytes>);

/// An answer to be written, with its parts.
pub fn outgoing() -> (Outgoing, Receiver<Bytes>) {
    let (parts, taken) = channel(WAITING);
    (Outgoing(parts), taken)
}

impl Write for Outgoing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.blocking_send(Bytes::copy_from_slice(bytes)).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.0.is_closed() { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    }
}

/// The body of an answer: its first part, and those that are to come. One whose run or whose request was not brought to its end breaks off,
/// so that nobody takes it for whole.
pub struct Parts {
    /// The first.
    pub first: Option<Bytes>,
    /// The others.
    pub rest: Receiver<Bytes>,
    /// Who writes them, until they are done.
    pub writer: Option<JoinHandle<Ran>>,
    /// How what it is an answer to ended.
    pub asked: Ended,
}

impl Body for Parts {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let parts = self.get_mut();
        if let Some(first) = parts.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        if let Some(part) = ready!(parts.rest.poll_recv(cx)) {
            return Poll::Ready(Some(Ok(Frame::data(part))));
        }
        let Some(writer) = &mut parts.writer else { return Poll::Ready(None) };
        let written = ready!(Pin::new(writer).poll(cx));
        parts.writer = None;
        Poll::Ready(Some(match written {
            Ok(ran) if ran.is_whole && parts.asked.early().is_none() => Ok(Frame::trailers(ran.headers())),
            _ => Err(io::Error::other("the answer broke off")),
        }))
    }
}
