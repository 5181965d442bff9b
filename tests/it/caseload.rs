//! `brag caseload`: every figure against one that is reckoned here from `assess` and `due`, and the whole of it over small books.

use crate::{
    answer_schema::fits,
    compare::book,
    program::{Program, Ran, root, snapshot},
};
use brag::report::schema_of::SchemaOf;
use insta::assert_snapshot;
use jiff::{ToSpan, civil::Date};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs};

const ON: &str = "2019-05-20";
const ORDER: [&str; 4] = ["Green", "Amber", "Red-Amber", "Red"];

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

fn rows(ran: &Ran) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// A made-up book in which nobody is managed from the hub, so that the tier on record says how often somebody is seen.
fn people() -> Vec<Value> {
    let all = book(220);
    let cases = all.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    cases.filter(|case| case["supervision"]["managed_from"] != "operational_hub").collect()
}

fn lines(cases: &[Value]) -> String {
    cases.iter().map(|case| format!("{case}\n")).collect()
}

/// What one case adds to the figures of its officer, reckoned from what other verbs say of it.
fn reckoned(case: &Value, assessed: &Value, due: &BTreeMap<String, String>) -> BTreeMap<&'static str, f64> {
    let on: Date = ON.parse().unwrap();
    let one = |holds: bool| f64::from(u8::from(holds));
    let rank = |tier: &str| ORDER.iter().position(|one| *one == tier);
    let (recorded, tier) = (due["recorded"].as_str(), text(assessed, "tier"));
    let review: Option<Date> = due["review_due"].parse().ok();
    let lists = |name: &str| case[name].as_array().cloned().unwrap_or_default();
    let inside = lists("custody")
        .iter()
        .any(|period| text(period, "from") <= ON && (period["to"].is_null() || text(period, "to") > ON));
    let carried = if recorded.is_empty() { tier } else { recorded };
    let a_week = match carried {
        _ if ["none", "suspended", "ends_first"].contains(&&*due["contact_state"]) => 0.0,
        "Blue" => 0.0,
        _ if inside => 0.25,
        "Red" => 1.0,
        "Red-Amber" => 0.5,
        "Amber" => 1.0 / 3.0,
        _ => 7.0 / (365.25 / 12.0),
    };
    BTreeMap::from([
        ("cases", 1.0),
        ("points_to_act_on", assessed["workload"].as_f64().unwrap()),
        ("contacts_a_week", a_week),
        ("contacts_overdue", one(due["contact_state"] == "overdue")),
        ("reviews_overdue", one(due["review_state"] == "overdue")),
        ("reviews_in_six_weeks", one(review.is_some_and(|due| on <= due && due <= on + 42.days()))),
        ("provisional", one(assessed["provisional"] == true)),
        ("recorded_below", one(rank(recorded).zip(rank(tier)).is_some_and(|(recorded, tier)| recorded < tier))),
    ])
}

#[test]
fn every_figure_is_what_assess_and_due_come_to() {
    let cases = people();
    let program = Program::new().file("book.jsonl", lines(&cases));
    let assessed = program.run(&format!("assess book.jsonl --on {ON} --format json")).json();
    let due = rows(&program.run(&format!("due book.jsonl --on {ON} --format csv")));
    let due: BTreeMap<&str, &BTreeMap<String, String>> = due.iter().map(|row| (row["crn"].as_str(), row)).collect();
    let mut sums: BTreeMap<(&str, Option<&str>), BTreeMap<&str, f64>> = BTreeMap::new();
    let mut tiers: BTreeMap<(&str, Option<&str>, &str), u64> = BTreeMap::new();
    for (case, answer) in cases.iter().zip(assessed.as_array().unwrap()) {
        let row = due[text(case, "crn")];
        let supervision = &case["supervision"];
        let (officer, office) = (supervision["officer"]["id"].as_str(), supervision["office"].as_str());
        for (level, name) in [("officer", officer), ("office", office), ("all", None)] {
            *tiers.entry((level, name, &row["recorded"])).or_default() += 1;
            for (what, number) in reckoned(case, answer, row) {
                *sums.entry((level, name)).or_default().entry(what).or_default() += number;
            }
        }
    }
    let answer = program.run(&format!("caseload book.jsonl --on {ON} --format json")).json();
    let books = answer["books"].as_array().unwrap();
    assert_eq!(books.len(), sums.len());
    let mut seen: BTreeMap<&str, f64> = BTreeMap::new();
    for found in books {
        let whose = (text(found, "level"), found["name"].as_str());
        for (what, number) in &sums[&whose] {
            let figure = found[*what].as_f64().unwrap();
            assert!((figure - number).abs() < 0.006, "{what} of {whose:?}: {figure}, not {number}");
            *seen.entry(*what).or_default() += figure;
        }
        for tier in found["tiers"].as_array().unwrap() {
            let many = tiers.get(&(whose.0, whose.1, text(tier, "tier"))).copied().unwrap_or_default();
            assert_eq!(tier["recorded"], many, "{} of {whose:?}", tier["tier"]);
        }
    }
    assert!(seen.values().all(|sum| *sum > 0.0), "a figure is nowhere more than none: {seen:?}");
    // Points under the tier on record are those that the rules would give if they gave that tier.
    let same: Vec<Value> = (cases.iter().zip(assessed.as_array().unwrap()))
        .filter(|(case, answer)| due[text(case, "crn")]["recorded"] == text(answer, "tier"))
        .map(|(case, _)| case.clone())
        .collect();
    let program = Program::new().file("same.jsonl", lines(&same));
    let answer = program.run(&format!("caseload same.jsonl --on {ON} --format json")).json();
    let all = answer["books"].as_array().unwrap().last().unwrap();
    assert!(same.len() > 50 && all["points"] == all["points_to_act_on"], "{all:#}");
}

