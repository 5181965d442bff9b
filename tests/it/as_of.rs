//! As of a date means as of that date: what is dated later is not known, nor is anything that it holds.

use crate::program::{Program, Ran};
use brag::case::{
    Case,
    domain::Domain,
    record::{Field, Kind, Shape, Tense},
    registered::DatedRegistration,
};
use jiff::civil::date;
use serde_json::{Value, json};
use std::sync::Arc;

/// Every field of the model with its path: that of a list is the path of its entries.
fn fields() -> Vec<(String, &'static Field)> {
    fn add(prefix: &str, fields: &'static [Field], all: &mut Vec<(String, &'static Field)>) {
        for field in fields {
            let path = if prefix.is_empty() { field.name.to_owned() } else { format!("{prefix}.{}", field.name) };
            all.push((path.clone(), field));
            let mut shape = (field.shape)();
            while let Shape::List(of) = shape {
                shape = *of;
            }
            if let Shape::Record(inner) = shape {
                add(&path, inner, all);
            }
        }
    }
    let mut all = Vec::new();
    add("", Case::FIELDS, &mut all);
    add("registrations", DatedRegistration::FIELDS, &mut all);
    all
}

fn is_date(shape: &Shape) -> bool {
    match shape {
        Shape::Leaf(domain) => *domain == Domain::Date,
        Shape::List(of) => is_date(of),
        Shape::Record(_) => false,
    }
}

#[test]
fn every_date_says_what_it_means_for_what_was_known() {
    let wrong = fields().into_iter().filter(|(_, field)| is_date(&(field.shape)()) != field.tense.is_some());
    let wrong: Vec<String> = wrong.map(|(path, _)| path).collect();
    assert_eq!(wrong, Vec::<String>::new(), "a date without a `Tense`, or one of what is no date");
}

/// Some value of a shape, such as a case can hold.
fn sample(shape: &Shape) -> Value {
    match shape {
        Shape::List(of) => json!([sample(of)]),
        Shape::Record(fields) => {
            let required = fields.iter().filter(|field| field.kind == Kind::Required);
            required.map(|field| (field.name.to_owned(), sample(&(field.shape)()))).collect()
        }
        Shape::Leaf(Domain::Words(words)) => json!(words[0]),
        Shape::Leaf(Domain::Date) => json!("2019-01-01"),
        Shape::Leaf(Domain::Whole { min, .. } | Domain::Decimal { min, .. }) => json!(min),
        Shape::Leaf(Domain::Bool) => json!(true),
        Shape::Leaf(_) => json!("x"),
    }
}

/// A case of which nothing is given but what stands at a path; every list on the way has one entry.
fn case_with(path: &str, value: &Value) -> Value {
    fn put(into: &mut Value, fields: &'static [Field], path: &str, value: &Value) {
        let (step, rest) = path.split_once('.').map_or((path, None), |(step, rest)| (step, Some(rest)));
        let Some(rest) = rest else {
            into[step] = value.clone();
            return;
        };
        let field = fields.iter().find(|field| field.name == step).unwrap();
        let (shape, is_list) = match (field.shape)() {
            // A registration is a word to a script, and a record in a file.
            Shape::List(_) if step == "registrations" => (Shape::Record(DatedRegistration::FIELDS), true),
            Shape::List(of) => (*of, true),
            shape => (shape, false),
        };
        let Shape::Record(inner) = shape else { panic!("{path}") };
        let mut record = sample(&shape);
        put(&mut record, inner, rest, value);
        into[step] = if is_list { json!([record]) } else { record };
    }
    let mut case = json!({ "crn": "X1" });
    put(&mut case, Case::FIELDS, path, value);
    case
}

fn known(case: &Value, on: jiff::civil::Date) -> Case {
    let case = Case::parse(&case.to_string()).unwrap_or_else(|fault| panic!("{fault}: {case}")).0;
    Case::clone(&Case::as_known_on(&Arc::new(case), on))
}

