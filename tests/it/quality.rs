//! The quality rules: what each raises and does not raise, and how they run with a tier policy.

mod caseload;
mod company;
mod pairs;

use brag::{
    calendar::WorkingDays,
    case::Case,
    decision::assessor::Assessor,
    decision::{decide::CaseFile, reason::Flag},
    policy::{Policy, source::Shelf},
    schedule::assess::{Assessment, assess},
};
use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

static DAYS: LazyLock<WorkingDays> = LazyLock::new(WorkingDays::shipped);
static BGSW: LazyLock<Policy> = LazyLock::new(|| Policy::load(&Shelf::Shipped, "bgsw", &[]).unwrap());

const QUALITY: &str = "assessment-quality";

/// The codes that the expectations under `all_by_reference` were computed for.
const REFERENCE: [&str; 48] = [
    "additional_support",
    "assessment_incomplete",
    "assessment_stale",
    "contact_overdue",
    "custody_info_not_shared",
    "diversity_not_considered",
    "downgrade_while_overdue",
    "downgrade_without_evidence",
    "female_officer_not_offered",
    "few_contacts_early",
    "hub_ineligible",
    "induction_not_personalised",
    "initial_contact_late",
    "level1_oasys",
    "lost_touch",
    "missed_not_enforced",
    "need_not_explored",
    "no_contingency_plan",
    "no_home_visit",
    "no_joint_working",
    "no_review_after_change",
    "no_risk_management_plan",
    "no_victim_safety",
    "nps_referral",
    "officer_churn",
    "officer_not_equipped",
    "officer_over_target",
    "phase_tier_mismatch",
    "placement_ignores_risk",
    "plan_before_first_meeting",
    "pre_release_missing",
    "pulled_through",
    "referral_not_followed_up",
    "released_homeless",
    "remote_only",
    "requirement_not_started",
    "requirements_outstanding_halfway",
    "review_ignores_noncompliance",
    "review_overdue",
    "risk_lowered_on_transfer",
    "rosh_inconsistent",
    "self_report_unverified",
    "shadow_overdue",
    "sources_not_used",
    "turned_away",
    "under_rated",
    "unseen_10_weeks",
    "upw_stand_downs",
];

fn file(text: &str) -> CaseFile {
    let (case, document) = Case::parse(text).unwrap_or_else(|fault| panic!("{fault}: {text}"));
    CaseFile { case: Arc::new(case), document: Some(Arc::new(document)), sourced: None }
}

fn assessed(policy: &Policy, text: &str) -> Assessment {
    let file = file(text);
    let on = file.case.assessed_on.unwrap().0;
    assess(&mut Assessor::new(policy), &file, on, &DAYS).unwrap_or_else(|why| panic!("{}: {why:?}", file.case.crn))
}

fn flags(text: &str) -> Vec<Flag> {
    assessed(&BGSW, text).decision.flags
}

fn codes(flags: &[Flag]) -> BTreeSet<&str> {
    flags.iter().map(|flag| &*flag.code).collect()
}

#[test]
fn the_worked_cases_raise_what_the_reference_raises() {
    let mut wrong = Vec::new();
    for (name, text) in Shelf::Shipped.worked_cases("bgsw").unwrap() {
        let file = file(&text);
        let expected = &file.case.expect.as_ref().unwrap().flags;
        let raised = flags(&text);
        let raised = codes(&raised);
        let missing: Vec<_> = expected.include.iter().filter(|code| !raised.contains(code.as_str())).collect();
        let excluded: Vec<_> = expected.exclude.iter().filter(|code| raised.contains(code.as_str())).collect();
        if !missing.is_empty() || !excluded.is_empty() {
            wrong.push(format!("{name}: missing {missing:?}, excluded {excluded:?}"));
        }
        if let Some(all) = &expected.all_by_reference {
            let all: BTreeSet<&str> = all.iter().map(brag::case::text::FreeWord::as_str).collect();
            let among: BTreeSet<&str> = raised.iter().copied().filter(|code| REFERENCE.contains(code)).collect();
            if all != among {
                wrong.push(format!("{name}: {among:?} and not {all:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
