//! What is owed where the record is not as usual: no rating yet, an override, a trial, a release past the calendar, a suspension that
//! ended; and a list that is cut down.

use crate::program::{Program, root};
use serde_json::Value;

/// A community order of somebody whom the rules make Amber, with what else there is.
fn case(more: &str) -> String {
    format!(
        "crn: X1\nsex: male\ndate_of_birth: 1990-01-01\nengagement: good\n\
         sentence: {{type: community_order, imposed_on: 2019-03-04, starts_on: 2019-03-04, index_offence: {{category: theft}}}}\n\
         oasys: {{completed_on: 2019-03-04, layer: 3, status: complete, rosh: medium, ogrs3: 55, ogp: 50, ovp: 40, rsr: 1.0, \
         sections: {{accommodation: 1, ete: 1, relationships: 1, lifestyle: 1, drugs: 1, alcohol: 1, thinking: 1, attitudes: 1}}}}\n{more}"
    )
}

fn owed(more: &str, arguments: &str) -> Value {
    let ran = Program::new()
        .file("one.yaml", case(more))
        .run(&format!("due one.yaml --on 2019-05-20 --format json {arguments}"));
    assert_eq!(ran.code, 0, "{}", ran.whole());
    ran.json()
}

const RATED: &str = "ratings: [{date: 2019-03-04, tier: Amber}]\n";
const MANAGED: &str = "supervision: {officer: {id: PO1, grade: po}, office: Bath}\n";

#[test]
fn who_was_never_rated_must_be_seen_as_the_rules_say() {
    let never = owed("", "");
    assert_eq!((&never["recorded"], &never["tier"]), (&Value::Null, &Value::from("Amber")));
    assert_eq!(never["contact"]["due"], "2019-03-11");
    assert_eq!(
        never["contact"]["why"],
        "started on 4 March 2019, due within 5 working days; no tier is recorded that asks for contact, and the tier to act on is Amber"
    );
    // The review that nobody made stays owed.
    assert_eq!(
        (&never["review"]["due"], &never["review"]["kind"]),
        (&Value::from("2019-03-25"), &Value::from("initial"))
    );
    assert_eq!(owed(RATED, "")["contact"]["due"], never["contact"]["due"]);
    let book = Program::new().file("one.yaml", case(MANAGED)).run("caseload one.yaml --on 2019-05-20 --format json");
    let figures = &book.json()["books"][0];
    assert_eq!((&figures["contacts_overdue"], &figures["contacts_a_week"]), (&Value::from(1), &Value::from(0.33)));
}

/// Of two ratings of one day the later in the file counts: where that is Blue, nobody has rated this person for the community.
#[test]
fn a_rating_that_another_of_its_day_replaced_does_not_count_as_one() {
    let two = |first: &str, then: &str| {
        let ratings = format!("ratings: [{{date: 2019-04-01, tier: {first}}}, {{date: 2019-04-01, tier: {then}}}]\n");
        owed(&ratings, "")["contact"]["due"].clone()
    };
    let never = owed("", "")["contact"]["due"].clone();
    assert_eq!(never, "2019-03-11");
    assert_eq!(two("Red", "Blue"), never);
    assert_ne!(two("Blue", "Red"), Value::Null);
}

#[test]
fn who_was_never_rated_is_told_when_the_sentence_ends_first() {
    let more = "contacts: [{date: 2019-05-17, mode: office, with: case_manager, outcome: attended}]\n";
    let ends = |more: &str| {
        let text = case(more).replace("starts_on: 2019-03-04,", "starts_on: 2019-03-04, ends_on: 2019-05-24,");
        let ran = Program::new().file("one.yaml", text).run("due one.yaml --on 2019-05-20 --format json");
        ran.json()["contact"]["state"].clone()
    };
    assert_eq!((ends(more), ends(&format!("{RATED}{more}"))), (Value::from("ends_first"), Value::from("ends_first")));
}

/// Nothing is owed in custody: an end that nobody recorded must not go by unseen.
#[test]
fn a_release_that_has_passed_in_a_custody_without_an_end_is_told() {
    let why = |release: &str| {
        let inside = "custody: [{from: 2019-03-04, reason: sentence}]\n";
        let owed = owed(&format!("{inside}release: {{date: {release}, known_on: 2019-03-04}}\n{RATED}"), "");
        owed["contact"]["why"].as_str().unwrap().to_owned()
    };
    let said = "in custody since 4 March 2019, where the policy asks for no contact";
    assert_eq!(why("2019-05-20"), said);
    let passed = "the release of 19 May 2019 has passed, and no end of the custody is recorded";
    assert_eq!(why("2019-05-19"), format!("{said}; {passed}"));
}

