//! Streams that are packed with gzip or zstd. Both readers are written in Rust throughout: nothing but a Rust compiler is
//! needed, and unpacking is never what a run waits for.

use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use std::{
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// `.gz`
    Gzip,
    /// `.zst`
    Zstd,
}

/// The most memory that a zstd stream may ask for to look back into, in bytes.
const MAX_WINDOW: u64 = 32 << 20;

impl Packing {
    /// By the first bytes; no text begins with these.
    #[must_use]
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// By the ending of a name.
    #[must_use]
    pub fn of_name(path: &Path) -> Option<Self> {
        let ending = path.extension()?;
        let is = |known: &str| ending.eq_ignore_ascii_case(known);
        if is("gz") { Some(Self::Gzip) } else { is("zst").then_some(Self::Zstd) }
    }

    /// The stream unpacked.
    #[must_use]
    pub fn unpack(self, from: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        match self {
            Self::Gzip => Box::new(flate2::read::MultiGzDecoder::new(from)),
            Self::Zstd => Box::new(Frames { frame: None, rest: Some(BufReader::with_capacity(64 << 10, from)) }),
        }
    }
}

/// A zstd stream is one frame after another.
struct Frames<R: Read> {
    frame: Option<StreamingDecoder<BufReader<R>, FrameDecoder>>,
    rest: Option<BufReader<R>>,
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let read = frame.read(into)?;
                if read > 0 || into.is_empty() {
                    return Ok(read);
                }
                self.rest = self.frame.take().map(StreamingDecoder::into_inner);
            }
            let Some(mut rest) = self.rest.take() else { return Ok(0) };
            if rest.fill_buf()?.is_empty() {
                return Ok(0);
            }
            let frame = StreamingDecoder::new_with_max_window_size(rest, MAX_WINDOW);
            self.frame = Some(frame.map_err(|_| io::Error::other("not zstd, or damaged"))?);
        }
    }
}
