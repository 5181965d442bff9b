//! How a policy of flags runs with a tier policy.

use super::{BGSW, DAYS, QUALITY, assessed, codes, file, flags};
use brag::{
    calendar::WorkingDays,
    decision::assessor::Assessor,
    policy::{Policy, source::Shelf},
    schedule::{
        ReviewKind, State,
        assess::{assess, due_case},
    },
};

fn case(name: &str) -> String {
    Shelf::Shipped.worked_cases(QUALITY).unwrap().remove(name).unwrap()
}

#[test]
fn the_answer_names_the_policy_its_flags_and_the_rules_that_fired() {
    let answer = assessed(&BGSW, &case("rosh_inconsistent.yaml"));
    let flag = answer.decision.flags.iter().find(|flag| &*flag.code == "rosh_inconsistent").unwrap();
    assert_eq!(flag.text, "low risk of serious harm beside previous_offences: manslaughter, robbery");
    assert_eq!((&*flag.policy, flag.severity.as_deref()), (QUALITY, Some("high")));
    let [with] = answer.with.as_slice() else { panic!("one policy runs with bgsw") };
    assert_eq!(&*with.policy.name, QUALITY);
    assert!(with.reasons.iter().all(|reason| reason.fired));
    assert!(with.reasons.iter().any(|reason| &*reason.rule == "rosh_inconsistent"));
    let json = serde_json::to_value(&answer).unwrap();
    assert_eq!(json["with"][0]["policy"]["name"], QUALITY);
}

#[test]
fn flags_change_no_tier_and_can_be_left_out() {
    let mut alone = Policy::load(&Shelf::Shipped, "bgsw", &[]).unwrap();
    assert!(alone.leave_out(QUALITY));
    assert!(!alone.leave_out(QUALITY), "it is gone already");
    for (name, text) in Shelf::Shipped.worked_cases("bgsw").unwrap() {
        let (with, without) = (assessed(&BGSW, &text), assessed(&alone, &text));
        assert_eq!(with.decision.tier, without.decision.tier, "{name}");
        assert!(without.with.is_empty());
        assert!(without.decision.flags.iter().all(|flag| &*flag.policy == "bgsw"));
    }
}

#[test]
fn an_acknowledged_flag_stays_and_says_so() {
    let seen = "acknowledged: [{code: need_not_explored, by: MANAGER1, reason: explored since, date: 2019-05-10}]\n";
    let text = format!("{}{seen}", case("need_not_explored.yaml"));
    let flags = flags(&text);
    let flag = flags.iter().find(|flag| &*flag.code == "need_not_explored").unwrap();
    assert_eq!(flag.acknowledged.as_ref().unwrap().by, "MANAGER1");
}

#[test]
fn a_number_of_the_companion_can_be_set() {
    let set = [("target_pso".to_owned(), "70".to_owned())];
    let policy = Policy::load(&Shelf::Shipped, "bgsw", &set).unwrap();
    let answer = assessed(&policy, &case("officer_over_target.yaml"));
    assert!(!codes(&answer.decision.flags).contains("officer_over_target"));
    let nowhere = [("target_spo".to_owned(), "70".to_owned())];
    assert!(Policy::load(&Shelf::Shipped, "bgsw", &nowhere).unwrap_err().to_string().contains("target_spo"));
}

#[test]
fn working_days_of_a_script_are_those_of_the_run() {
    let holidays =
        "date,name\n2019-04-12,local holiday\n2019-12-25,Christmas\n2018-12-25,Christmas\n2020-12-25,Christmas\n";
    let own = WorkingDays::from_csv(holidays, "own.csv").unwrap();
    let policy = Policy::load(&Shelf::Shipped, "bgsw", &[]).unwrap().reckoning_with(&own);
    let text = case("missed_not_enforced.yaml");
    let file = file(&text);
    let raised = |policy: &Policy, days: &WorkingDays| {
        let answer = assess(&mut Assessor::new(policy), &file, file.case.assessed_on.unwrap().0, days).unwrap();
        codes(&answer.decision.flags).contains("missed_not_enforced")
    };
    assert!(raised(&BGSW, &DAYS));
    assert!(!raised(&policy, &own), "one holiday more, and the breach of 18 April was in time");
}

/// What is due and the flag that asks for it are reckoned apart; an answer that says both "done" and "to do" helps nobody.
#[test]
fn a_rating_for_release_is_asked_for_where_it_is_due_and_nowhere_else() {
    let mut asked_of = 0;
    for (name, text) in ["bgsw", QUALITY].into_iter().flat_map(|policy| Shelf::Shipped.worked_cases(policy).unwrap()) {
        let file = file(&text);
        let on = file.case.assessed_on.unwrap().0;
        let review = due_case(&mut Assessor::new(&BGSW), &file, on, &DAYS).unwrap().review;
        let is_owed = review.kind == Some(ReviewKind::PreRelease);
        let flags = flags(&text);
        let asked = codes(&flags).contains("assess_for_release");
        assert!(is_owed || !asked, "{name}: asked for, and {}", review.why);
        let is_due = is_owed && matches!(review.state, State::Due | State::Overdue);
        assert!(asked || !is_due, "{name}: not asked for, and {}", review.why);
        asked_of += usize::from(asked);
    }
    assert!(asked_of > 0, "no worked case asks for one");
}
