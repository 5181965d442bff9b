//! Contacts of which nobody recorded how they went. Kept or missed, they may ask for a higher tier: then the one that comes out
//! without them is not firm.

use super::{
    assessor::Assessor,
    range::{Range, place, range},
};
use crate::{
    case::{Case, supervision::Contact, words::ContactOutcome},
    evaluate::inputs::Facts,
};
use jiff::civil::Date;
use std::sync::Arc;

/// The inputs that rest on how contacts went.
const OF_CONTACTS: [&str; 7] =
    ["contacts", "absent_on", "seen_on", "met_on", "phase.seen", "last_attended_on", "days_since_contact"];
/// How they may have gone, with how that is said.
const WAYS: [(ContactOutcome, &str); 2] =
    [(ContactOutcome::UnacceptableAbsence, "missed without a good reason"), (ContactOutcome::Attended, "attended")];

/// Whether nobody recorded by a date how a contact went.
#[must_use]
pub fn is_unrecorded(contact: &Contact, on: Date) -> bool {
    contact.date.0 <= on && contact.outcome.is_none_or(|outcome| outcome == ContactOutcome::Planned)
}

/// The paths of what nobody recorded of contacts.
pub(super) fn outcomes_to_find_out(facts: &Facts) -> impl Iterator<Item = String> {
    let open = facts.case.contacts.iter().enumerate().filter(|(_, contact)| is_unrecorded(contact, facts.on));
    open.map(|(index, _)| format!("contacts[{index}].outcome"))
}

/// What is to be said of contacts without an outcome that could raise the tier; nothing where none could.
pub(super) fn unrecorded(assessor: &mut Assessor<'_>, facts: &Arc<Facts>, found: &Range) -> Option<String> {
    let is_unrecorded = |contact: &Contact| is_unrecorded(contact, facts.on);
    let count = facts.case.contacts.iter().filter(|contact| is_unrecorded(contact)).count();
    let (tiers, top) = (assessor.policy().tiers(), &found.top.1);
    let now = place(tiers, top.tier.as_deref());
    let is_read = |path: &str| OF_CONTACTS.iter().any(|begins| path.starts_with(begins));
    let mut reads = top.reads().map(|read| &facts.inputs.get(read.input).path);
    // A tier outside the order is a fact, and nothing is above the highest.
    if count == 0 || now == 0 || now == tiers.ordered().len() || !reads.any(|path| is_read(path)) {
        return None;
    }
    let mut said = None;
    for (outcome, gone) in WAYS {
        let mut case = Case::clone(&facts.case);
        for contact in case.contacts.iter_mut().filter(|contact| is_unrecorded(contact)) {
            contact.outcome = Some(outcome);
        }
        let tried = Arc::new(Facts { case: Arc::new(case), ..Facts::clone(facts) });
        let found = range(&mut assessor.begin(&tried).evaluator, &tried);
        let tier = found.ok().and_then(|found| found.top.1.tier).filter(|tier| place(tiers, Some(tier)) > now);
        if let Some(tier) = tier {
            said = Some(match count {
                1 => format!("a contact has no outcome: if it was {gone}, the tier is {tier}"),
                _ => format!("{count} contacts have no outcome: if they were {gone}, the tier is {tier}"),
            });
            break;
        }
    }
    assessor.begin(facts);
    said
}
