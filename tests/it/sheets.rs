//! Tables and workbooks as Excel, LibreOffice, Numbers and hand-written scripts make them: read right, or refused with what to do.

pub mod made;
mod read;
mod refused;
mod written;
