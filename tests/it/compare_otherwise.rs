//! `brag compare` and `brag verify`: what differs between two policies beside their rules and numbers, and what that changes.

use crate::program::{Program, root};

const RULES: &str = "//! A policy that was made up.\n\nconst TIERS = [\"Low\", \"Mid\", \"Top\"];\nconst CUT = 50;\n\n\
    /// Risk.\n/// @cite made up\nfn risk(person) { if person.oasys.ogrs3 >= global::CUT { at_least(\"Top\") } else { at_least(\"Low\") } }\n\n\
    /// Harm.\n/// @cite made up\nfn harm(person) { if person.oasys.rsr <= 6.9 { at_least(\"Mid\") } }\n";
const NUMBERS: &str = "local:\n  n: { type: whole, min: 0, max: 4, description: what it is }\n\
    cut:\n  description: a number\n  values:\n    2014-06-01: { value: 3, unit: percent, source: assumption }\n";

/// An old and a new policy, the new one with one text of a file in the place of another.
fn both(file: &str, was: &str, is: &str) -> Program {
    assert!(RULES.contains(was) || NUMBERS.contains(was), "{was}");
    let of = |name: &str, text: &str| if name == file { text.replace(was, is) } else { text.to_owned() };
    Program::new()
        .file("old/policy.rhai", RULES)
        .file("old/parameters.yaml", NUMBERS)
        .file("new/policy.rhai", of("policy.rhai", RULES))
        .file("new/parameters.yaml", of("parameters.yaml", NUMBERS))
}

#[test]
fn a_constant_that_differs_is_named_and_is_the_cause() {
    let program = both("policy.rhai", "CUT = 50;", "CUT = 61; // since the autumn");
    let ran = program.run("compare old new --fail-on any");
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("What differs in new\n  CUT\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Top to Mid: risk (CUT is changed)"), "{}", ran.stdout);
    let again = both("policy.rhai", "CUT = 50;", "CUT =  50; // as it was").run("compare old new --fail-on any");
    assert_eq!((again.code, again.stdout.contains("nothing differs between their files")), (0, true));
}

#[test]
fn a_case_that_one_policy_does_not_take_has_no_answer_under_it() {
    let program = both("parameters.yaml", "max: 4", "max: 9")
        .file("case.yaml", "crn: X1\nassessed_on: 2019-05-20\noasys: { ogrs3: 55, rsr: 8 }\nlocal: { n: 7 }\n");
    let ran = program.run("compare old new case.yaml");
    assert_eq!(ran.code, 3);
    assert!(ran.stdout.contains("  local: n\n") && ran.stdout.contains("X1 no answer to Top"), "{}", ran.stdout);
    let said = "case X1: `local.n`: expected a whole number from 0 to 4";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
}

#[test]
fn where_a_number_comes_from_is_told_and_moves_nobody() {
    let ran = both("parameters.yaml", "source: assumption", "source: board").run("compare old new --fail-on any");
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("What differs in new\n  cut: source, from 2014-06-01\n"), "{}", ran.stdout);
    let again = "source: assumption }\n    2019-06-01: { value: 3, unit: percent, source: board }";
    let ran = both("parameters.yaml", "source: assumption }", again).run("compare old new");
    assert!(ran.stdout.contains("What differs in new\n  cut: said again, from 2019-06-01\n"), "{}", ran.stdout);
}

#[test]
fn what_is_owed_under_the_tier_on_record_raises_its_flags() {
    // Computed Red and recorded Amber.
    let sections = ["accommodation", "ete", "relationships", "lifestyle", "drugs", "alcohol", "thinking", "attitudes"];
    let sections = sections.map(|section| format!("{section}: 1")).join(", ");
    let case = format!(
        "crn: X1\nsex: male\ndate_of_birth: 1990-01-01\nengagement: good\n\
        sentence: {{ type: community_order, imposed_on: 2019-03-04, starts_on: 2019-03-04, index_offence: {{ category: theft }} }}\n\
        oasys: {{ completed_on: 2019-03-04, layer: 3, status: complete, rosh: medium, ogrs3: 95, ogp: 50, ovp: 40, rsr: 1.0, sections: {{ {sections} }} }}\n\
        ratings: [{{ date: 2019-04-15, tier: Amber, by: a }}]\n\
        contacts: [{{ date: 2019-05-01, mode: office, with: case_manager, outcome: attended }}]\n"
    );
    let standard = "contact_amber={every: 2, unit: week, mode: face_to_face, first_within: 5, upcoming: 7}";
    let program = Program::new().file("case.yaml", case);
    let flags = |set: &[&str]| {
        let arguments = [&["assess", "case.yaml", "--format", "json", "--on", "2019-05-20"], set].concat();
        program.run_with(&arguments).stdout.contains("contact_overdue")
    };
    assert_eq!([flags(&[]), flags(&["--set", standard])], [false, true]);
    let ran = program.run_with(&["compare", "bgsw", "bgsw", "--set", standard, "case.yaml", "--on", "2019-05-20"]);
    assert!(ran.stdout.contains("flag contact_overdue: 1 gain it, 0 lose it"), "{}", ran.stdout);
}

