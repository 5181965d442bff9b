//! What one policy says of one case, in short: as far as two are compared.

use crate::{
    case::words::Grade,
    caseload::load::{contacts_a_week, reviews_a_week},
    decision::ruling::Ruling,
    language::effect::Effect,
};
use rust_decimal::Decimal;
use std::{collections::BTreeSet, sync::Arc};

/// What one policy says of one case, in short.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stand {
    /// The tier to act on.
    pub tier: Option<String>,
    /// Whether the answer rests on incomplete evidence.
    pub provisional: bool,
    /// The codes of its flags.
    pub flags: BTreeSet<Arc<str>>,
    /// Contacts that it asks for, a week.
    pub contacts: Decimal,
    /// Reviews that it asks for, a week.
    pub reviews: Decimal,
    /// The grade of officer that it asks for.
    pub grade: Option<Grade>,
}

impl Stand {
    /// Of a ruling; its flags are those of the policy by itself.
    #[must_use]
    pub fn of(ruling: &Ruling) -> Self {
        let (_, top) = &ruling.range.top;
        let outcomes = top.outcomes.iter().chain(&top.provisional);
        let says_provisional =
            outcomes.flat_map(|outcome| &outcome.effects).any(|effect| matches!(effect, Effect::Provisional(_)));
        let mut flags = BTreeSet::new();
        for (index, outcome) in top.outcomes.iter().enumerate() {
            // A flag that only some values of a missing fact would raise is not raised.
            let surely = ruling.range.flags.as_ref().and_then(|flags| flags.get(index));
            for effect in &outcome.effects {
                if let Effect::Flag { code, .. } = effect
                    && surely.is_none_or(|codes| codes.contains(code))
                {
                    flags.insert(Arc::clone(code));
                }
            }
        }
        Self {
            tier: ruling.tier.clone(),
            provisional: ruling.range.ends.is_some() || ruling.unrecorded.is_some() || says_provisional,
            flags,
            contacts: ruling.contact.iter().map(contacts_a_week).sum(),
            reviews: ruling.review.map(reviews_a_week).unwrap_or_default(),
            grade: ruling.allocation.map(|held| held.grade),
        }
    }
}
