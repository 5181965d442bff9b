//! Which inputs speak of risk, and in which direction it grows. More risk must never give a lower tier: `brag verify` holds every
//! policy to that, and a policy that has a reason to except an input says so.

use super::input::Input;

/// How risk grows with an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grows {
    /// With its number, or from its first word to its last; from false to true.
    Upwards,
    /// When it is there at all, whichever value it has.
    WhenThere,
    /// With every entry of its list.
    WithEntries,
}

/// Words of a scale that stand on no step of it.
pub const NO_STEP: &[&str] = &["not_applicable", "missing", "unknown"];

/// The inputs that speak of risk, each by its path, or by what it begins and ends with. The direction is what the words and
/// numbers themselves mean: levels of harm, predictors in percent, scores of need, registers that warn of somebody.
static RISKS: &[(&str, &str, Grows)] = &[
    ("oasys.rosh", "", Grows::Upwards),
    ("oasys.rosh_to.", "", Grows::Upwards),
    ("oasys.ogrs3", "", Grows::Upwards),
    ("oasys.ogp", "", Grows::Upwards),
    ("oasys.ovp", "", Grows::Upwards),
    ("oasys.rsr", "", Grows::Upwards),
    ("oasys.arp.", "score", Grows::Upwards),
    ("oasys.csrp.", "score", Grows::Upwards),
    ("oasys.dc_srp.", "score", Grows::Upwards),
    ("oasys.dc_srp.", "band", Grows::Upwards),
    ("oasys.sections.", ".score", Grows::Upwards),
    ("oasys.impulsivity", "", Grows::Upwards),
    ("oasys.temper_control", "", Grows::Upwards),
    ("oasys.ever_committed_sexual_offence", "", Grows::Upwards),
    ("engagement", "", Grows::Upwards),
    ("iom", "", Grows::Upwards),
    ("previous_enforcement_activity", "", Grows::Upwards),
    ("circumstances.domestic_abuse_victim", "", Grows::Upwards),
    ("circumstances.vulnerable", "", Grows::Upwards),
    ("sentence.index_offence.victim.vulnerable", "", Grows::Upwards),
    ("mappa.category", "", Grows::WhenThere),
    ("mappa.level", "", Grows::Upwards),
    ("registrations", "", Grows::WithEntries),
    ("previous_offences", "", Grows::WithEntries),
];

/// How risk grows with an input; none where it does not speak of risk.
#[must_use]
pub fn grows(input: &Input) -> Option<Grows> {
    let path: &str = &input.path;
    let is_its = |begins: &str, ends: &str| {
        if begins.ends_with('.') { path.starts_with(begins) && path.ends_with(ends) } else { path == begins }
    };
    RISKS.iter().find(|(begins, ends, _)| is_its(begins, ends)).map(|(.., grows)| *grows)
}
