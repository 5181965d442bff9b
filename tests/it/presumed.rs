//! A level of risk that is presumed to be no higher than another: the range goes as far as that level and no further.

use crate::program::{Program, Ran};
use serde_json::json;

const RULES: &str = r#"const TIERS = ["Low", "Middle", "High"];
fn base(person) { at_least("Low") }
fn medium(person) { if reaches(person.oasys.rosh_to.public, "medium") { at_least("Middle") } }
fn high(person) { if reaches(person.oasys.rosh_to.public, "high") { at_least("High") } }
fn others(person) { if person.iom && reaches(person.oasys.rosh_to.children, "high") { at_least("High") } }
"#;
const PRESUMED: &str = "presumed:
  oasys.rosh_to.public: { at_most: oasys.rosh, description: the overall level is the highest, source: OASys }
  oasys.rosh_to.children: { at_most: oasys.rosh, description: the overall level is the highest, source: OASys }
";

fn ran(presumed: &str, case: &str) -> Ran {
    let program = Program::new().rules(RULES).file("policies/trial/parameters.yaml", presumed).file("case.yaml", case);
    program.run("assess case.yaml --policy trial --on 2020-01-01 --format json")
}

#[test]
fn the_range_goes_as_far_as_the_other_level() {
    let public = json!(["oasys.rosh_to.public"]);
    let both = json!(["oasys.rosh_to.children", "oasys.rosh_to.public"]);
    for (case, range, tier, presumed) in [
        ("oasys: { rosh: low }", json!(null), "Low", &public),
        ("oasys: { rosh: medium }", json!(["Low", "Middle"]), "Middle", &public),
        ("oasys: { rosh: high }", json!(["Low", "High"]), "High", &public),
        ("oasys: { rosh: very_high }", json!(["Low", "High"]), "High", &public),
        ("oasys: { rosh: low, rosh_to: { public: high } }", json!(null), "High", &json!([])),
        ("iom: true\noasys: { rosh: low }", json!(null), "Low", &both),
        (
            "iom: true\noasys: { rosh: medium, rosh_to: { public: low } }",
            json!(null),
            "Low",
            &json!(["oasys.rosh_to.children"]),
        ),
        // Without the other level nothing is presumed.
        ("oasys: { ogrs3: 10 }", json!(["Low", "High"]), "High", &json!([])),
    ] {
        let answer = ran(PRESUMED, &format!("crn: X1\n{case}\n")).json();
        assert_eq!((&answer["range"], &answer["tier"]), (&range, &json!(tier)), "{case}");
        assert_eq!(answer["provisional"], json!(!range.is_null()), "{case}");
        assert_eq!(&answer["presumed"], presumed, "{case}");
        assert_eq!(answer["range_exact"], json!(true), "{case}");
    }
}

/// That the other score is below its cut-off is presumed: so the lower end of the range rests on it, where the upper does not look.
#[test]
fn what_one_end_of_a_range_rests_on_is_told() {
    let rules = "const TIERS = [\"Low\", \"High\"];\n\n/// Scores.\nfn scores(person) {\n    \
                 if person.oasys.ogrs3 >= 50 || person.oasys.ovp > 50 { at_least(\"High\") } else { at_least(\"Low\") }\n}\n";
    let presumed = "presumed:\n  oasys.ovp: { value: 30, description: OVP, source: board }\n";
    let told = |case: &str| {
        let program =
            Program::new().rules(rules).file("policies/trial/parameters.yaml", presumed).file("case.yaml", case);
        let answer = program.run("assess case.yaml --policy trial --on 2020-01-01 --format json").json();
        (answer["range"].clone(), answer["presumed"].clone())
    };
    assert_eq!(told("crn: X1\n"), (json!(["Low", "High"]), json!(["oasys.ovp"])));
    assert_eq!(told("crn: X1\noasys: { ogrs3: 20 }\n"), (json!(null), json!(["oasys.ovp"])));
    assert_eq!(told("crn: X1\noasys: { ogrs3: 50 }\n"), (json!(null), json!([])));
}

#[test]
fn what_cannot_be_presumed_is_refused() {
    for (presumed, said) in [
        ("at_most: oasys.rsoh", "unknown input `oasys.rsoh`"),
        ("at_most: oasys.ogrs3", "only a level of risk can be at most another level of risk"),
        ("at_most: oasys.rosh_to.public", "only a level of risk can be at most another level of risk"),
        ("at_most: oasys.rosh, value: low", "a fact is presumed to be `value` or to be `at_most` another, not both"),
        ("value: lowest", "its value is none that the input can have"),
    ] {
        let line = format!("presumed:\n  oasys.rosh_to.public: {{ {presumed}, description: a, source: b }}\n");
        let ran = ran(&line, "crn: X1\n");
        let told = ran.stderr.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
        assert_eq!(ran.code, 3, "{}", ran.whole());
        assert!(told.contains(said), "{}", ran.stderr);
        assert!(told.contains("parameters.yaml:2:"), "{}", ran.stderr);
        assert!(told.contains("help: ") || said.ends_with("not both"), "{}", ran.stderr);
    }
}

#[test]
fn where_no_way_to_the_lowest_tier_is_found_the_range_begins_at_the_lowest_of_the_order() {
    let rules = "//! Example.\n\nconst TIERS = [\"Low\", \"Top\"];\n\n/// Counted.\n/// @cite example\nfn counted_layers(person) {\n    \
                 let n = 0;\n    for one in 0..person.oasys.layer { n += 1; }\n    \
                 if n == 2 { at_least(\"Low\") } else { at_least(\"Top\") }\n}\n";
    let program = Program::new().rules(rules).file("case.yaml", "crn: X1\nassessed_on: 2019-05-20\n");
    let answer = program.run("assess case.yaml --policy trial --format json").json();
    assert_eq!((&answer["tier"], &answer["provisional"]), (&"Top".into(), &true.into()));
    assert_eq!(answer["range"], serde_json::json!(["Low", "Top"]));
    assert_eq!(program.run("assess case.yaml --policy trial --on-missing refuse").code, 4);
}