#[test]
fn every_format_says_the_same_and_json_is_as_its_schema_says() {
    let program = Program::new().file("book.jsonl", book(150));
    let run = |more: &str| program.run(&format!("caseload book.jsonl --on {ON} --forecast 3 --sort cases {more}"));
    let json = run("--format json").json();
    fits(SchemaOf::Caseload, &json);
    let books = json["books"].as_array().unwrap();
    let table = rows(&run("--format csv"));
    assert_eq!(table.len(), books.len());
    let mut exact = 0;
    for (row, book) in table.iter().zip(books) {
        assert_eq!(row["name"], book["name"].as_str().unwrap_or_default());
        for name in ["cases", "points", "contacts_overdue", "reviews_in_six_weeks", "recorded_below", "incomplete"] {
            assert_eq!(row[name], book[name].to_string(), "{name} of {}", book["name"]);
        }
        for name in ["contacts_a_week", "home_visits_a_week"] {
            assert_eq!(row[name], format!("{:.2}", book[name].as_f64().unwrap()), "{name} of {}", book["name"]);
            exact += usize::from(!row[name].ends_with('0'));
        }
        for (at, week) in book["weeks"].as_array().unwrap().iter().enumerate() {
            let contacts: u64 =
                week["contacts"].as_array().unwrap().iter().map(|one| one["contacts"].as_u64().unwrap()).sum();
            assert_eq!(row[&format!("week_{}_contacts", at + 1)], contacts.to_string());
            assert_eq!(row[&format!("week_{}_reviews", at + 1)], week["reviews"].to_string());
        }
    }
    assert!(exact > 0, "a figure that has two digits behind the point");
    let officers: Vec<u64> =
        books.iter().filter(|book| book["level"] == "officer").map(|book| book["cases"].as_u64().unwrap()).collect();
    assert!(officers.len() > 20 && officers.is_sorted_by(|one, next| one >= next), "{officers:?}");
    let page = run("--format html").stdout;
    for name in books.iter().filter_map(|book| book["name"].as_str()) {
        assert!(page.contains(name), "{name}");
    }
    assert_eq!(page.matches("<script>").count(), 1);
    assert!(page.contains("default-src 'none'; style-src 'sha256-") && page.contains("script-src 'sha256-"));
    assert_eq!(run("-o book.xlsx").code, 0);
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(program.folder().join("book.xlsx")).unwrap();
    let sheet = calamine::Reader::worksheet_range(&mut workbook, "Caseload").unwrap();
    assert_eq!(sheet.height(), books.len() + 1);
    let cases: u64 = sheet
        .rows()
        .skip(1)
        .map(|row| match row[3] {
            calamine::Data::Float(number) => number.to_string().parse::<u64>().unwrap(),
            ref other => panic!("{other:?} is no number"),
        })
        .sum();
    assert_eq!(cases, books.iter().map(|book| book["cases"].as_u64().unwrap()).sum::<u64>());
}

