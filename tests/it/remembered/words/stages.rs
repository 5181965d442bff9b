//! The functions that run after the rules, and policies that read a case as it is written.

use super::same;

#[test]
fn what_follows_from_the_tier() {
    same(&[
        r#"/// The rule on trial.
fn it(person) { at_least("Low") }
/// How often.
fn contact(person, tier) { switch tier { "Low" => every(person.local.count, "week", "office"), _ => every(1, "week", "office") } }"#,
        r#"/// The rule on trial.
fn it(person) { if person.iom { at_least("High") } }
/// How often.
fn contact(person, tier) { let n = if person.local.count > 2 { 1 } else { 2 }; if tier == "High" { n = 3; } every(n, "week", "office").times(if person.sex == "male" { 2 } else { 1 }) }
/// When again.
fn review(person, tier) { if tier == "High" { every(6, "week") } else if known(person.local.day) { every(days_between(person.assessed_on, person.local.day) / 7, "week") } }
/// Who.
fn allocate(person, tier) { if person.oasys.ogrs3 > 2 { held_by("po", "front_office") } else { held_by("pso", "front_office") } }"#,
        r#"/// The rule on trial.
fn it(person) { if person.iom { at_least("High") } }
/// The rule on trial.
fn tier(person, so_far) { if so_far.floors.it == "High" && person.local.count > 1 { return "Middle"; } so_far.tier }
/// At last.
fn provisional(person, so_far) { so_far.tier == "Middle" && person.oasys.rosh == "high" }"#,
        r#"/// The rule on trial.
fn it(person) { if person.iom { at_least("High") } }
/// The rule on trial.
fn tier(person, so_far) { if person.local.team == "high" { "High" } else { person.local.note } }"#,
        r#"/// The rule on trial.
fn it(person) { if person.iom { decide("Out") } }
/// Another rule.
fn other(person) { if person.local.count > 2 { decide("High") } }
/// At last.
fn provisional(person, so_far) { if known(person.local.note) { flag("p", person.local.note) } else { provisional("x") } }"#,
        r#"/// The rule on trial.
fn it(person) { if person.local.count > person.oasys.ogrs3 { at_least("High") } }
/// Another rule.
fn other(person) { if person.oasys.ogrs3 > 2 && person.local.share > 2 { at_least("Middle") } }"#,
    ]);
}

#[test]
fn what_follows_from_inputs_with_few_and_many_values() {
    same(&[
        r#"/// How often.
fn contact(person, tier) { every(1, "week", "office").first_within(if person.local.day < person.assessed_on { 5 } else { 10 }) }"#,
        r#"/// How often.
fn contact(person, tier) { if tier == "Low" && person.mappa.category == 3 { every(1, "week", "office") } }"#,
        r#"/// When again.
fn review(person, tier) { if person.absent_on.len() > 1 { every(1, "week") } else { every(6, "week") } }"#,
        r#"/// Who.
fn allocate(person, tier) { held_by(if person.local.note == "high" { "po" } else { "pso" }, "front_office") }"#,
        r#"/// The tier.
fn tier(person, so_far) { if so_far.tier == "Low" && person.contacts.len() > 1 { "Middle" } }"#,
        r#"/// At last.
fn provisional(person, so_far) { latest(person.contacts)?.outcome == "attended" }"#,
    ]);
}

#[test]
fn of_a_case_as_it_is_written() {
    same(&[
        r#"const ON_MISSING = "as-written";
/// The rule on trial.
fn it(person) { if person.local.count == () { return flag("a", "x"); } if person.local.count > 2 { at_least("High") } }"#,
        r#"const ON_MISSING = "as-written";
/// The rule on trial.
fn it(person) { if person.local.count > 2 { at_least("High") } }"#,
        r#"const ON_MISSING = "as-written";
/// The rule on trial.
fn it(person) { let c = person.local.count ?? person.oasys.ogrs3 ?? 0; if c > 2 { at_least("High") } if person.iom == true { flag("a", "x") } }"#,
        r#"const ON_MISSING = "as-written";
/// The rule on trial.
fn it(person) { if person.local.open { at_least("High") } }"#,
        r#"const ON_MISSING = "as-written";
/// The rule on trial.
fn it(person) { flag("a", switch person.sex { "male" => "m", () => "none", _ => "o" }) }"#,
        r#"const ON_MISSING = "as-written";
/// The rule on trial.
fn it(person) { let l = [person.local.count, person.local.note, person.local.day]; let n = 0; for x in l { if known(x) { n += 1; } } flag("a", `${n}`) }"#,
        r#"const ON_MISSING = "as-written";
/// The rule on trial.
fn it(person) { let l = person.registrations + [person.local.note, person.local.day]; let n = 0; for x in l { if x != () { n += 1; } } flag("a", `${n}`) }"#,
        r#"const ON_MISSING = "as-written";
/// The rule on trial.
fn it(person) { flag("a", `${person.local.note} ${person.sex} ${person.local.share}`) }"#,
        r#"const ON_MISSING = "as-written";
/// The rule on trial.
fn it(person) { let c = person.local.day; if c != () && c < person.assessed_on { flag("a", "x") } }"#,
        r#"const ON_MISSING = "as-written";
/// The rule on trial.
fn it(person) { let l = person.registrations; l.push(person.local.note); if l[-1] == () { flag("a", "none") } else { flag("a", l[-1]) } }"#,
        r#"const ON_MISSING = "as-written";
/// The rule on trial.
fn it(person) { let l = person.registrations; l.push(person.local.note); if () in l { flag("a", "none") } }"#,
        r#"const ON_MISSING = "as-written";
/// The rule on trial.
fn it(person) { let b = worst([person.oasys.rosh, person.local.team]); if b == () { flag("a", "none") } }"#,
        r#"const ON_MISSING = "as-written";
/// The rule on trial.
fn it(person) { let b = band(person.local.count, [1, 2, 3]); flag("a", b) }"#,
        r#"const ON_MISSING = "as-written";
/// The rule on trial.
fn it(person) { let n = reaching([person.local.count, person.oasys.ogrs3], [["a", 1], ["b", 3]]); if n > 1 { flag("a", "x") } }"#,
        r#"const ON_MISSING = "as-written";
/// The rule on trial.
fn it(person) { let c = person.contacts.filter(|c| c.outcome == ()); flag("a", `${c.len()}`) }"#,
    ]);
}