#[test]
fn an_override_is_not_told_as_what_the_rules_give() {
    let judged = "override: {tier: Green, reason: because, by: A, authorised_by: M, date: 2019-05-13}\n";
    let owed = owed(judged, "");
    assert_eq!((&owed["tier"], &owed["computed"]), (&Value::from("Green"), &Value::from("Amber")));
    let why = owed["contact"]["why"].as_str().unwrap();
    assert!(why.ends_with("; no tier is recorded that asks for contact, and the tier to act on is Green"), "{why}");
}

/// The flags of an assessment go by what `due` lists, also where nobody was ever rated.
#[test]
fn who_was_never_rated_and_is_overdue_has_the_flag_of_it() {
    for (on, is_flagged) in [("2019-03-11", false), ("2019-03-12", true), ("2019-05-20", true)] {
        let program = Program::new().file("one.yaml", case(""));
        let owed = program.run(&format!("due one.yaml --on {on} --format json")).json();
        assert_eq!(owed["contact"]["state"] == "overdue", is_flagged, "{on}: {owed}");
        let said = program.run(&format!("assess one.yaml --on {on} --format json")).json();
        let flags = said["flags"].as_array().unwrap();
        assert_eq!(flags.iter().any(|flag| flag["code"] == "contact_overdue"), is_flagged, "{on}: {flags:?}");
    }
}

/// Numbers of the calendar, for a policy of a test.
fn calendar() -> String {
    let numbers = [
        ("grace_days", 0),
        ("contact_after_release", 1),
        ("contact_after_return", 1),
        ("contact_after_transfer", 5),
        ("catch_up", 5),
        ("review_first", 15),
        ("review_triggered", 5),
        ("review_after_transfer", 10),
        ("review_upcoming", 7),
        ("pre_release", 84),
        ("pre_release_late", 5),
        ("pre_release_upcoming", 14),
        ("pre_release_early", 14),
    ];
    let number = |(name, value): (&str, i32)| {
        format!("{name}: {{description: {name}, values: {{2020-01-01: {{value: {value}, source: assumption}}}}}}\n")
    };
    numbers.into_iter().map(number).collect()
}

/// Whom the rules put outside the order is owed what the policy asks under that tier, where it is recorded; where the rules give another
/// tier by now, the most intensive standard holds until it is recorded.
#[test]
fn a_tier_outside_the_order_is_held_to_what_the_policy_asks_under_it() {
    let rules = "const TIERS = [\"Low\", \"High\"];\nconst OUTSIDE = [\"Inside\", \"Parked\"];\n\
                 fn inside(person) { if person.in_custody { decide(\"Inside\") } }\n\
                 fn parked(person) { if !person.active_event { decide(\"Parked\") } }\n\
                 fn base(person) { at_least(\"Low\") }\n\
                 fn contact(person, tier) {\n    if tier == \"Inside\" { return; }\n\
                 \x20   if tier == \"Parked\" { return every(8, \"week\", \"office\"); }\n\
                 \x20   every(1, \"week\", if person.in_custody { \"prison_visit\" } else { \"office\" })\n}\n\
                 fn review(person, tier) { if tier != \"Parked\" { every(10, \"week\") } }\n";
    let owed = |more: &str| {
        let program = Program::new()
            .rules(rules)
            .file("policies/trial/parameters.yaml", calendar())
            .file("one.yaml", format!("crn: X1\nsentence: {{type: community_order, starts_on: 2023-01-02}}\n{more}"));
        let ran = program.run("due one.yaml --policy trial --on 2023-06-01 --format json");
        assert_eq!(ran.code, 0, "{}", ran.whole());
        let said = ran.json();
        let part = |name: &str| said[name]["why"].as_str().unwrap().to_owned();
        (part("contact"), part("review"))
    };
    let inside = "custody: [{from: 2023-01-09, reason: sentence}]\nratings: [{date: 2023-01-10, tier: Inside}]\n";
    assert_eq!(owed(inside).0, "in custody since 9 January 2023, where the policy asks for no contact");
    let parked = "active_event: false\nratings: [{date: 2023-05-01, tier: Parked}]\n";
    assert_eq!(
        owed(parked),
        ("started on 2 January 2023, every 8 weeks".to_owned(), "the policy asks for no regular review".to_owned())
    );
    let released = "custody: [{from: 2023-01-09, to: 2023-04-03, reason: sentence}]\nratings: [{date: 2023-01-10, tier: Inside}]\n";
    assert_eq!(owed(released).0, "released on 3 April 2023, due within 1 working day");
}

