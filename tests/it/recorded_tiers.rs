//! A recorded tier counts however it is spelt, or is refused: one that counted as none would owe nobody anything.

use crate::program::{Program, Ran};
use insta::assert_snapshot;

fn case(rating: &str, more: &str) -> String {
    format!(
        "crn: X1\nassessed_on: 2026-06-15\nsex: male\ndate_of_birth: 1990-03-01\n\
         sentence: {{type: community_order, imposed_on: 2026-02-02, starts_on: 2026-02-02, ends_on: 2027-02-01}}\n\
         oasys: {{completed_on: 2026-02-20, rosh: medium, ogrs3: 60, ogp: 40, ovp: 20, rsr: 1.2}}\n\
         ratings: [{{date: 2026-02-10, tier: {rating}}}]\n\
         contacts: [{{date: 2026-02-12, mode: office, with: case_manager, outcome: attended}}]\n{more}"
    )
}

fn run(verb: &str, rating: &str, more: &str) -> Ran {
    Program::new().file("c.yaml", case(rating, more)).run(&format!("{verb} c.yaml --color never"))
}

const SPELT: [(&str, &[&str]); 4] = [
    ("Amber", &["amber", "AMBER", "\"Amber \"", "\" amber\"", "aMber"]),
    ("Red-Amber", &["Red/Amber", "red amber", "RED_AMBER", "redamber", "Red - Amber", "red/amber/"]),
    ("Blue", &["blue", "BLUE"]),
    ("Red", &["red", "\"Red  \""]),
];

/// Every verb that looks at what is recorded says the same of each spelling.
#[test]
fn a_tier_is_the_same_however_it_is_spelt() {
    const VERBS: [&str; 3] = ["due --format json", "assess --format json", "caseload --format json"];
    let said = |tier: &str| {
        VERBS.map(|verb| {
            let ran = run(verb, tier, "");
            let kept = ran.stdout.lines().filter(|line| !line.contains("case_digest"));
            (ran.code, kept.map(str::to_owned).collect::<Vec<_>>(), ran.stderr.clone())
        })
    };
    let overridden = |tier: &str| {
        let judged =
            format!("override: {{tier: {tier}, reason: because, by: a, date: 2026-06-01, authorised_by: b}}\n");
        run("assess --format json", "Green", &judged).json()["override"].clone()
    };
    let explained = |tier: &str| {
        let program = Program::new().file("c.yaml", case("Green", ""));
        let ran = program.run_with(&["explain", "c.yaml", "--format", "json", "--why-not", tier]);
        assert_eq!(ran.code, 0, "{}", ran.whole());
        ran.json()["why_not"].clone()
    };
    for (tier, spellings) in SPELT {
        let expected = (said(tier), overridden(tier), explained(tier));
        assert!(expected.1.is_object());
        for spelt in spellings {
            assert_eq!((said(spelt), overridden(spelt), explained(spelt.trim_matches('"'))), expected, "{spelt}");
        }
    }
    // What is owed under it is owed: 102 days would not be, had the tier counted as none.
    assert_eq!(run("due --fail-on overdue", "amber", "").code, 1);
}

