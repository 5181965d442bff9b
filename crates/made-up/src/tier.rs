//! The tier that an officer would reckon with the BRAG framework in hand. It is not decided by the engine: a book is made up
//! of records, and what is recorded and what the rules give may differ.

use crate::person::Person;

/// A tier of somebody in the community, from the least to the most intensive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Tier {
    /// Low risks.
    #[default]
    Green,
    /// Some risk.
    Amber,
    /// More.
    RedAmber,
    /// The most.
    Red,
}

/// Registrations that make somebody vulnerable.
pub const VULNERABLE: &[&str] = &["domestic_abuse_victim", "adult_at_risk", "vulnerability", "suicide_self_harm"];
/// Registrations for safeguarding.
pub const SAFEGUARDING: &[&str] =
    &["domestic_abuse_perpetrator", "child_protection", "child_concerns", "risk_to_children", "stalking"];
const DISPUTING: &[&str] = &["domestic_abuse_perpetrator", "child_protection", "risk_to_children", "sex_offender"];

impl Tier {
    /// As a record writes it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Green => "Green",
            Self::Amber => "Amber",
            Self::RedAmber => "Red-Amber",
            Self::Red => "Red",
        }
    }

    /// The next lower one, if there is one.
    pub const fn lower(self) -> Self {
        match self {
            Self::Green | Self::Amber => Self::Green,
            Self::RedAmber => Self::Amber,
            Self::Red => Self::RedAmber,
        }
    }

    /// The next higher one, if there is one.
    pub const fn higher(self) -> Self {
        match self {
            Self::Green => Self::Amber,
            Self::Amber => Self::RedAmber,
            Self::RedAmber | Self::Red => Self::Red,
        }
    }

    /// How many days may pass between two contacts.
    pub const fn interval(self) -> i64 {
        match self {
            Self::Green => 28,
            Self::Amber => 21,
            Self::RedAmber => 14,
            Self::Red => 7,
        }
    }

    /// What an officer reckons for somebody.
    pub fn reckoned(person: &Person) -> Self {
        let disputed = person.offences.dispute_low() || person.mappa.is_some() || person.has_any(DISPUTING);
        let harm = if person.harm == 0 && disputed { 1 } else { person.harm };
        let band = [band(person.ogrs3, [50, 75, 90]), band(person.ogp, [34, 67, 85]), band(person.ovp, [30, 60, 80])];
        let band = band.into_iter().max().unwrap_or(0);
        if person.iom {
            return if harm >= 1 || band == 3 { Self::Red } else { Self::RedAmber };
        }
        let vulnerable = is_vulnerable(person);
        let safeguarding = person.has_any(SAFEGUARDING);
        let poor = person.engagement == "poor";
        let alone = !disputed && !vulnerable && !safeguarding && !poor && person.needs() <= 1;
        let risks = match (harm, band) {
            (0, 0) => Self::Green,
            (1, 0) if alone => Self::Green,
            (0, 1 | 2) | (1, 0 | 1) => Self::Amber,
            (0, _) | (1, 2) => Self::RedAmber,
            _ => Self::Red,
        };
        let more = person.needs() >= 5 || vulnerable || poor;
        let raised = if more && risks < Self::RedAmber { risks.higher() } else { risks };
        let floor = match person.rsr {
            690.. => Self::Red,
            300.. => Self::Amber,
            _ if safeguarding => Self::Amber,
            _ => Self::Green,
        };
        raised.max(floor)
    }
}

/// Whether somebody is vulnerable.
pub fn is_vulnerable(person: &Person) -> bool {
    person.is("domestic_abuse_victim") || person.is("vulnerable") || person.has_any(VULNERABLE)
}

fn band(score: i64, from: [i64; 3]) -> usize {
    from.into_iter().filter(|edge| score >= *edge).count()
}