const RULES: &str = r#"const TIERS = ["Low", "High"];

/// All.
fn all(person) { at_least(if known(person.oasys.ogrs3) && person.oasys.ogrs3 >= 50 { "High" } else { "Low" }) }

/// Seen.
fn contact(person, tier) {
    if tier == "Low" { return every(4, "week", "office"); }
    [every(1, "week", "office"), every(4, "week", "home_visit")]
}

/// Reviewed.
fn review(person, tier) { every(6, "week") }

/// Held.
fn allocate(person, tier) { held_by(if tier == "High" { "po" } else { "pso" }, "front_office") }
"#;

/// A policy with targets of a few cases, and its book: two officers of one office.
fn small() -> Program {
    let calendar = fs::read_to_string(root().join("policies/bgsw/parameters.yaml")).unwrap();
    let calendar = calendar.split("# ---- Calendar").nth(1).unwrap().split("review_every:").next().unwrap();
    let rest = fs::read_to_string(root().join("policies/bgsw/parameters.yaml")).unwrap();
    let rest = format!(
        "review_first:{}",
        rest.split("\nreview_first:").nth(1).unwrap().split("# ---- Allocation").next().unwrap()
    );
    let number = |name: &str, value: u32| {
        format!(
            "{name}:\n  description: a number\n  values:\n    2014-06-01: {{ value: {value}, source: assumption }}\n"
        )
    };
    let targets: String = [("target_po", 4), ("target_pso", 2), ("workload_amber", 120), ("workload_red", 150)]
        .iter()
        .map(|(name, value)| number(name, *value))
        .collect();
    let case = |number: u32, officer: &str, grade: &str, tier: &str, ogrs3: u32, ends: &str, seen: &str| {
        json!({
            "crn": format!("X10000{number}"), "assessed_on": ON, "oasys": { "ogrs3": ogrs3 },
            "sentence": { "type": "community_order", "imposed_on": "2019-01-07", "ends_on": ends },
            "supervision": { "office": "North", "officer": { "id": officer, "grade": grade } },
            "ratings": [{ "date": "2019-04-15", "tier": tier }],
            "contacts": [{ "date": seen, "mode": "office", "with": "case_manager", "outcome": "attended" }],
        })
    };
    let cases = [
        case(1, "PO1", "po", "High", 60, "2020-01-06", "2019-05-17"),
        case(2, "PO1", "po", "Low", 60, "2020-01-06", "2019-05-02"),
        case(3, "PO1", "po", "Low", 10, "2020-01-06", "2019-05-02"),
        case(4, "PO1", "po", "Low", 10, "2019-05-31", "2019-05-02"),
        case(5, "PO1", "po", "Low", 10, "2019-05-10", "2019-05-02"),
        case(6, "PSO1", "pso", "Low", 10, "2020-01-06", "2019-03-04"),
        case(7, "PSO1", "pso", "Low", 60, "2019-06-14", "2019-05-02"),
        case(8, "PSO1", "pso", "Low", 10, "2020-01-06", "2019-05-02"),
    ];
    let numbers = format!("# ---- Calendar{calendar}{rest}{targets}");
    Program::new().rules(RULES).file("policies/trial/parameters.yaml", numbers).file("book.jsonl", lines(&cases))
}

