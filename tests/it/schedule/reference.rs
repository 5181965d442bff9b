//! The standards of the reference policy, case by case.

use brag::{
    case::{
        Case,
        derived::single_unpaid_work,
        words::{ContactMode, Level, Place},
    },
    language::standard::{CalendarRules, ContactStandard, ReviewStandard, Unit},
    schedule::{Standards, TierStandards},
};
use jiff::civil::Date;

pub const FACE_TO_FACE: [ContactMode; 4] =
    [ContactMode::Office, ContactMode::HomeVisit, ContactMode::CommunityHub, ContactMode::WomensCentre];

pub fn rules() -> CalendarRules {
    CalendarRules {
        grace_days: 0,
        contact_after_release: 1,
        contact_after_return: 1,
        contact_after_transfer: 5,
        catch_up: 2,
        review_first: 15,
        review_triggered: 1,
        review_after_transfer: 5,
        review_upcoming: 7,
        pre_release: 84,
        pre_release_late: 5,
        pre_release_upcoming: 14,
        pre_release_early: 14,
    }
}

pub fn every(n: u32, unit: Unit, first_within: u32, upcoming: u32) -> ContactStandard {
    ContactStandard {
        every: n,
        unit,
        mode: "face_to_face".to_owned(),
        times: 1,
        accepts: FACE_TO_FACE.to_vec(),
        first_within: Some(first_within),
        upcoming,
    }
}

fn hub() -> ContactStandard {
    let mut standard = every(42, Unit::Day, 5, 10);
    standard.mode = "any".to_owned();
    standard.accepts.extend([ContactMode::Telephone, ContactMode::Video]);
    standard
}

fn iom_in_custody() -> ContactStandard {
    ContactStandard {
        every: 28,
        unit: Unit::Day,
        mode: "prison_visit".to_owned(),
        times: 1,
        accepts: vec![ContactMode::PrisonVisit, ContactMode::Video],
        first_within: None,
        upcoming: 7,
    }
}

/// No case of these tests has a further sentence that is over.
fn is_hub_case(case: &Case) -> bool {
    let to = &case.oasys.rosh_to;
    let rosh = [case.oasys.rosh, to.public, to.children, to.known_adult, to.staff].into_iter().flatten().max();
    case.supervision.managed_from == Some(Place::OperationalHub)
        && single_unpaid_work(case, Date::MIN)
        && rosh == Some(Level::Low)
}

/// What the reference policy asks for one case.
pub fn standards(case: &Case) -> Standards {
    let green = if is_hub_case(case) { hub() } else { every(1, Unit::Month, 5, 10) };
    let custody = if case.iom == Some(true) { vec![iom_in_custody()] } else { Vec::new() };
    let tier = |tier: &str, standard| TierStandards {
        tier: tier.to_owned(),
        community: vec![standard].into(),
        custody: custody.clone().into(),
        review: Some(ReviewStandard { every: 42, unit: Unit::Day }),
    };
    Standards {
        tiers: vec![
            tier("Green", green),
            tier("Amber", every(21, Unit::Day, 5, 7)),
            tier("Red-Amber", every(14, Unit::Day, 5, 5)),
            tier("Red", every(7, Unit::Day, 2, 3)),
        ],
        outside: Vec::new(),
        rules: rules(),
    }
}
