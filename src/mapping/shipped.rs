//! The mappings that are built into the program, each a folder with payloads of a public shape.

use include_dir::{Dir, include_dir};

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/mappings");

/// Their names, in order.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let folders = SHIPPED.dirs().filter_map(|folder| folder.path().file_name()?.to_str());
    let mut names: Vec<&str> = folders.collect();
    names.sort_unstable();
    names
}

/// How messages call one, and its text.
#[must_use]
pub fn text(name: &str) -> Option<(String, &'static str)> {
    let path = format!("{name}/mapping.yaml");
    let text = SHIPPED.get_file(&path)?.contents_utf8()?;
    Some((format!("mappings/{path} (built in)"), text))
}
