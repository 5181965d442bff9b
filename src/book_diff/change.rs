//! What changed in one case between two books: a change a row.

use super::position::{Owed, Position};
use crate::{comparison::tally::direction, language::tiers::Tiers};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::{cmp::Ordering, sync::Arc};

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The case is in the later book alone.
    New,
    /// It is in the earlier book alone, or its supervision has ended.
    Closed,
    /// It has no answer in the later book.
    NoAnswer,
    /// It had no answer in the earlier book, and has one now.
    Answered,
    /// Another officer holds it.
    OfficerChanged,
    /// Its tier is a more intensive one.
    TierUp,
    /// Its tier is a less intensive one.
    TierDown,
    /// Its tier is another one outside the order.
    TierChanged,
    /// A rating was recorded.
    Reviewed,
    /// The rating last recorded is on record no longer.
    RatingGone,
    /// A contact is newly overdue.
    ContactOverdue,
    /// The contact that was overdue no longer is.
    ContactCleared,
    /// A review is newly overdue.
    ReviewOverdue,
    /// The review that was overdue no longer is.
    ReviewCleared,
}

impl ChangeKind {
    /// Every kind, in the order in which those of one case come.
    pub const ALL: [Self; 14] = [
        Self::New,
        Self::Closed,
        Self::NoAnswer,
        Self::Answered,
        Self::OfficerChanged,
        Self::TierUp,
        Self::TierDown,
        Self::TierChanged,
        Self::Reviewed,
        Self::RatingGone,
        Self::ContactOverdue,
        Self::ContactCleared,
        Self::ReviewOverdue,
        Self::ReviewCleared,
    ];

    /// The word for it, as every format for programs writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Closed => "closed",
            Self::NoAnswer => "no_answer",
            Self::Answered => "answered",
            Self::OfficerChanged => "officer_changed",
            Self::TierUp => "tier_up",
            Self::TierDown => "tier_down",
            Self::TierChanged => "tier_changed",
            Self::Reviewed => "reviewed",
            Self::RatingGone => "rating_gone",
            Self::ContactOverdue => "contact_overdue",
            Self::ContactCleared => "contact_cleared",
            Self::ReviewOverdue => "review_overdue",
            Self::ReviewCleared => "review_cleared",
        }
    }
}

/// One change in one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BookChange {
    /// Case reference; of an entry that could not be read there may be none.
    pub crn: Option<Arc<str>>,
    /// Whose it is: of a case that is closed, whose it was.
    pub officer: Option<Arc<str>>,
    /// The office, likewise.
    pub office: Option<Arc<str>>,
    /// What changed.
    pub change: ChangeKind,
    /// The tier of the case; of one that is closed, or has no answer any more, the one that it had.
    pub tier: Option<Arc<str>>,
    /// What was before: a tier, or an officer. What is or was owed has none.
    pub before: Option<Arc<str>>,
    /// What is now.
    pub after: Option<Arc<str>>,
    /// By when something was or is owed, or the date of the rating.
    pub date: Option<Date>,
    /// Calendar days that something is overdue.
    pub days_overdue: u32,
    /// The rule that the new tier comes from, or that an override moved it or moves it no longer; why a case is closed, or why there is no answer.
    pub why: Option<Arc<str>>,
}

/// A case in one book: where it stands, or why it has no answer.
pub type Side = Result<Position, Arc<str>>;