#[test]
fn an_override_is_told_beside_the_tier_of_the_rules() {
    let more = "override: {tier: Green, reason: settled, by: a, authorised_by: b, date: 2019-05-01}\n\
                ratings: [{date: 2019-05-01, tier: Green}]\n";
    let case_file = owed(more, "");
    assert_eq!((&case_file["tier"], &case_file["computed"]), (&Value::from("Green"), &Value::from("Amber")));
    let program = Program::new().file("one.yaml", case(more));
    let text = program.run("due one.yaml --on 2019-05-20");
    assert!(text.stdout.contains("X1           Green ! the rules give Amber, an override Green"), "{}", text.stdout);
    let diff = program.run("diff one.yaml one.yaml --before 2019-04-30 --on 2019-05-20 --format csv");
    assert!(diff.stdout.contains("X1,,,tier_down,Green,Amber,Green,,,override"), "{}", diff.stdout);
    let lapsed = program.run("diff one.yaml one.yaml --before 2019-05-20 --on 2019-07-01 --format csv");
    assert!(lapsed.stdout.contains("tier_up,Amber,Green,Amber,,,the override counts no longer"), "{}", lapsed.stdout);
}

#[test]
fn a_trial_says_so_in_every_list() {
    let program = Program::new().file("one.yaml", case(&format!("{RATED}{MANAGED}")));
    let run = |arguments: &str| {
        let ran = program.run(&format!("{arguments} --on 2019-05-20 --set review_every=30"));
        assert_eq!(ran.code, 0, "{}", ran.whole());
        ran.stdout
    };
    for verb in
        ["due one.yaml", "caseload one.yaml", "caseload one.yaml --format md", "caseload one.yaml --format html"]
    {
        assert!(run(verb).contains(", a trial with review_every = 30"), "{verb}: {}", run(verb));
    }
    assert!(run("due one.yaml --format csv").contains(",review_every = 30,"), "{}", run("due one.yaml --format csv"));
    for verb in ["due one.yaml --format json", "caseload one.yaml --format json"] {
        let said: Value = serde_json::from_str(&run(verb)).unwrap();
        assert_eq!(said["trial"][0], "review_every = 30", "{verb}");
    }
    assert_eq!(owed(RATED, "").get("trial"), None);
}

#[test]
fn a_release_past_the_calendar_is_not_due_yet() {
    let more =
        "custody: [{from: 2019-03-04, to: 2049-03-04, reason: sentence}]\nrelease: {date: 2049-03-04, type: parole}\n";
    let ran = Program::new().file("one.yaml", case(more)).run("due one.yaml --on 2026-05-20 --format json");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    let review = &ran.json()["review"];
    assert_eq!((&review["state"], &review["due"]), (&Value::from("not_due"), &Value::Null));
    assert_eq!(review["why"], "release on 4 March 2049, past the years of the calendar of bank holidays");
    // Where it could be soon, the calendar must know.
    let near = Program::new().file("one.yaml", case(more)).run("due one.yaml --on 2048-12-01");
    assert_eq!(near.code, 3, "{}", near.whole());
}

#[test]
fn who_is_active_again_is_no_longer_suspended() {
    let status = |more: &str| {
        format!("{RATED}supervision: {{status: [{{status: suspended, from: 2019-04-01, evidence: true}}{more}]}}\n")
    };
    assert_eq!(owed(&status(""), "")["contact"]["state"], "suspended");
    let again = owed(&status(", {status: active, from: 2019-05-01}"), "");
    assert_eq!(again["contact"]["due"], "2019-05-02", "{again:#}");
}