#[test]
fn a_tier_that_the_policy_does_not_have_is_refused_with_what_was_meant() {
    assert_snapshot!(run("due", "Gren", "").whole(), @r"
    exit code 3
    ---- stdout ----
    No case to list. 1 case has no answer, and is not listed.
    ---- stderr ----
      × `ratings[0].tier`: not one of the words known here
       ╭─[c.yaml:7:36]
     6 │ oasys: {completed_on: ****-**-**, rosh: ******, ogrs3: **, ogp: **, ovp: **, rsr: *.*}
     7 │ ratings: [{date: ****-**-**, tier: ****}]
       ·                                    ────
     8 │ contacts: [{date: ****-**-**, mode: ******, with: ************, outcome: ********}]
       ╰────
      help: did you mean `Green`?
    ");
    for (written, meant) in
        [("Gren", "Green"), ("R/A", "Red-Amber"), ("RA", "Red-Amber"), ("B", "Blue"), ("Ambre", "Amber")]
    {
        for verb in ["due", "assess", "caseload", "explain"] {
            let ran = run(verb, written, "");
            assert_eq!(ran.code, 3, "{verb} {written}: {}", ran.whole());
            assert!(ran.stderr.contains("`ratings[0].tier`: "), "{verb} {written}: {}", ran.stderr);
            assert!(ran.stderr.contains(&format!("did you mean `{meant}`?")), "{verb} {written}: {}", ran.stderr);
        }
        let more = format!("override: {{tier: {written}, reason: because}}\n");
        assert!(run("assess", "Green", &more).stderr.contains("`override.tier`: "));
        let ran = Program::new().file("c.yaml", case("Green", "")).run(&format!("explain c.yaml --why-not {written}"));
        assert_eq!(ran.code, 3);
        assert!(ran.stderr.contains(&format!("did you mean `{meant}`?")), "{}", ran.stderr);
    }
    // Nothing is near: then the tiers are named.
    assert!(run("due", "seven", "").stderr.contains("known here: `Green` `Amber` `Red-Amber` `Red` `Blue`"));
}

#[test]
fn it_is_refused_where_it_stands_in_a_book() {
    let entry = |crn: &str, tier: &str| {
        format!("{{\"crn\":\"{crn}\",\"ratings\":[{{\"date\":\"2026-02-10\",\"tier\":\"{tier}\"}}]}}")
    };
    let lines = [entry("X1", "amber"), entry("X2", "Gren"), entry("X3", "Red")].join("\n");
    let row = |crn: &str, tier: &str| {
        format!("{crn},,\"[{{\"\"date\"\":\"\"2026-02-10\"\",\"\"tier\"\":\"\"{tier}\"\"}}]\"\n")
    };
    let table = format!("crn,sex,ratings\n{}{}", row("X1", "amber"), row("X2", "Gren"));
    let program = Program::new().file("b.jsonl", lines).file("b.csv", table);
    let ran = program.run("assess b.jsonl b.csv --on 2026-06-15 --format csv");
    let errors = ran.stdout.lines().filter(|row| row.contains("ratings"));
    let errors: Vec<&str> = errors.map(|row| row.split(",,,,,,,,,,,,,,,").nth(1).unwrap()).collect();
    let said = "`ratings[0].tier`: not one of the words known here";
    assert_eq!(errors, [format!("b.jsonl:2:52: {said}"), format!("b.csv:3:5: {said}")]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (3, 6));
}

/// What must come out of a worked case is read alike, and only there.
#[test]
fn so_is_what_must_come_out() {
    let rules = "const TIERS = [\"Low\", \"Very-High\"];\n/// A rule.\nfn base(person) { at_least(\"Very-High\") }\n";
    let test = |expect: &str| {
        let case = format!("crn: X1\nassessed_on: 2020-01-01\nexpect: {{{expect}}}\n");
        Program::new().rules(rules).file("policies/trial/cases/a.yaml", case).run("test trial --update all")
    };
    for good in ["tier: very high", "tier: {at_least: low}", "tier: {one_of: [VERY_HIGH, low]}", "tier: {not: [LOW]}"] {
        assert_eq!(test(good).code, 0, "{good}: {}", test(good).whole());
    }
    for (bad, path) in [
        ("tier: Very-Hi", "expect.tier"),
        ("tier: {at_least: Lw}", "expect.tier.at_least"),
        ("tier: {one_of: [Low, Hihg]}", "expect.tier.one_of[1]"),
        ("tier: {not: [Loww]}", "expect.tier.not[0]"),
    ] {
        let ran = test(bad);
        assert_eq!(ran.code, 3, "{bad}: {}", ran.whole());
        assert!(ran.whole().contains(path), "{bad}: {}", ran.whole());
    }
}

/// A tier outside the order is at least nothing, and nothing is at least it: an expectation that says so is wrong, and not met.
#[test]
fn nothing_is_at_least_a_tier_outside_the_order() {
    let rules = "const TIERS = [\"Low\", \"High\"];\nconst OUTSIDE = [\"Blue\"];\n/// A rule.\nfn base(person) { if person.iom { decide(\"Blue\") } else { at_least(\"High\") } }\n";
    for iom in [false, true] {
        let case = format!("crn: X1\nassessed_on: 2020-01-01\niom: {iom}\nexpect: {{tier: {{at_least: Blue}}}}\n");
        let ran = Program::new().rules(rules).file("policies/trial/cases/a.yaml", case).run("test trial --update all");
        assert_eq!(ran.code, 1, "{}", ran.whole());
        let said = "a tier of the order after `at_least`: Blue is outside it";
        assert!(ran.whole().contains(said), "{}", ran.whole());
    }
}

/// What a policy without contacts and reviews does not have as a tier is none of its own: it is neither compared nor shown.
#[test]
fn the_rating_of_another_policy_is_not_repeated() {
    let case = "crn: X1\nratings: [{date: 2020-01-01, tier: Anybody}]\n";
    let program = Program::new().file("one.yaml", case);
    for verb in ["due", "caseload", "assess"] {
        for format in ["text", "json", "csv"] {
            let ran = program.run(&format!("{verb} one.yaml --policy hmpps-tier-v3 --on 2020-02-01 --format {format}"));
            assert_eq!(ran.code, 0, "{}", ran.whole());
            assert!(!ran.whole().contains("Anybody"), "{verb} {format}: {}", ran.whole());
        }
    }
    let own = program.file("own.yaml", "crn: X2\nratings: [{date: 2020-01-01, tier: missing}]\n");
    let ran = own.run("due own.yaml --policy hmpps-tier-v3 --on 2020-02-01 --format json");
    assert_eq!(ran.json()["recorded"], "MISSING");
}
