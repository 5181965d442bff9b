//! On which days something is so that is not so on all of them.

use crate::language::fault::PolicyFault;
use jiff::civil::Date;

/// The first day of a stretch of time, and whether something is so in it.
pub(super) type DatedTruth = (Date, bool);

/// When something is so, of stretches in their order; nothing where it is so in each. The one that begins on the day of `ever` has no
/// beginning.
pub(super) fn when(ran: &[DatedTruth], ever: Option<Date>) -> Option<String> {
    if ran.iter().all(|(_, is_so)| *is_so) {
        return None;
    }
    let (mut parts, mut since) = (Vec::new(), None);
    for (from, is_so) in ran {
        match since {
            None if *is_so => since = Some(*from),
            Some(first) if !is_so => {
                let begins = if ever == Some(first) { String::new() } else { format!("from {first} to ") };
                parts.push(format!("{begins}before {from}"));
                since = None;
            }
            _ => {}
        }
    }
    parts.extend(since.map(|first| format!("from {first} on")));
    Some(parts.join(" and "))
}

/// What was found in some stretches, each once, with the days on which it is so where there are others.
pub(super) fn by_days(stretches: &[(Date, &[PolicyFault])], ever: Option<Date>) -> Vec<PolicyFault> {
    let mut all: Vec<&PolicyFault> = Vec::new();
    for fault in stretches.iter().flat_map(|(_, found)| *found) {
        if !all.contains(&fault) {
            all.push(fault);
        }
    }
    let dated = |fault: &PolicyFault| {
        let ran: Vec<DatedTruth> = stretches.iter().map(|(from, found)| (*from, found.contains(fault))).collect();
        let when = when(&ran, ever).map(|when| format!(", {when}")).unwrap_or_default();
        PolicyFault { message: format!("{}{when}", fault.message), ..fault.clone() }
    };
    all.into_iter().map(dated).collect()
}