/// The record that a date belongs to is as if it were not there; where the date alone is of that day, the date.
#[test]
fn what_is_dated_later_is_as_if_it_were_not_there() {
    let (before, on) = (date(2020, 6, 14), date(2020, 6, 15));
    let mut tried = 0;
    for (path, field) in fields() {
        // The end of a custody period gives the planned release, which is tried below; of several assessments one is taken.
        let Some(tense) = field
            .tense
            .filter(|_| path != "custody.to" && path != "registrations.to" && !path.starts_with("assessments"))
        else {
            continue;
        };
        let day = if matches!((field.shape)(), Shape::List(_)) { json!(["2020-06-15"]) } else { json!("2020-06-15") };
        let given = case_with(&path, &day);
        let whole = Case::parse(&given.to_string()).unwrap().0;
        assert_eq!(known(&given, on), whole, "{path} of the day itself");
        let without = match tense {
            Tense::Ahead => given,
            Tense::Dates => json!({ "crn": "X1" }),
            Tense::Happened if day.is_array() => case_with(&path, &json!([])),
            Tense::Happened => case_with(&path, &json!(null)),
        };
        let without = Case::parse(&without.to_string()).unwrap().0;
        assert_eq!(known(&case_with(&path, &day), before), without, "{path} of a later day");
        tried += 1;
    }
    assert!(tried > 25, "{tried}");
}

#[test]
fn of_a_later_assessment_nothing_is_known() {
    let case = "crn: X1\nsentence: {type: community_order, imposed_on: 2026-02-02, starts_on: 2026-02-02}\n";
    let oasys = "oasys: {completed_on: 2026-07-20, layer: 3, status: complete, rosh: very_high, ogrs3: 60, ogp: 40, ovp: 20, \
        rsr: 1.2, rosh_history: [{date: 2026-07-20, level: very_high}]}\n";
    let program = Program::new().file("without.yaml", case).file("with.yaml", format!("{case}{oasys}"));
    for policy in ["bgsw", "hmpps-tier-v2"] {
        let answer = |name: &str, on: &str| {
            let ran = program.run(&format!("assess {name} --policy {policy} --on {on} --format json"));
            let mut answer = ran.json();
            answer.as_object_mut().unwrap().remove("case_digest");
            answer
        };
        assert_eq!(answer("with.yaml", "2026-07-19"), answer("without.yaml", "2026-07-19"), "{policy}");
        assert_ne!(answer("with.yaml", "2026-07-20"), answer("without.yaml", "2026-07-20"), "{policy}");
    }
}

/// Twelve weeks before the end of a custody period an assessment is due, whether the end is given as such or as a release.
#[test]
fn a_custody_period_that_ends_later_gives_the_planned_release() {
    let case = |custody: &str, release: &str| {
        format!(
            "crn: X1\nsentence: {{type: custody, imposed_on: 2026-01-05, starts_on: 2026-01-05}}\n\
             oasys: {{completed_on: 2026-01-20, rosh: low, ogrs3: 10}}\ncustody: [{custody}]\n{release}\
             ratings: [{{date: 2026-01-10, tier: TIER, trigger: initial}}]\n"
        )
    };
    let review = |text: &str| {
        let ran =
            Program::new().file("c.yaml", text.replace("TIER", "Blue")).run("due c.yaml --on 2026-06-15 --format json");
        assert_eq!(ran.code, 0, "{}", ran.whole());
        let review = &ran.json()["review"];
        [&review["kind"], &review["due"]].map(|one| one.as_str().unwrap_or("none").to_owned())
    };
    let open = "{from: 2026-01-05}";
    let by_release = review(&case(open, "release: {date: 2026-10-20}\n"));
    assert_eq!(by_release[0], "pre_release");
    let ends = "{from: 2026-01-05, to: 2026-10-20}";
    assert_eq!(review(&case(ends, "")), by_release);
    // A release before this custody was another one; a release that is given for it counts.
    assert_eq!(review(&case(ends, "release: {date: 2025-10-20, type: automatic}\n")), by_release);
    assert_ne!(review(&case(ends, "release: {date: 2026-09-20}\n")), by_release);
    // A date that became known later is not known: the end of the period is.
    assert_eq!(review(&case(ends, "release: {date: 2026-09-20, known_on: 2026-06-16}\n")), by_release);
    assert_eq!(review(&case(open, ""))[0], "none");
    let weeks = |text: String| -> Ran {
        let rules = "const TIERS = [\"Low\", \"High\"];\nfn base(person) { at_least(\"Low\") }\n\
            fn soon(person) { if known(person.weeks_to_release) { at_least(\"High\") } }\n";
        Program::new()
            .rules(rules)
            .file("c.yaml", text.replace("TIER", "Low"))
            .run("assess c.yaml --policy trial --on 2026-06-15 --format json")
    };
    assert_eq!(weeks(case(ends, "")).json()["tier"], "High");
    assert_eq!(weeks(case(open, "")).json()["tier"], "Low");
}

