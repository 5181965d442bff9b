//! A file of answers, packed as its ending says.

use crate::{
    caseload::unpack::Packing,
    error::Error,
    out_file::{Existing, OutFile},
};
use flate2::{Compression, write::GzEncoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// What is packed into one zstd frame, in bytes. Frames one after the other are one zstd file.
const FRAME: usize = 1 << 20;

/// A file that is being written.
pub struct PackedFile {
    shown: PathBuf,
    to: Packer,
}

enum Packer {
    Plain(BufWriter<OutFile>),
    Gzip(Box<GzEncoder<BufWriter<OutFile>>>),
    Zstd { waiting: Vec<u8>, to: BufWriter<OutFile> },
}

impl PackedFile {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// As [`OutFile::create`].
    pub fn create(path: &Path, existing: Existing) -> Result<Self, Error> {
        let to = BufWriter::with_capacity(256 << 10, OutFile::create(path, existing)?);
        let to = match Packing::of_name(path) {
            None => Packer::Plain(to),
            Some(Packing::Gzip) => Packer::Gzip(Box::new(GzEncoder::new(to, Compression::fast()))),
            Some(Packing::Zstd) => Packer::Zstd { waiting: Vec::new(), to },
        };
        Ok(Self { shown: path.to_path_buf(), to })
    }

    /// Writes a part.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.to.write(bytes).map_err(|failed| Error::unwritable(&self.shown, &failed))
    }

    /// Writes the rest and gives the file its name.
    ///
    /// # Errors
    ///
    /// As [`OutFile::finish`].
    pub fn finish(self) -> Result<(), Error> {
        let file = self.to.finish().map_err(|failed| Error::unwritable(&self.shown, &failed))?;
        file.finish()
    }
}

impl Packer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(to) => to.write_all(bytes),
            Self::Gzip(to) => to.write_all(bytes),
            Self::Zstd { waiting, to } => {
                waiting.extend_from_slice(bytes);
                if waiting.len() < FRAME {
                    return Ok(());
                }
                let frame = compress_to_vec(waiting.as_slice(), CompressionLevel::Fastest);
                waiting.clear();
                to.write_all(&frame)
            }
        }
    }

    fn finish(self) -> io::Result<OutFile> {
        let to = match self {
            Self::Plain(to) => to,
            Self::Gzip(to) => to.finish()?,
            Self::Zstd { waiting, mut to } => {
                to.write_all(&compress_to_vec(waiting.as_slice(), CompressionLevel::Fastest))?;
                to
            }
        };
        to.into_inner().map_err(io::IntoInnerError::into_error)
    }
}
