//! What is kept stays bounded, and what cannot profit from it stays right.

use crate::{
    program::Program,
    remembered::desks::{Desks, ON, case_file, small_policy},
};
use brag::{
    calendar::WorkingDays,
    case::{Case, input::InputTable, value::Value},
    policy::{
        answers::{Answers, Kept},
        memo::{Memo, Way},
        question::{Question, Questions},
        sight::{Assumed, Facts, Sight},
    },
};
use serde_json::json;
use std::{collections::BTreeMap, rc::Rc, sync::Arc};

/// A reference that no other case has, read in every way that a rule can be run.
#[test]
fn a_rule_that_reads_what_no_two_cases_share_stays_right() {
    let policy = small_policy(
        r#"
/// Tells the reference: its questions are written down.
fn told(person) { flag("told", `case ${person.crn}`) }
/// Does with it what cannot be written down.
fn read(person) { flag("read", person.crn.sub_string(1)) }
/// Asks for one of few.
fn few(person) { if person.crn == "X102000" { at_least("High") } }
"#,
    );
    let mut desks = Desks::of(&policy);
    for number in (0..2_300).chain(0..50) {
        let file = case_file(&json!({ "crn": format!("X{:06}", 100_000 + number) }));
        let [remembered, plain] = desks.assess(&file, ON);
        assert_eq!(remembered, plain, "{number}");
        assert_eq!(plain.contains("\"tier\":\"High\""), number == 2_000, "{number}");
    }
}

fn sight(case: &str) -> Sight {
    let facts = Facts {
        case: Arc::new(Case::parse(case).unwrap().0),
        on: ON,
        inputs: Arc::new(InputTable::common().clone()),
        presumed: Arc::default(),
        as_written: false,
        instead: BTreeMap::new(),
        later: None,
    };
    Sight { facts: Arc::new(facts), assumed: Assumed::new() }
}

/// What is found for a case is its own; after many runs in vain the rule is not kept any more.
#[test]
fn what_is_kept_in_vain_is_given_up() {
    let (mut questions, mut kept, days) = (Questions::default(), Kept::default(), WorkingDays::shipped());
    let mut memo: Memo<usize> = Memo::new(Way::Asked { leaves_blanks: true });
    let input = InputTable::common().find("crn").unwrap();
    let asked = questions.number(Question::Input(input));
    let reference = |number: usize| Value::Text(format!("X{number:06}").into());
    let mut ran = 0;
    for number in 0..10_000 {
        if memo.way() == Way::Plain {
            break;
        }
        memo.keep(&Value::Absent, &[(asked, reference(number))], &Rc::new(number));
        ran += 1;
    }
    assert_eq!((memo.way(), ran), (Way::Plain, 2_001));
    kept.forget();
    let sight = sight("crn: X000007\n");
    let mut answers = Answers::new(&questions, &sight, &mut kept, &days);
    assert_eq!(memo.look_up(&Value::Absent, &mut answers), Ok(None));
}

/// A tree that is full still answers, and takes in nothing more.
#[test]
fn a_full_tree_takes_in_nothing_more() {
    let (mut questions, mut kept, days) = (Questions::default(), Kept::default(), WorkingDays::shipped());
    let mut memo: Memo<usize> = Memo::new(Way::Asked { leaves_blanks: true });
    let asked = questions.number(Question::Input(InputTable::common().find("crn").unwrap()));
    let mut found = |memo: &mut Memo<usize>, questions: &Questions, number: usize| {
        let sight = sight(&format!("crn: X{number:06}\n"));
        kept.forget();
        let mut answers = Answers::new(questions, &sight, &mut kept, &days);
        memo.look_up(&Value::Absent, &mut answers).unwrap().map(|said| **said)
    };
    let mut full_at = None;
    for number in 0..30_000 {
        memo.keep(&Value::Absent, &[(asked, Value::Text(format!("X{number:06}").into()))], &Rc::new(number));
        // Looked up oftener than it ran, so that it is worth its while.
        found(&mut memo, &questions, number);
        match found(&mut memo, &questions, number) {
            Some(said) => assert_eq!(said, number),
            None => {
                full_at = Some(number);
                break;
            }
        }
    }
    assert!(full_at.is_some_and(|at| at < 25_000), "{full_at:?}");
    assert_eq!(memo.way(), Way::Asked { leaves_blanks: true });
    assert_eq!(found(&mut memo, &questions, 7), Some(7));
}

/// Whatever a question rests on, it is answered without taking the process down.
#[test]
fn a_long_chain_of_questions_does_not_end_the_process() {
    let rules = r#"const TIERS = ["Low", "High"];
/// Everybody has a tier.
fn everybody(person) { at_least("Low") }
/// Adds many times to what the case gives.
fn long(person) {
    let n = person.oasys.ogrs3;
    for i in 0..20000 { n += 1; }
    if n > 20050 { at_least("High") }
}
"#;
    let cases = "crn: X100001\noasys: { ogrs3: 60 }\n---\ncrn: X100002\noasys: { ogrs3: 3 }\n";
    let program = Program::new().rules(rules).file("cases.yaml", cases);
    let run = |more: &str| program.run(&format!("assess --policy trial --on 2019-05-20 {more} cases.yaml")).whole();
    let plain = run("--no-cache");
    assert!(plain.starts_with("exit code 0"), "{plain}");
    assert_eq!(run(""), plain);
}

/// A limit on lists and tables holds for those of the case, whether or not the rule was told what it said before.
#[test]
fn a_very_long_history_meets_the_same_limit() {
    let policy = small_policy(
        "/// Many.\nfn many(person) { let all = person.contacts; if all.len() > 5 { at_least(\"High\") } }",
    );
    let of = |count: usize| {
        let contact =
            |number: usize| json!({ "date": format!("2019-04-{:02}", number % 28 + 1), "outcome": "attended" });
        case_file(&json!({ "crn": "X100001", "contacts": (0..count).map(contact).collect::<Vec<_>>() }))
    };
    let mut desks = Desks::of(&policy);
    for count in [3, 9, 6_000, 9, 12_000] {
        let [remembered, plain] = desks.assess(&of(count), ON);
        assert_eq!(remembered, plain, "{count} contacts");
    }
}