#[test]
fn a_manager_sees_who_is_over_target_and_what_would_bring_them_back() {
    let ran = small().run("caseload book.jsonl --policy trial --forecast 4 --sort workload");
    assert_snapshot!(ran.whole(), @r"
    exit code 0
    ---- stdout ----
    8 cases on 20 May 2019

    Officers with a target: 2. Over it: 2. Workload red, dangerously high: 1 (50%); amber, at risk:
    1 (50%).

    The policy reckons no points: it has no `workload(person, tier)`.

    Carried
                    cases   target   % of it   workload 
    ────────────────────────────────────────────────────
     PSO1               3        2       150        red 
     PO1                5        4       125      amber 
     office North       8                               
     all                8                               


    Tiers on record
                    High   Low   none 
    ──────────────────────────────────
     PSO1              0     3      0 
     PO1               1     4      0 
     office North      1     7      0 
     all               1     7      0 


    Owed
                    contacts a   home visits a week   contacts   reviews overdue   reviews in six 
                          week                         overdue                              weeks 
    ──────────────────────────────────────────────────────────────────────────────────────────────
     PSO1                  0.8                  0.0          1                 0                3 
     PO1                   2.0                  0.2          1                 0                4 
     office North          2.8                  0.2          2                 0                7 
     all                   2.8                  0.2          2                 0                7 


    Not in order
                    provisional   recorded too low   facts missing 
    ───────────────────────────────────────────────────────────────
     PSO1                     0                  1               0 
     PO1                      0                  1               0 
     office North             0                  2               0 
     all                      0                  2               0 


    Over target
      PSO1         3 cases, 1 over the 2 of a probation services officer (150%, workload red)
          back under it by: moving 1 that the policy gives to another grade
      PO1          5 cases, 1 over the 4 of a probation officer (125%, workload amber)
          back under it by: closing 1 whose supervision has ended

    To come
     week from      contacts   High   Low   reviews   releases   ends 
    ──────────────────────────────────────────────────────────────────
     20 May 2019           3      2     1         7          0      0 
     27 May 2019           6      1     5         0          0      1 
     3 June 2019           1      1     0         0          0      0 
     10 June 2019          1      1     0         0          0      1 


    What is overdue stands in the first week. New cases are not known, nor what a release asks for
    beyond itself. Where several contacts are asked for, each is counted from the date of the one
    that is due first.

    No pattern.
    ");
}

#[test]
fn weeks_ahead_are_counted_from_what_is_due() {
    let json = small().run("caseload book.jsonl --policy trial --forecast 5 --format json").json();
    let all = json["books"].as_array().unwrap().last().unwrap();
    assert_eq!((&all["home_visits_a_week"], &all["points"]), (&json!(0.25), &Value::Null));
    let weeks = all["weeks"].as_array().unwrap();
    let sum = |name: &str| weeks.iter().map(|week| week[name].as_u64().unwrap()).collect::<Vec<_>>();
    // X100004 ends on 31 May and X100007 on 14 June.
    assert_eq!(sum("ends"), [0, 1, 0, 1, 0]);
    assert_eq!(weeks[1]["from"], "2019-05-27");
    // Seen weekly from 24 May on, with a home visit: the one recorded High.
    let high = |week: &Value| {
        let contacts = week["contacts"].as_array().unwrap().iter();
        contacts.filter(|one| one["tier"] == "High").map(|one| one["contacts"].as_u64().unwrap()).sum::<u64>()
    };
    assert_eq!(weeks.iter().map(high).collect::<Vec<_>>(), [2, 1, 1, 1, 2]);
}

/// Each standard is counted from its own next date, not from the first of them all.
#[test]
fn of_several_contact_standards_each_is_forecast_from_its_own_date() {
    let seen =
        |date: &str, mode: &str| json!({ "date": date, "mode": mode, "with": "case_manager", "outcome": "attended" });
    let case = json!({
        "crn": "X1", "assessed_on": ON, "oasys": { "ogrs3": 60 },
        "sentence": { "type": "community_order", "imposed_on": "2019-01-07", "ends_on": "2020-01-06" },
        "ratings": [{ "date": "2019-04-15", "tier": "High" }],
        "contacts": [seen("2019-05-08", "home_visit"), seen("2019-05-17", "office")],
    });
    let program = small().file("book.jsonl", case.to_string());
    let json = program.run("caseload book.jsonl --policy trial --forecast 5 --format json").json();
    let weeks = json["books"].as_array().unwrap().last().unwrap()["weeks"].as_array().unwrap();
    let contacts = weeks.iter().map(|week| week["contacts"][0]["contacts"].as_u64().unwrap());
    // At the office each week from 24 May on, at home on 5 June, in the third week.
    assert_eq!(contacts.collect::<Vec<_>>(), [1, 1, 2, 1, 1]);
}

#[test]
fn an_officer_or_an_office_alone_is_the_same_as_in_the_book() {
    let program = small();
    let run = |more: &str| program.run(&format!("caseload book.jsonl --policy trial --format json {more}")).json();
    let of = |json: &Value, name: &str| {
        json["books"].as_array().unwrap().iter().find(|book| book["name"] == name).unwrap().clone()
    };
    let alone = run("--officer PSO1");
    assert_eq!(alone["cases"], 3);
    assert_eq!(of(&alone, "PSO1"), {
        let mut whole = of(&run(""), "PSO1");
        whole["against_target"]["room"] = Value::Null;
        whole
    });
    assert_eq!(of(&run("--office North"), "North"), of(&run(""), "North"));
    let nobody = program.run("caseload book.jsonl --policy trial --office South");
    assert_eq!((nobody.code, &*nobody.stdout), (3, ""));
    assert!(nobody.stderr.contains("the cases named: none is of office South"), "{}", nobody.stderr);
    let title = program.run("caseload book.jsonl --policy trial --officer PSO1").stdout;
    assert!(title.starts_with("3 cases of officer PSO1 on "), "{title}");
}

#[test]
fn points_are_whole_numbers_from_none() {
    let with = |says: &str| {
        let program = small().rules(&format!("{RULES}\n/// Points.\nfn workload(person, tier) {{ {says} }}\n"));
        program.run("caseload book.jsonl --policy trial --officer PSO1 --format json")
    };
    let points = |ran: &Ran| ran.json()["books"].as_array().unwrap().last().unwrap()["points"].clone();
    assert_eq!(points(&with(r#"if tier == "High" { 9 } else { 2 }"#)), 6, "the tiers on record are Low");
    assert_eq!(points(&with("")), 0);
    for wrong in ["-1", "1.5", r#""many""#, "[every(1, \"week\")]"] {
        let ran = with(wrong);
        assert_eq!(ran.code, 5, "{wrong}: {}", ran.whole());
        let said = ran.stderr.replace("\n  │ ", " ");
        assert!(
            said.contains("rule `workload`: returned something that is no whole number of points from 0"),
            "{wrong}: {said}"
        );
    }
}

#[test]
fn the_page_is_whole() {
    let program = small();
    snapshot("caseload-html", &program.run("caseload book.jsonl --policy trial --forecast 2 --format html").stdout);
    snapshot("caseload-md", &program.run("caseload book.jsonl --policy trial --forecast 2 --format md").stdout);
    snapshot("caseload-csv", &program.run("caseload book.jsonl --policy trial --format csv").stdout);
}

/// Weeks that are counted from several days are none of a calendar.
#[test]
fn a_forecast_has_one_date_and_a_page_says_what_is_in_no_figure() {
    let case = |crn: &str, on: &str, more: &str| {
        format!("{{\"crn\": \"{crn}\", \"assessed_on\": \"{on}\", \"supervision\": {{\"office\": \"North\"}}{more}}}\n")
    };
    let program = Program::new()
        .file("dates.jsonl", [case("X100001", "2019-05-20", ""), case("X100002", "2019-06-17", "")].concat())
        .file(
            "failed.jsonl",
            [case("X100001", "2019-05-20", ""), case("X100002", "2019-05-20", ", \"sex\": \"q\"")].concat(),
        );
    let ran = program.run("caseload dates.jsonl --forecast 2");
    assert_eq!((ran.code, &*ran.stdout), (3, ""));
    let said = "× --forecast: the cases are looked at on dates of their own, 2019-05-20 to 2019-06-17\n  help: say with `--on DATE` from which day the weeks are counted";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
    assert_eq!(program.run("caseload dates.jsonl --forecast 2 --on 2019-06-17").code, 0);
    for format in ["text", "md", "html"] {
        let ran = program.run(&format!("caseload failed.jsonl --format {format}"));
        assert!(ran.code == 3 && ran.stdout.contains("1 case has no answer, and is in no figure."), "{format}");
    }
    let page = program.run("caseload dates.jsonl --policy hmpps-tier-v2").stdout;
    assert!(
        page.contains("The policy has no standard of contacts and reviews: their figures are of nothing."),
        "{page}"
    );
}

#[test]
fn targets_that_hold_nobody_and_officers_of_several_grades_are_said() {
    let program = small();
    let numbers = fs::read_to_string(program.folder().join("policies/trial/parameters.yaml")).unwrap();
    let idle = numbers.replace("value: 2,", "value: 0,");
    assert_ne!(numbers, idle);
    let other = fs::read_to_string(program.folder().join("book.jsonl")).unwrap().replacen(r#""po""#, r#""pso""#, 1);
    let program = program.file("policies/trial/parameters.yaml", idle).file("book.jsonl", other);
    let said = program.run("caseload book.jsonl --policy trial").stdout;
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        "The target of a probation services officer (`target_pso`) is 0 or less: nobody stands beside it.",
        "PO1 is of several grades on record, probation officer in 4 cases and probation services officer in 1 case: \
         counted as a probation officer.",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
}
