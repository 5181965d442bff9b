//! `brag due`: what is owed under the tier on record, by the rules and numbers of the shipped policy.

use crate::program::{Program, root};
use brag::case::{Case, expect::ExpectedDue};
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty};
use serde_json::Value;
use std::{fs, path::Path};

fn files(folder: &str) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn due(path: &Path) -> Value {
    let ran = Program::new().run_with(&["due", "--format", "json", &path.display().to_string()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.json()
}

fn check(file: &Path, what: &str, expected: Option<&ExpectedDue>, answer: &Value) -> usize {
    let Some(expected) = expected else { return 0 };
    let is = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            let seen = match &answer[key] {
                Value::String(seen) => seen.clone(),
                other => other.to_string(),
            };
            assert_eq!(seen, value, "{} {what}.{key}: {answer}", file.display());
        }
    };
    is("due", expected.due.map(|due| due.to_string()));
    is("state", expected.state.as_ref().map(ToString::to_string));
    is("days_overdue", expected.days_overdue.map(|days| days.0.to_string()));
    is("kind", expected.kind.as_ref().map(ToString::to_string));
    assert!(answer["why"].as_str().is_some_and(|why| why.len() > 5), "{} {what}: {answer}", file.display());
    1
}

#[test]
fn every_file_gives_what_it_expects_by_the_shipped_policy() {
    let mut checked = 0;
    for file in files("tests/due").into_iter().chain(files("policies/bgsw/cases")) {
        let case = Case::parse(&fs::read_to_string(&file).unwrap()).unwrap().0;
        let expect = case.expect.unwrap_or_default();
        if expect.contact.is_none() && expect.review.is_none() {
            continue;
        }
        let answer = due(&file);
        checked += check(&file, "contact", expect.contact.as_ref(), &answer["contact"]);
        checked += check(&file, "review", expect.review.as_ref(), &answer["review"]);
    }
    assert!(checked >= 65, "{checked}");
}

/// Five cases in a folder: an overdue contact, an overdue review, both, none, and Blue.
fn book() -> Program {
    let mut program = Program::new();
    for name in ["07-pso-six-months", "09-seen-three-times", "11-ten-weeks-unseen", "13-child-protection-no-rmp"] {
        let text = fs::read_to_string(root().join(format!("policies/bgsw/cases/{name}.yaml"))).unwrap();
        program = program.file(&format!("book/{name}.yaml"), text);
    }
    program
}

fn listed(program: &Program, arguments: &str) -> Vec<String> {
    let ran = program.run(&format!("due book --on 2019-05-20 --format jsonl {arguments}"));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let record = |line: &str| serde_json::from_str::<Value>(line).unwrap()["crn"].as_str().unwrap().to_owned();
    ran.stdout.lines().map(record).collect()
}

#[test]
fn the_most_urgent_stand_first_and_filters_cut_the_list_down() {
    let book = book();
    assert_eq!(listed(&book, ""), ["V000009", "V000011", "V000007", "V000013"]);
    assert_eq!(listed(&book, "--only overdue"), ["V000009", "V000011", "V000007"]);
    assert_eq!(listed(&book, "--only upcoming"), Vec::<String>::new());
    assert_eq!(listed(&book, "--from 2019-06-01 --to 2019-06-10"), ["V000007", "V000013"]);
    assert_eq!(listed(&book, "--to 2019-03-31"), ["V000009", "V000011"]);
    let officer = due(&book.folder().join("book/07-pso-six-months.yaml"))["officer"].as_str().unwrap().to_owned();
    assert!(listed(&book, &format!("--officer {officer}")).contains(&"V000007".to_owned()));
}