#[test]
fn a_bound_of_a_decimal_is_said_to_be_in_or_out() {
    let open = "{\"crn\":\"X1\",\"assessed_on\":\"2019-05-20\",\"oasys\":{\"ogrs3\":5}}";
    let told = |condition: &str| {
        let program = both("policy.rhai", "rsr <= 6.9", &format!("rsr {condition}")).file("case.json", open);
        let text = program.run("assess case.json --policy new").stdout;
        text.lines().find(|line| line.contains("oasys.rsr:")).map(|line| line.trim().to_owned()).unwrap_or(text)
    };
    assert_eq!(told("<= 6.9"), "oasys.rsr: up to 6.9 Mid, above 6.9 Low");
    assert_eq!(told("> 6.9"), "oasys.rsr: up to 6.9 Low, above 6.9 Mid");
    assert_eq!(told(">= 6.9"), "oasys.rsr: below 6.9 Low, from 6.9 Mid");
    assert_eq!(told("== 6.9"), "oasys.rsr: below 6.9 Low, 6.9 Mid, above 6.9 Low");
    assert_eq!(told("in [3, 6.9]"), "oasys.rsr: below 3 Low, 3 Mid, above 3 below 6.9 Low, 6.9 Mid, above 6.9 Low");
}

#[test]
fn no_fact_is_said_to_leave_more_open_than_is() {
    let program =
        Program::new().file("case.json", "{\"crn\":\"X1\",\"assessed_on\":\"2019-05-20\",\"mappa\":{\"category\":2}}");
    let text = program.run("assess case.json --without assessment-quality").stdout;
    assert!(text.contains("oasys.rosh: low or medium Amber to Red, high or very_high Red\n"), "{text}");
}

#[test]
fn a_tier_outside_the_order_that_could_be_is_never_left_out() {
    let rules = "//! Made up.\n\nconst TIERS = [\"Low\", \"Mid\", \"Top\"];\nconst OUTSIDE = [\"Out\"];\n\n\
        /// Base.\n/// @cite made up\nfn base(person) { at_least(\"Low\") }\n\n\
        /// Out.\n/// @cite made up\nfn away(person) {\n    if [person.oasys.layer, person.local.n].index_of(person.local.m) == person.local.n { decide(\"Out\") }\n}\n";
    let own = "local:\n  n: { type: whole, min: 0, max: 4, description: one }\n  m: { type: whole, min: 0, max: 3, description: two }\n";
    let program = Program::new()
        .file("away/policy.rhai", rules)
        .file("away/parameters.yaml", own)
        .file("case.json", "{\"crn\":\"A5\",\"assessed_on\":\"2019-05-20\",\"local\":{\"m\":3}}")
        .file(
            "full.json",
            "{\"crn\":\"A5\",\"assessed_on\":\"2019-05-20\",\"local\":{\"m\":3,\"n\":0},\"oasys\":{\"layer\":3}}",
        );
    assert!(program.run("assess full.json --policy away").stdout.starts_with("A5  Out "));
    assert_eq!(program.run("assess case.json --policy away --on-missing refuse").code, 4);
}

