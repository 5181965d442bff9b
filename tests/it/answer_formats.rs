//! The answer in every format, and what a terminal, a pipe and a variable change about it.

use crate::program::{Program, root};
use insta::assert_snapshot;
use serde_json::Value;
use std::collections::BTreeSet;

const CASE: &str = "crn: X100001
assessed_on: 2019-05-20
oasys: { rosh: medium, rsr: 1.40, ogp: 30 }
circumstances: { interpreter_required: true }
";

fn program() -> Program {
    Program::new().file("case.yaml", CASE)
}

fn keys(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        // A table among the numbers of a policy has keys of its own.
        _ if path.ends_with("parameters[].value") => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                found.insert(path.clone());
                keys(value, &path, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, &format!("{path}[]"), found)),
        _ => {}
    }
}

/// The keys are stable: a program somewhere reads them. One may be added; none may go or be renamed.
#[test]
fn the_keys_of_the_json_answer() {
    let cases = root().join("policies/bgsw/cases");
    let mut found = BTreeSet::new();
    let ran = Program::new().run_with(&["assess", "--format", "json", cases.to_str().unwrap()]);
    for answer in ran.json().as_array().unwrap() {
        keys(answer, "", &mut found);
    }
    assert_snapshot!(found.into_iter().collect::<Vec<_>>().join("\n"), @r"
    allocation
    allocation.from
    allocation.grade
    assessed_on
    case_digest
    computed
    contact
    contact.every
    contact.mode
    contact.times
    contact.unit
    crn
    engine
    flags
    flags[].code
    flags[].policy
    flags[].rule
    flags[].severity
    flags[].text
    next
    next.contact
    next.contact.days_overdue
    next.contact.due
    next.contact.state
    next.contact.why
    next.review
    next.review.days_overdue
    next.review.due
    next.review.kind
    next.review.state
    next.review.why
    office
    officer
    override
    parameters
    parameters[].name
    parameters[].since
    parameters[].source
    parameters[].unit
    parameters[].value
    points
    policy
    policy.digest
    policy.name
    presumed
    provisional
    range
    range_exact
    reasons
    reasons[].cite
    reasons[].effects
    reasons[].effects[].at_least
    reasons[].effects[].decide
    reasons[].effects[].flag
    reasons[].effects[].flag.code
    reasons[].effects[].flag.text
    reasons[].fired
    reasons[].reads
    reasons[].reads[].line
    reasons[].reads[].origin
    reasons[].reads[].path
    reasons[].reads[].value
    reasons[].rule
    reasons[].text
    review
    review.due
    review.every
    review.kind
    review.unit
    tier
    unsettled
    unsettled[].gives
    unsettled[].gives[].below
    unsettled[].gives[].from
    unsettled[].gives[].highest
    unsettled[].gives[].lowest
    unsettled[].gives[].words
    unsettled[].path
    with
    with[].parameters
    with[].parameters[].name
    with[].parameters[].since
    with[].parameters[].source
    with[].parameters[].unit
    with[].parameters[].value
    with[].policy
    with[].policy.digest
    with[].policy.name
    with[].reasons
    with[].reasons[].cite
    with[].reasons[].effects
    with[].reasons[].effects[].flag
    with[].reasons[].effects[].flag.code
    with[].reasons[].effects[].flag.text
    with[].reasons[].fired
    with[].reasons[].reads
    with[].reasons[].reads[].line
    with[].reasons[].reads[].origin
    with[].reasons[].reads[].path
    with[].reasons[].reads[].value
    with[].reasons[].rule
    with[].reasons[].text
    workload
    ");
}

#[test]
fn the_numbers_of_an_answer_are_values_as_their_file_has_them() {
    let answer = program().run("assess case.yaml --format json").json();
    let value = |name: &str| {
        let number = answer["parameters"].as_array().unwrap().iter().find(|number| number["name"] == name).unwrap();
        number["value"].clone()
    };
    assert_eq!(value("catch_up"), 2);
    assert_eq!(value("rsr_high"), 6.9);
    assert_eq!(value("uplift_top"), "Red-Amber");
    assert_eq!(value("ogrs3_bands"), serde_json::json!([50, 75, 90]));
    assert_eq!(value("matrix")["medium"]["very_high"], "Red");
    assert_eq!(value("contact_amber")["every"], 3);
    let shown = Program::new().run("show params --on 2019-05-20 --format json").json();
    let shown = shown["parameters"].as_array().unwrap().iter().find(|number| number["name"] == "rsr_high").unwrap();
    assert_eq!(shown["value"], 6.9);
}

#[test]
fn text() {
    assert_snapshot!(program().run("assess case.yaml").whole(), @r"
    exit code 0
    ---- stdout ----
    X100001  Red  on 20 May 2019, by bgsw
      range       Green to Red, provisional: the highest is acted on
      contact     every week, face to face
      next seen   none: no start of the sentence is known on this date
      next review none: no start of the sentence is known on this date
      held by     probation officer, front office
      workload    110 points

    Why
      risk_matrix              at least Red
          Risk of serious harm and likelihood of reoffending, taken together, are the overriding
          factors. A low risk of serious harm that the record disputes counts as medium until it is
          reassessed.
          Source: BGSW 2019, Annex 3, Case Management Model
          Saw oasys.rosh medium (line 3); oasys.rosh_to.public at most medium, presumed;
          oasys.rosh_to.children at most medium, presumed; oasys.rosh_to.known_adult at most medium,
          presumed; oasys.rosh_to.staff at most medium, presumed; oasys.ogrs3 not known; oasys.ogp
          30 (line 3); oasys.ovp not known

    Also
      many_needs               at least Red

    Flags
      induction_one_to_one: induction should be one to one and personalised
      reporting_arrangements: reporting: with an interpreter
      assessment_incomplete (high): no oasys.completed_on up to this date
      no_risk_management_plan (high): medium risk of serious harm, and risk_management_plan.quality:
      not given
      no_contingency_plan (medium): medium risk of serious harm, and
      risk_management_plan.contingency: not given

    Missing
      oasys.ogrs3: below 50 Green to Red, from 50 below 75 Amber to Red, from 75 below 90 Red-Amber
      to Red, from 90 Red
      oasys.ovp: below 30 Green to Red, from 30 below 60 Amber to Red, from 60 below 80 Red-Amber to
      Red, from 80 Red
      sentence.index_offence.category: murder or manslaughter or rape or sexual or robbery or
      aggravated_burglary or wounding_gbh or arson_endanger_life or kidnap or firearm or
      non_molestation_order_breach or restraining_order_breach or stalking or domestic_assault or
      coercive_control Amber to Red, otherwise Green to Red

    Taken for granted, because the case does not say: engagement, oasys.rosh_to.children,
    oasys.rosh_to.known_adult, oasys.rosh_to.public, oasys.rosh_to.staff.
    ");
}

#[test]
fn markdown() {
    let whole = program().run("assess case.yaml --format md").whole();
    // An edit of a comment in the policy is another digest.
    let (before, after) = whole.split_once("(digest `").unwrap();
    let whole = format!("{before}(digest `{}", after.replacen(&after[..12], "............", 1));
    assert_snapshot!(whole, @r"
    exit code 0
    ---- stdout ----
    ## X100001: Red

    On 20 May 2019, by `bgsw` (digest `............`).

    - range: Green to Red, provisional: the highest is acted on
    - contact: every week, face to face
    - next seen: none: no start of the sentence is known on this date
    - next review: none: no start of the sentence is known on this date
    - held by: probation officer, front office
    - workload: 110 points

    ### Why

    - `risk_matrix`: at least Red
      - Risk of serious harm and likelihood of reoffending, taken together, are the overriding factors. A low risk of serious harm that the record disputes counts as medium until it is reassessed.
      - Source: BGSW 2019, Annex 3, Case Management Model
      - Saw oasys.rosh medium (line 3); oasys.rosh_to.public at most medium, presumed; oasys.rosh_to.children at most medium, presumed; oasys.rosh_to.known_adult at most medium, presumed; oasys.rosh_to.staff at most medium, presumed; oasys.ogrs3 not known; oasys.ogp 30 (line 3); oasys.ovp not known

    ### Also

    - `many_needs`: at least Red
      - Needs at or over their cut-off in many areas ask for one step more.
      - Source: BGSW 2019, Annex 3, Risk and Offending Related Needs
      - Saw oasys.sections.accommodation.score not known; oasys.sections.ete.score not known; oasys.sections.relationships.score not known; oasys.sections.lifestyle.score not known; oasys.sections.drugs.score not known; oasys.sections.alcohol.score not known; oasys.sections.thinking.score not known; oasys.sections.attitudes.score not known; oasys.rosh medium (line 3); oasys.rosh_to.public at most medium, presumed; oasys.rosh_to.children at most medium, presumed; oasys.rosh_to.known_adult at most medium, presumed; oasys.rosh_to.staff at most medium, presumed; oasys.ogrs3 not known; oasys.ogp 30 (line 3); oasys.ovp not known
    - `induction_one_to_one`: flag induction_one_to_one
      - Induction is one to one for people who are vulnerable, need an interpreter or have a learning difficulty, and may be for women and in rural areas.
      - Source: BGSW 2019, Annex 3, induction
      - Saw circumstances.vulnerable false (line 4); circumstances.learning_difficulty false (line 4); circumstances.interpreter_required true (line 4)
    - `reporting`: flag reporting_arrangements
      - Where and when somebody can report is a matter of their circumstances.
      - Source: BGSW 2019, Annex 3, community hubs and responsivity
      - Saw circumstances.rural false (line 4); circumstances.evening_reporting false (line 4); circumstances.caring_responsibilities false (line 4); circumstances.interpreter_required true (line 4)

    ### Flags

    - `induction_one_to_one`: induction should be one to one and personalised
    - `reporting_arrangements`: reporting: with an interpreter
    - `assessment_incomplete` (high): no oasys.completed_on up to this date
    - `no_risk_management_plan` (high): medium risk of serious harm, and risk_management_plan.quality: not given
    - `no_contingency_plan` (medium): medium risk of serious harm, and risk_management_plan.contingency: not given

    ### Missing

    - `oasys.ogrs3`: below 50 Green to Red, from 50 below 75 Amber to Red, from 75 below 90 Red-Amber to Red, from 90 Red
    - `oasys.ovp`: below 30 Green to Red, from 30 below 60 Amber to Red, from 60 below 80 Red-Amber to Red, from 80 Red
    - `sentence.index_offence.category`: murder or manslaughter or rape or sexual or robbery or aggravated_burglary or wounding_gbh or arson_endanger_life or kidnap or firearm or non_molestation_order_breach or restraining_order_breach or stalking or domestic_assault or coercive_control Amber to Red, otherwise Green to Red

    Taken for granted, because the case does not say: engagement, oasys.rosh_to.children, oasys.rosh_to.known_adult, oasys.rosh_to.public, oasys.rosh_to.staff.
    ");
}

#[test]
fn json_jsonl_and_yaml_say_the_same() {
    let json = program().run("assess case.yaml --format json");
    let lines = program().run("assess case.yaml --format jsonl --reasons all");
    let yaml = program().run("assess case.yaml --format yaml");
    assert_eq!((json.code, lines.code, yaml.code), (0, 0, 0));
    assert_eq!(lines.stdout.lines().count(), 1);
    assert_eq!(lines.json(), json.json());
    assert_eq!(serde_yaml::from_str::<Value>(&yaml.stdout).unwrap(), json.json());
    assert_eq!(json.json()["range"], serde_json::json!(["Green", "Red"]));
}

#[test]
fn several_cases_are_a_list() {
    let program = program().file("other.json", r#"{ "crn": "X100002", "iom": true }"#);
    let json = program.run("assess case.yaml other.json --on 2019-05-20 --format json").json();
    assert_eq!(json.as_array().unwrap().len(), 2);
    assert_eq!(json[1]["crn"], "X100002");
    let yaml = program.run("assess case.yaml other.json --on 2019-05-20 --format yaml").stdout;
    assert_eq!(yaml.matches("---\n").count(), 2, "{yaml}");
}

#[test]
fn a_format_that_the_verb_does_not_write() {
    assert_snapshot!(program().run("assess case.yaml --format ics").whole(), @r"
    exit code 2
    ---- stderr ----
    error: invalid value 'ics' for '--format <FORMAT>'
      [possible values: text, table, json, jsonl, csv, xlsx, yaml, md]

    For more information, try '--help'.
    ");
}

#[test]
fn no_firm_tier_can_be_refused() {
    assert_snapshot!(program().run("assess case.yaml --on-missing refuse").whole(), @r"
    exit code 4
    ---- stderr ----
      × case.yaml: case X100001: the facts leave the tier open
      help: find out: oasys.ogrs3, oasys.ovp, sentence.index_offence.category
    ");
}

#[test]
fn a_usage_error_is_the_command_lines_own() {
    let ran = program().run("assess case.yaml --on 2019-02-30");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("expected a date that exists, written YYYY-MM-DD"), "{}", ran.stderr);
    assert_eq!(program().run("asses case.yaml").code, 2);
    assert_eq!(program().run("--version").code, 0);
}

#[test]
fn the_date_comes_from_the_command_line_then_the_variable_then_the_case() {
    let on = |ran: crate::program::Ran| ran.json()["assessed_on"].clone();
    assert_eq!(on(program().run("assess case.yaml --format json")), "2019-05-20");
    let program = program().variable("BRAG_ON", "2019-06-01").variable("BRAG_FORMAT", "json");
    assert_eq!(on(program.run("assess case.yaml")), "2019-06-01");
    assert_eq!(on(program.run("assess case.yaml --on 2019-07-01")), "2019-07-01");
}

#[test]
fn colour_is_for_terminals() {
    let coloured = |ran: crate::program::Ran| ran.stdout.contains('\u{1b}');
    assert!(!coloured(program().run("assess case.yaml")), "in a pipe");
    assert!(coloured(program().run("assess case.yaml --color always")));
    assert!(!coloured(program().variable("NO_COLOR", "1").run("assess case.yaml")));
    assert!(!coloured(program().run("assess case.yaml --color never")));
}

/// With the colours taken away, the words are the same: a colour never carries a tier alone.
#[test]
fn colour_adds_nothing_to_the_words() {
    let plain = program().run("assess case.yaml").stdout;
    let coloured = program().run("assess case.yaml --color always").stdout;
    let mut stripped = String::new();
    let mut parts = coloured.split('\u{1b}');
    stripped.push_str(parts.next().unwrap());
    for part in parts {
        stripped.push_str(part.split_once('m').unwrap().1);
    }
    assert_eq!(stripped, plain);
}

#[test]
fn another_value_of_a_parameter() {
    let tier =
        |arguments: &str| program().run(&format!("assess case.yaml --format json {arguments}")).json()["tier"].clone();
    assert_eq!(tier("--set rsr_high=1.3 --set rsr_high_floor=Red"), "Red");
    assert_snapshot!(program().run("assess case.yaml --set rsr_hihg=1").whole(), @r"
    exit code 3
    ---- stderr ----
      × --set rsr_hihg: no parameter is called `rsr_hihg`; did you mean `rsr_high`?
    ");
    assert_snapshot!(program().run("assess case.yaml --set rsr_high=many").whole(), @r"
    exit code 3
    ---- stderr ----
      × --set rsr_high: `rsr_high` is a number, which that value is not
    ");
}

#[test]
fn verbose_says_which_policy_and_quiet_says_nothing() {
    assert!(program().run("assess case.yaml -v").stderr.contains("policies/bgsw (built in)"));
    assert_eq!(program().run("assess case.yaml -q").stderr, "");
}

#[test]
fn a_policy_folder_beside_the_case_comes_before_the_shipped_one() {
    let rules = "const TIERS = [\"Only\"];\nfn everybody(person) { at_least(\"Only\") }\n";
    let tier = |program: &Program, arguments: &str| {
        program.run(&format!("assess case.yaml --format json {arguments}")).json()["tier"].clone()
    };
    let own = program().file("policies/bgsw/policy.rhai", rules).rules(rules);
    assert_eq!(tier(&own, ""), "Only");
    assert_eq!(tier(&own, "--policy trial"), "Only");
    let named = program().rules(rules).file("brag.toml", "policy = \"trial\"\n");
    assert_eq!(tier(&named, ""), "Only");
    let elsewhere = program().file("rules/mine/policy.rhai", rules);
    assert_eq!(tier(&elsewhere, "--policy rules/mine"), "Only");
    assert_eq!(tier(&elsewhere, ""), "Red");
}

#[test]
fn an_override_is_shown_and_flagged() {
    let lower = format!(
        "{CASE}override: {{ tier: Green, reason: seen at home, by: one, date: 2019-05-13, authorised_by: two }}\n"
    );
    let ran = Program::new().file("case.yaml", lower).run("assess case.yaml --format json").json();
    assert_eq!((ran["tier"].as_str(), ran["computed"].as_str()), (Some("Green"), Some("Red")));
    assert!(ran["flags"].as_array().unwrap().iter().any(|flag| flag["code"] == "override_lowers"));
    let alone = format!("{CASE}override: {{ tier: Green, reason: seen at home, by: one, date: 2019-05-13 }}\n");
    let ran = Program::new().file("case.yaml", alone).run("assess case.yaml --format json").json();
    assert_eq!(ran["tier"], "Red");
    assert!(ran["flags"].as_array().unwrap().iter().any(|flag| flag["code"] == "override_not_applied"));
}

#[test]
fn every_page_of_show_is_written_in_every_format() {
    for what in ["rules", "params", "timeline", "policies", "inputs", "words", "exits"] {
        let text = program().run(&format!("show {what} --on 2019-05-20"));
        let markdown = program().run(&format!("show {what} --on 2019-05-20 --format md"));
        let json = program().run(&format!("show {what} --on 2019-05-20 --format json"));
        assert_eq!((text.code, markdown.code, json.code), (0, 0, 0), "{what}");
        assert!(json.json().is_object() || json.json().is_array(), "{what}");
        assert!(text.stdout.lines().all(|line| line.chars().count() <= 102), "{what} is too wide:\n{}", text.stdout);
        assert!(markdown.stdout.contains("| --- |") || markdown.stdout.contains("## "), "{what}");
    }
}

#[test]
fn assumptions_stand_first() {
    let json = program().run("show params --on 2019-05-20 --format json").json();
    let assumed: Vec<bool> =
        json["parameters"].as_array().unwrap().iter().map(|one| one["assumption"] == true).collect();
    let settled = assumed.iter().position(|assumed| !assumed).unwrap();
    assert!(settled > 0 && !assumed[settled..].contains(&true), "{assumed:?}");
}

#[test]
fn the_manual_names_every_verb() {
    let help = program().run("--help").stdout;
    let manual = program().run("man").stdout;
    for verb in ["assess", "show", "completions"] {
        assert!(help.contains(verb) && manual.contains(verb), "{verb}");
    }
}