#[test]
fn a_list_is_of_what_is_open_recorded_lower_or_released_soon_and_tells_who_was_last_seen_when() {
    let cases = root().join("policies/bgsw/cases");
    let cases = cases.to_str().unwrap();
    let run = |more: &str| {
        let ran = Program::new().run(&format!("due {cases} --on 2019-05-20 --format json {more}"));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.json().as_array().unwrap().clone()
    };
    let all = run("");
    let those = |is: &dyn Fn(&Value) -> bool| all.iter().filter(|case| is(case)).count();
    let (open, below) = (run("--only provisional"), run("--only below --tier red"));
    assert_eq!(open.len(), those(&|case| case["provisional"] == true));
    assert!(open.iter().any(|case| case["settled_by"][0] == "oasys.rosh"), "{open:#?}");
    let order = ["Green", "Amber", "Red-Amber", "Red"];
    let rank = |tier: &Value| order.iter().position(|one| tier == one);
    let is_below = |case: &Value| rank(&case["recorded"]).zip(rank(&case["computed"])).is_some_and(|(a, b)| a < b);
    assert_eq!(below.len(), those(&|case| is_below(case) && case["computed"] == "Red"));
    assert!(!below.is_empty() && below.len() < those(&is_below));
    assert!(all.iter().all(|case| case["recorded_below"] == is_below(case)));
    let released = run("--only release");
    assert!(!released.is_empty());
    let is_near = |case: &Value| case["release"].as_str().is_some_and(|date| date <= "2019-07-01");
    assert_eq!(released.len(), those(&is_near));
    let seen: Vec<_> = run("--sort seen").iter().map(|case| case["last_seen"].as_str().map(str::to_owned)).collect();
    assert!(seen.is_sorted() && seen[0].is_none() && seen.last().unwrap().is_some());
    let unknown = Program::new().run(&format!("due {cases} --tier Purple"));
    assert_eq!(unknown.code, 3, "{}", unknown.stderr);
    assert!(unknown.stderr.contains("--tier: unknown tier `Purple`"), "{}", unknown.stderr);
}

#[test]
fn overdue_work_can_fail_the_run() {
    let book = book();
    assert_eq!(book.run("due book --on 2019-05-20 --fail-on overdue").code, 1);
    assert_eq!(book.run("due book/13-child-protection-no-rmp.yaml --on 2019-05-20 --fail-on overdue").code, 0);
    assert_eq!(book.run("due book --on 2019-05-20").code, 0);
}

#[test]
fn a_case_that_cannot_be_read_does_not_hide_the_others() {
    let book = book().file("book/bad.yaml", "crn: B000001\nratings: [{ date: 2019-02-30, tier: Amber }]\n");
    let ran = book.run("due book --on 2019-05-20 --format json");
    assert_eq!(ran.code, 3);
    let records = ran.json();
    assert_eq!(records.as_array().unwrap().len(), 5);
    assert_eq!(records[4]["error"]["path"], "ratings[0].date");
    assert_eq!(records[4]["crn"], "B000001");
    assert!(ran.stderr.contains("book/bad.yaml:2:19"), "{}", ran.stderr);
}

#[test]
fn formats() {
    let book = book();
    for format in ["text", "md", "csv", "jsonl"] {
        let ran = book.run(&format!("due book --on 2019-05-20 --format {format}"));
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        crate::program::snapshot(&format!("due_{format}"), &ran.stdout);
    }
}

#[test]
fn the_text_fits_a_hundred_columns() {
    let cases = root().join("policies/bgsw/cases").display().to_string();
    let ran = Program::new().run_with(&["due", "--on", "2019-05-20", &cases]);
    let widest = ran.stdout.lines().map(|line| line.chars().count()).max().unwrap();
    assert!((40..=100).contains(&widest), "{widest}");
}

#[test]
fn the_calendar_has_one_event_for_each_date_owed() {
    let book = book();
    let ran = book.run("due book --on 2019-05-20 --format ics");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let components = ICalendar::parse(&ran.stdout).unwrap().components;
    let events: Vec<_> = components.iter().filter(|one| one.component_type == ICalendarComponentType::VEvent).collect();
    let alarms = components.iter().filter(|one| one.component_type == ICalendarComponentType::VAlarm).count();
    assert_eq!(alarms, events.len());
    let json = book.run("due book --on 2019-05-20 --format json").json();
    let owed = json.as_array().unwrap().iter().flat_map(|case| [&case["contact"]["due"], &case["review"]["due"]]);
    assert_eq!(events.len(), owed.filter(|due| due.is_string()).count());
    assert_eq!(ran.stdout.matches("DTSTAMP:20190520T000000Z\r\n").count(), events.len() * 2);
    let uids: std::collections::BTreeSet<String> = events
        .iter()
        .map(|event| {
            let uid = event.entries.iter().find(|entry| entry.name == ICalendarProperty::Uid).unwrap();
            format!("{:?}", uid.values)
        })
        .collect();
    assert_eq!(uids.len(), events.len(), "each has an identity of its own");
    let officers = ran.stdout.lines().filter(|line| line.contains("BGSW"));
    assert!(
        officers.clone().count() > 0 && officers.clone().all(|line| line.starts_with("CATEGORIES:")),
        "whose it is"
    );
}