#[test]
fn a_list_that_is_cut_down_says_nothing_of_what_it_does_not_list() {
    let program = Program::new().file("one.yaml", case(&format!("{RATED}{MANAGED}")));
    let run = |arguments: &str| program.run(&format!("due one.yaml --on 2019-05-20 {arguments}"));
    assert_eq!(
        run("--officer PO2").whole().trim_end(),
        "exit code 3\n---- stderr ----\n  × the cases named: none is of officer PO2\n  help: write it as the cases do; `brag caseload CASES` tells whose they are"
    );
    assert_eq!(run("--officer PO1").code, 0);
    assert_eq!(
        run("--from 2019-06-02 --to 2019-05-27").whole().trim_end(),
        "exit code 3\n---- stderr ----\n  × --from and --to: nothing lies between them\n  help: give `--from` the earlier of the two dates"
    );
    // The contact of 11 March is overdue and outside; the review of 15 April is inside.
    let inside = "--from 2019-04-01 --to 2019-04-30";
    let ics = run(&format!("{inside} --format ics")).stdout;
    assert_eq!(ics.matches("BEGIN:VEVENT").count(), 1, "{ics}");
    assert_eq!(run(&format!("{inside} --fail-on overdue")).code, 1);
    // Rated anew: the contact is still overdue, and only the next review lies ahead.
    let rated = "ratings: [{date: 2019-03-04, tier: Amber}, {date: 2019-05-13, tier: Amber}]\n";
    let program = Program::new().file("one.yaml", case(&format!("{rated}{MANAGED}")));
    let ahead = program.run("due one.yaml --on 2019-05-20 --from 2019-05-21 --fail-on overdue");
    assert_eq!(ahead.code, 0, "{}", ahead.whole());
    assert!(ahead.stdout.contains("PO1: 1 case, nothing overdue of these dates\n"), "{}", ahead.stdout);
    let overdue = |more: &str| {
        let ran = program.run(&format!("due one.yaml --on 2019-05-20 --only overdue --format csv {more}"));
        ran.stdout.lines().count() - 1
    };
    assert_eq!((overdue(""), overdue("--from 2019-05-21")), (1, 0));
    assert_eq!(program.run("due one.yaml --on 2019-05-20 --fail-on overdue").code, 1);
}

#[test]
fn a_reference_that_stands_twice_has_events_of_its_own() {
    let program = Program::new().file("a.yaml", case(RATED)).file("b.yaml", case(RATED));
    let ics = program.run("due a.yaml b.yaml --on 2019-05-20 --format ics").stdout;
    let uids: Vec<&str> = ics.lines().filter(|line| line.starts_with("UID:X1") || line.starts_with("UID:2-")).collect();
    assert_eq!(
        uids,
        ["UID:X1-contact@due.brag", "UID:X1-review@due.brag", "UID:2-X1-contact@due.brag", "UID:2-X1-review@due.brag"]
    );
}

#[test]
fn who_has_no_answer_is_counted_in_the_list() {
    let program = Program::new().file("one.yaml", case(RATED)).file("bad.yaml", "crn: B1\nsex: x\n");
    let run = |files: &str| program.run(&format!("due {files} --on 2019-05-20 -q")).stdout;
    assert!(
        run("one.yaml bad.yaml").contains(" 1 case has no answer, and is not listed."),
        "{}",
        run("one.yaml bad.yaml")
    );
    assert_eq!(run("bad.yaml"), "No case to list. 1 case has no answer, and is not listed.\n\n");
}

/// The regular review is six weekly where the policy asks for it every six weeks, and else is called what it is.
#[test]
fn a_regular_review_is_called_six_weekly_where_it_is() {
    let calendar = std::fs::read_to_string(root().join("policies/bgsw/parameters.yaml")).unwrap();
    for (every, said) in [
        ("42, \"day\"", "six weekly"),
        ("6, \"week\"", "six weekly"),
        ("84, \"day\"", "regular"),
        ("3, \"month\"", "regular"),
    ] {
        let rules = format!(
            "const TIERS = [\"Low\"];\n/// All.\n/// @cite c\nfn base(person) {{ at_least(\"Low\") }}\n\
             /// Reviews.\n/// @cite c\nfn review(person, tier) {{ every({every}) }}\n"
        );
        let case = "crn: X1\nassessed_on: 2019-05-20\nsentence: { starts_on: 2019-01-07 }\n\
                    ratings: [{ date: 2019-05-01, tier: Low, trigger: initial }]\nexpect: { tier: Low }\n";
        let program = Program::new().rules(&rules).file("policies/trial/parameters.yaml", &calendar);
        let program = program.file("policies/trial/cases/1.yaml", case);
        let ran = program.run("test trial --update all");
        assert_eq!(ran.code, 0, "{}", ran.whole());
        let text = std::fs::read_to_string(program.folder().join("policies/trial/snapshots/trial__1.snap"));
        let text = text.or_else(|_| std::fs::read_to_string(program.folder().join("snapshots/trial__1.snap"))).unwrap();
        let reviews: Vec<&str> = text.lines().filter(|line| line.trim().starts_with("review ")).collect();
        assert!(
            !reviews.is_empty() && reviews.iter().all(|line| line.ends_with(&format!(", {said}"))),
            "{every}: {text}"
        );
    }
}