#[test]
fn a_mapping_takes_the_latest_of_several_up_to_the_date() {
    let payload = json!({
        "crn": "X1", "gender": "Male", "convictions": [], "ogrsscore": 20, "rsrscore": 1.0,
        "registrations": [{"code": "RHRH", "date": "2024-01-01"}, {"code": "RLRH", "date": "2026-01-05"}],
    });
    let program = Program::new().file("person.json", payload.to_string());
    let rosh = |on: &str| {
        let ran = program.run(&format!("map run tier-to-delius person.json --on {on}"));
        let line = ran.stdout.lines().find(|line| line.contains("rosh:")).map(str::to_owned);
        line.map(|line| line.trim().split(' ').nth(1).unwrap().trim_matches('"').to_owned())
    };
    assert_eq!(rosh("2026-01-05").as_deref(), Some("low"));
    assert_eq!(rosh("2026-01-04").as_deref(), Some("high"));
    assert_eq!(rosh("2023-12-31"), None);
}

#[test]
fn a_missing_date_of_what_happened_is_not_after_the_answer() {
    let rules = "//! Example.\n\nconst TIERS = [\"Low\", \"High\"];\n\n/// Old.\n/// @cite example\nfn old(person) {\n    \
                 if days_after(person.oasys.completed_on, 365) < person.assessed_on { at_least(\"High\") } else { at_least(\"Low\") }\n}\n";
    let program = Program::new().rules(rules).file("case.yaml", "crn: X1\nassessed_on: 2019-05-20\n");
    let ran = program.run("assess case.yaml --policy trial");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    assert!(ran.stdout.contains("range       Low to High, provisional"), "{}", ran.stdout);
}

/// Nobody is born after the day of the answer: what is reckoned from an unknown birth has an answer for every day that can be.
#[test]
fn an_unknown_birth_lies_behind() {
    let rules = "const TIERS = [\"Low\", \"High\"];\nfn base(person) { at_least(\"Low\") }\n\
                 fn grown(person) { if years_after(person.date_of_birth, 18) <= person.assessed_on { at_least(\"High\") } }\n";
    let program = Program::new().rules(rules).file("case.yaml", "crn: X1\n");
    let ran = program.run("assess case.yaml --policy trial --on 2020-06-15 --format json");
    assert_eq!((ran.code, &ran.json()["range"]), (0, &json!(["Low", "High"])), "{}", ran.whole());
}

/// A further sentence that is over asks for nothing more: from the day after its last, or from its termination.
#[test]
fn a_further_sentence_counts_while_it_is_current() {
    let held = |runs: &str| {
        let case = format!(
            "crn: X1\nsex: male\nengagement: good\nsentence: {{type: community_order, starts_on: 2019-05-04, index_offence: {{category: theft}}, \
             requirements: [{{type: unpaid_work, hours: 40, done: 1}}]}}\nother_sentences: [{{type: community_order, starts_on: 2018-01-01, {runs}, \
             requirements: [{{type: accredited_programme, sessions: 20}}]}}]\noasys: {{completed_on: 2019-05-10, rosh: low, ogrs3: 10, ogp: 10, ovp: 20, rsr: 1, \
             sections: {{accommodation: 0, ete: 0, relationships: 0, lifestyle: 0, drugs: 0, alcohol: 0, thinking: 0, attitudes: 0}}}}\n"
        );
        let ran = Program::new().file("one.yaml", case).run("assess one.yaml --on 2019-05-20 --format json");
        assert_eq!(ran.code, 0, "{}", ran.whole());
        ran.json()["allocation"]["from"].as_str().unwrap().to_owned()
    };
    assert_eq!(held("ends_on: 2019-05-20"), "front_office");
    assert_eq!(held("ends_on: 2019-05-19"), "operational_hub");
    assert_eq!(held("terminated_on: 2019-05-21"), "front_office");
    assert_eq!(held("terminated_on: 2019-05-20"), "operational_hub");
}