#[test]
fn other_bank_holidays_move_a_date() {
    let case = fs::read_to_string(root().join("tests/due/05.yaml")).unwrap();
    let usual = fs::read_to_string(root().join("data/bank-holidays-england-wales.csv")).unwrap();
    let program = Program::new()
        .file("case.yaml", case)
        .file("moved.csv", format!("{}\n2018-12-24,Christmas Eve\n", usual.trim_end()))
        .file("wrong.csv", "date,name\n2018-12-32,No such day\n");
    let due = |arguments: &str| {
        program.run(&format!("due case.yaml --format json {arguments}")).json()["contact"]["due"].clone()
    };
    assert_eq!(due(""), "2018-12-24");
    assert_eq!(due("--holidays moved.csv"), "2018-12-21");
    let ran = program.run("due case.yaml --holidays wrong.csv");
    crate::program::snapshot("due_wrong_holidays", &ran.whole());
}

#[test]
fn a_date_outside_the_calendar_is_an_error() {
    let ran = book().run("due book/07-pso-six-months.yaml --on 2055-01-01");
    assert_eq!(ran.code, 3);
    crate::program::snapshot("due_outside_the_calendar", &ran.whole());
}

#[test]
fn assess_shows_what_follows_if_its_tier_is_adopted() {
    let path = root().join("policies/bgsw/cases/19-violent-ex-partner.yaml").display().to_string();
    let ran = Program::new().run_with(&["assess", "--format", "json", &path]);
    let answer = ran.json();
    assert_eq!(answer["tier"], "Red-Amber");
    let recorded = due(Path::new(&path));
    assert_eq!(recorded["recorded"], "Amber");
    let (adopted, owed) = (answer["next"]["contact"]["due"].as_str(), recorded["contact"]["due"].as_str());
    assert!(adopted < owed, "a raised tier is due sooner: {adopted:?} and {owed:?}");
    assert_eq!(answer["review"]["due"], answer["next"]["review"]["due"]);
    assert_eq!(answer["review"]["due"], "2019-07-01", "six weeks from the day of adoption");
}

#[test]
fn of_standards_that_missing_facts_leave_open_the_most_demanding_holds_and_none_that_is_put_together() {
    let case = "crn: X1\nassessed_on: 2019-05-20\nsentence: { type: community_order, imposed_on: 2019-03-04, starts_on: 2019-03-04, requirements: [{ type: unpaid_work, hours: 100 }] }\nratings: [{ date: 2019-03-04, tier: Green }]\ncontacts: [{ date: 2019-05-06, mode: office, with: case_manager, outcome: attended }]\n";
    let program = Program::new().file("case.yaml", case);
    let due = program.run("due case.yaml");
    assert!(due.stdout.contains("contact 6 June 2019, not due: seen on 6 May 2019, every month"), "{}", due.stdout);
}

#[test]
fn weeks_without_a_calendar_are_no_fault_of_a_case() {
    let program = Program::new().file("c.yaml", "crn: X1\n");
    let ran = program.run("due c.yaml --on 1950-01-01 --law 2019-05-20");
    let said = "  × the weeks shown: 12 December 1949 is outside the calendar of bank holidays, which has the\n  │ years 2010 to 2040\n  \
        help: give a calendar that has them: `--holidays FILE`\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (3, said), "{}", ran.whole());
}

#[test]
fn a_case_with_further_sentences_alone_is_told_that_its_own_is_missing() {
    let sentence = "{ type: community_order, imposed_on: 2019-03-04, starts_on: 2019-03-04 }";
    let said = |case: &str| {
        let program = Program::new().file("case.yaml", format!("crn: X1\n{case}\n"));
        let answer = program.run("assess case.yaml --on 2019-05-20 --format json").json();
        answer["next"]["contact"]["why"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        said(&format!("other_sentences: [{sentence}]")),
        "the case does not say when its `sentence` starts; `other_sentences` stand beside that one"
    );
    assert_eq!(said("sex: male"), "no start of the sentence is known on this date");
}
