//! A script as it is written.

/// One script.
#[derive(Debug, Clone)]
pub struct Source {
    /// How messages call the file.
    pub file: String,
    /// Its text.
    pub text: String,
    /// The path that it was imported by; empty for the policy's own.
    pub path: String,
}

impl Source {
    /// Every function by its name, as it is written: from its comment to its last line.
    pub fn functions(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = self.text.as_str();
        let mut begins = Vec::new();
        let (mut at, mut comment) = (0, None);
        for line in text.split_inclusive('\n') {
            let code = line.trim_start();
            let head = code.strip_prefix("private ").unwrap_or(code).strip_prefix("fn ");
            if let Some((name, _)) = head.and_then(|head| head.split_once('(')) {
                begins.push((comment.unwrap_or(at), name.trim()));
            }
            comment = code.starts_with("///").then(|| comment.unwrap_or(at));
            at += line.len();
        }
        let ends: Vec<usize> = begins.iter().skip(1).map(|(at, _)| *at).chain([text.len()]).collect();
        begins.into_iter().zip(ends).filter_map(|((from, name), to)| {
            let whole = text.get(from..to)?;
            // What stands between two functions belongs to neither.
            let last = whole.rfind('}').map_or(whole.len(), |last| last + 1);
            Some((name, whole.get(..last)?))
        })
    }
}
