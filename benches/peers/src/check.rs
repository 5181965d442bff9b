//! Before anything is timed, every peer must come to brag's own answer for every case.

use crate::{answer::Answer, book::Book, peer::Peer};

/// Compares the answers of the peers with those of the first of them.
///
/// # Errors
///
/// The first case for which a peer fails or answers differently.
pub fn check(peers: &mut [Box<dyn Peer>], book: &Book) -> Result<(), String> {
    let Some((first, others)) = peers.split_first_mut() else { return Ok(()) };
    for peer in std::iter::once(&mut *first).chain(others.iter_mut()) {
        peer.prepare(book)?;
    }
    for (at, file) in book.cases.iter().enumerate() {
        let crn = &file.case.crn;
        let expected = first.decide(book, at).map_err(|fault| format!("{} on {crn}: {fault}", first.name()))?;
        for peer in others.iter_mut() {
            let found = peer.decide(book, at).map_err(|fault| format!("{} on {crn}: {fault}", peer.name()))?;
            // Of an open case any way to the top may stand as the reason.
            let is_complete = book.complete.binary_search(&at).is_ok();
            let same = found == expected || (!is_complete && found.without_reasons() == expected.without_reasons());
            if !same {
                let (name, differs) = (peer.name(), difference(&found, &expected));
                return Err(format!("{name} and {} disagree on {crn}: {differs}", first.name()));
            }
        }
    }
    Ok(())
}

fn difference(found: &Answer, expected: &Answer) -> String {
    format!("\n  found    {found:?}\n  expected {expected:?}")
}