/// What changed in a case that is in at least one of two books, whose tiers are these.
#[must_use]
pub fn changes(crn: Option<&Arc<str>>, before: Option<&Side>, after: Option<&Side>, tiers: &Tiers) -> Vec<BookChange> {
    let known = [after, before].into_iter().flatten().find_map(|side| side.as_ref().ok());
    let plain = |change| BookChange {
        crn: crn.cloned(),
        officer: known.and_then(|known| known.officer.clone()),
        office: known.and_then(|known| known.office.clone()),
        change,
        tier: known.and_then(|known| known.tier.clone()),
        before: before.and_then(|side| side.as_ref().ok()?.tier.clone()),
        after: after.and_then(|side| side.as_ref().ok()?.tier.clone()),
        date: None,
        days_overdue: 0,
        why: None,
    };
    let saying = |change, why: &Arc<str>| BookChange { why: Some(Arc::clone(why)), ..plain(change) };
    match (before, after) {
        (None, None) => Vec::new(),
        // What was closed before the first date did not change.
        (Some(Ok(before)), None) if before.ended => Vec::new(),
        (Some(Ok(_)), None) => vec![saying(ChangeKind::Closed, &"no longer in the book".into())],
        (Some(Err(why)), None) => vec![saying(ChangeKind::Closed, why)],
        (_, Some(Err(why))) => vec![saying(ChangeKind::NoAnswer, why)],
        (None | Some(Err(_)), Some(Ok(after))) => {
            let first = if before.is_none() { plain(ChangeKind::New) } else { plain(ChangeKind::Answered) };
            let rest = owed(&plain, None, after);
            std::iter::once(first).chain(rest).collect()
        }
        (Some(Ok(before)), Some(Ok(after))) => between(&plain, before, after, tiers),
    }
}

/// What changed in a case that both books have an answer for.
fn between(
    plain: &impl Fn(ChangeKind) -> BookChange,
    before: &Position,
    after: &Position,
    tiers: &Tiers,
) -> Vec<BookChange> {
    let mut found = Vec::new();
    if before.says_officer && after.says_officer && before.officer != after.officer {
        let [was, is] = [before, after].map(|side| side.officer.clone());
        found.push(BookChange { before: was, after: is, ..plain(ChangeKind::OfficerChanged) });
    }
    if after.ended && !before.ended {
        found.insert(
            0,
            BookChange { after: None, why: Some("supervision has ended".into()), ..plain(ChangeKind::Closed) },
        );
        return found;
    }
    if before.ended && !after.ended {
        found.insert(
            0,
            BookChange { before: None, why: Some("under supervision again".into()), ..plain(ChangeKind::New) },
        );
    }
    if before.tier != after.tier {
        let [was, is] = [before, after].map(|side| side.tier.as_deref().unwrap_or_default());
        let kind = match direction(was, is, [tiers, tiers]) {
            Ordering::Greater => ChangeKind::TierUp,
            Ordering::Less => ChangeKind::TierDown,
            Ordering::Equal => ChangeKind::TierChanged,
        };
        let is_override = |side: &Position| side.rule.as_deref() == Some("override");
        let lapsed = is_override(before) && !is_override(after);
        let why = if lapsed { Some("the override counts no longer".into()) } else { after.rule.clone() };
        found.push(BookChange { why, ..plain(kind) });
    }
    if before.rated != after.rated {
        let [was, is] = [before, after].map(|side| side.rated.as_ref().map(|(_, tier)| Arc::clone(tier)));
        let [from, to] = [before, after].map(|side| side.rated.as_ref().map(|(date, _)| *date));
        let (kind, date) = if to >= from { (ChangeKind::Reviewed, to) } else { (ChangeKind::RatingGone, from) };
        found.push(BookChange { before: was, after: is, date, ..plain(kind) });
    }
    found.extend(owed(plain, Some(before), after));
    found
}

/// What is newly overdue, and what no longer is. Something that is overdue still is no change, unless what was owed at the time
/// was done and the next has passed since.
fn owed(plain: &impl Fn(ChangeKind) -> BookChange, before: Option<&Position>, after: &Position) -> Vec<BookChange> {
    let mut found = Vec::new();
    let kinds = [
        (ChangeKind::ContactOverdue, ChangeKind::ContactCleared, before.map(|side| side.contact), after.contact),
        (ChangeKind::ReviewOverdue, ChangeKind::ReviewCleared, before.map(|side| side.review), after.review),
    ];
    for (newly, cleared, was, is) in kinds {
        let was = was.unwrap_or_default();
        let is_next = is.due > before.map(|side| side.on);
        let said = |kind, owed: Owed| {
            let (date, days_overdue) = (owed.due, owed.days);
            BookChange { before: None, after: None, date, days_overdue, ..plain(kind) }
        };
        if is.is_overdue && (!was.is_overdue || is_next) {
            found.push(said(newly, is));
        }
        if was.is_overdue && (!is.is_overdue || is_next) {
            found.push(said(cleared, Owed { days: 0, ..was }));
        }
    }
    found
}