#[test]
fn a_remark_in_the_numbers_keeps_two_policies_comparable() {
    let mut program = Program::new();
    for (folder, remark) in [("old", ""), ("new", "# a remark\n")] {
        for file in ["bgsw/policy.rhai", "bgsw/parameters.yaml", "lib/oasys.rhai", "lib/record.rhai"] {
            let text = std::fs::read_to_string(root().join("policies").join(file)).unwrap();
            let text = if file.ends_with("parameters.yaml") { format!("{remark}{text}") } else { text };
            program =
                program.file(&format!("{folder}/{file}"), text.replace("const WITH = [\"assessment-quality\"];", ""));
        }
    }
    let ran = program.run("verify old/bgsw new/bgsw --same");
    assert!(ran.code == 0 && ran.stdout.contains("1 proved, 0 refuted, 0 not decided."), "{}", ran.whole());
}

#[test]
fn what_is_asked_of_every_date_takes_no_date_and_says_whose_law_it_is() {
    let program = both("policy.rhai", "CUT = 50;", "CUT = 50;");
    let ran = program.run("verify old --on 2019-05-20");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("`brag verify` asks of cases of every date"), "{}", ran.stderr);
    let text = program.run("verify old --only always-a-tier --law 2019-05-20").stdout;
    assert!(
        text.replace('\n', " ").contains(
            "in force on 20 May 2019, whatever the date of the case: `assess --law 2019-05-20` decides it so"
        ),
        "{text}"
    );
}

#[test]
fn a_table_that_differs_is_named_and_what_was_tried_is_not_said_to_be_seen() {
    let table = "CUT = 50;\nconst TABLE = #{ high: 3 };";
    let mut program = both("policy.rhai", "CUT = 50;", &format!("{table} // read by nobody"));
    program = program.file("old/policy.rhai", RULES.replace("CUT = 50;", &table.replace('3', "2")));
    let ran = program.run("compare old new");
    assert!(ran.stdout.contains("What differs in new\n  TABLE\n"), "{}", ran.stdout);
    let open = "{\"crn\":\"X1\",\"assessed_on\":\"2019-05-20\",\"oasys\":{\"rsr\":8}}";
    let ran = both("policy.rhai", "at_least(\"Top\")", "at_least(\"Mid\")")
        .file("case.json", open)
        .run("compare old new case.json");
    assert!(ran.stdout.contains("X1 Top to Mid: oasys.ogrs3 not known"), "{}", ran.stdout);
}

#[test]
fn a_month_is_as_short_as_the_shortest_beside_days() {
    let standard = |top: &str| {
        let contact = format!(
            "\n/// Contact.\n/// @cite made up\nfn contact(person, tier) {{\n    if tier == \"Top\" {{ return {top}; }}\n    every(1, \"month\", \"office\")\n}}\n"
        );
        let program =
            Program::new().file("p/policy.rhai", format!("{RULES}{contact}")).file("p/parameters.yaml", NUMBERS);
        program.run("verify p --only contact").code
    };
    // February has 28 days. Two tiers with the same standard are seen as often.
    assert_eq!(standard("every(28, \"day\", \"office\")"), 0);
    assert_eq!(standard("every(29, \"day\", \"office\")"), 1);
    assert_eq!(standard("every(1, \"month\", \"office\")"), 0);
}

#[test]
fn a_helper_that_gives_the_same_may_be_known_in_one_policy_alone() {
    let rules = |engages: &str| {
        format!(
            "//! A policy that was made up.\n\nconst TIERS = [\"Low\", \"Top\"];\n\n/// Whether it is known.\n/// @cite made up\n\
             fn is_known(person) {{ if known(engages(person)) {{ at_least(\"Top\") }} else {{ at_least(\"Low\") }} }}\n\n\
             private fn engages(person) {{ {engages} }}\n"
        )
    };
    let presumed = "presumed:\n  engagement: { value: mixed, description: nobody recorded it, source: assumption }\n";
    let program = Program::new()
        .file("old/policy.rhai", rules("if person.sex == \"male\" { \"mixed\" } else { \"good\" }"))
        .file("old/parameters.yaml", presumed)
        .file("new/policy.rhai", rules("person.engagement"))
        .file("new/parameters.yaml", presumed)
        .file("case.yaml", "crn: X1\nsex: male\n");
    let ran = program.run("compare old new case.yaml --on 2019-05-20");
    assert!(ran.stdout.contains("1 of 1 cases move on 20 May 2019: 0 up, 1 down"), "{}", ran.whole());
}
