//! Bodies between the network, which waits for nobody, and a verb, which reads and writes as it does with files.

use axum::body::{Body as Sent, Bytes};
use hyper::body::{Body, Frame};
use std::{
    io::{self, Read, Write},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    runtime::Handle,
    sync::mpsc::{Receiver, Sender, channel},
    task::JoinHandle,
    time::timeout,
};

/// The largest body that is read as one document, in bytes.
pub const MOST: usize = 16 << 20;
/// The largest body of many cases, one after the other, in bytes.
pub const MOST_OF_LINES: usize = 1 << 30;
/// How long the next part of a body is waited for, on the way in and on the way out.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// How long a body that is read as one document may take in all.
pub const WHOLE: Duration = Duration::from_secs(60);
/// Parts that wait for the other side.
const WAITING: usize = 4;

/// Why a body ended before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Cut {
    /// It did not.
    Not,
    /// It is too large.
    TooLarge,
    /// The next part did not come.
    TooSlow,
    /// Whoever sent it is gone.
    Gone,
}

/// How a body ended, for both who read it and who answers.
#[derive(Debug, Clone, Default)]
pub struct Ended(Arc<AtomicUsize>);

impl Ended {
    /// Why it ended early, if it did.
    pub fn why(&self) -> Cut {
        match self.0.load(Ordering::Acquire) {
            0 => Cut::Not,
            1 => Cut::TooLarge,
            2 => Cut::TooSlow,
            _ => Cut::Gone,
        }
    }

    fn cut(&self, why: Cut) {
        self.0.store(why as usize, Ordering::Release);
    }
}

/// A body as it comes in, to be read on a thread that may wait.
pub struct Incoming {
    parts: Receiver<Bytes>,
    part: Bytes,
    ended: Ended,
}

/// A body to be read, with how it ended. It must be called where the network is served.
pub fn incoming(body: Sent, most: usize) -> (Incoming, Ended) {
    let (hand_on, parts) = channel(WAITING);
    let ended = Ended::default();
    tokio::spawn(forward(body, most, hand_on, ended.clone()));
    (Incoming { parts, part: Bytes::new(), ended: ended.clone() }, ended)
}

async fn forward(body: Sent, most: usize, hand_on: Sender<Bytes>, ended: Ended) {
    let (mut body, mut bytes) = (body, 0);
    loop {
        let part = match timeout(PATIENCE, next(&mut body)).await {
            Err(_) => return ended.cut(Cut::TooSlow),
            Ok(None) => return,
            Ok(Some(Err(_))) => return ended.cut(Cut::Gone),
            Ok(Some(Ok(part))) => part,
        };
        bytes += part.len();
        if bytes > most {
            return ended.cut(Cut::TooLarge);
        }
        if hand_on.send(part).await.is_err() {
            return;
        }
    }
}

/// The next part of a body that holds data.
async fn next(body: &mut Sent) -> Option<Result<Bytes, axum::Error>> {
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

/// The whole of a body.
///
/// # Errors
///
/// Why it ended early.
pub async fn whole(mut body: Sent) -> Result<Vec<u8>, Cut> {
    let read = async {
        let mut all = Vec::new();
        while let Some(part) = next(&mut body).await {
            all.extend_from_slice(&part.map_err(|_| Cut::Gone)?);
            if all.len() > MOST {
                return Err(Cut::TooLarge);
            }
        }
        Ok(all)
    };
    timeout(WHOLE, read).await.unwrap_or(Err(Cut::TooSlow))
}

impl Read for Incoming {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.part.is_empty() {
            match self.parts.blocking_recv() {
                Some(part) => self.part = part,
                None if self.ended.why() == Cut::Not => return Ok(0),
                None => return Err(io::Error::other("the body ended early")),
            }
        }
        let size = into.len().min(self.part.len());
        let part = self.part.split_to(size);
        into.iter_mut().zip(part).for_each(|(into, byte)| *into = byte);
        Ok(size)
    }
}

/// An answer as it is written, on a thread that may wait. Whoever reads it may take their time, but not without end.
pub struct Outgoing {
    parts: Sender<Bytes>,
    network: Handle,
    ended: Ended,
}

/// An answer to be written, with its parts and how it ended. It must be called where the network is served.
pub fn outgoing() -> (Outgoing, Receiver<Bytes>, Ended) {
    let (parts, taken) = channel(WAITING);
    let ended = Ended::default();
    (Outgoing { parts, network: Handle::current(), ended: ended.clone() }, taken, ended)
}

impl Write for Outgoing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let send = self.parts.send(Bytes::copy_from_slice(bytes));
        match self.network.block_on(timeout(PATIENCE, send)) {
            Ok(Ok(())) => Ok(bytes.len()),
            _ => {
                self.ended.cut(Cut::TooSlow);
                Err(io::ErrorKind::BrokenPipe.into())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The body of an answer: its first part, and those that are to come. One that is not written to its end breaks off, so that nobody takes
/// it for whole.
pub struct Parts<R> {
    /// The first.
    pub first: Option<Bytes>,
    /// The others.
    pub rest: Receiver<Bytes>,
    /// Who writes them, until they are done.
    pub writer: Option<JoinHandle<R>>,
    /// Whether they were all taken.
    pub ended: Ended,
}

impl<R> Body for Parts<R> {
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
        let is_whole = written.is_ok() && parts.ended.why() == Cut::Not;
        Poll::Ready((!is_whole).then(|| Err(io::Error::other("the answer broke off"))))
    }
}
