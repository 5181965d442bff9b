//! Texts with something of a case in them, and scripts that look into such a text.

use super::same;
use crate::remembered::desks::{Desks, ON, case_file, rule, small_policy};
use serde_json::json;

#[test]
fn are_filled_in() {
    same(&[
        r#"flag("a", `n ${person.local.count}, on ${person.local.day}, of ${person.local.share}`)"#,
        r#"let t = "n " + person.local.count; t += ", "; t += person.local.day; flag("a", t)"#,
        r#"let t = `n ${person.local.count}`; let u = `<${t}>`; flag("a", u + t)"#,
        r#"flag("a", counted(person.local.count, "day"))"#,
        r#"flag("a", `${counted(person.local.count, person.local.note)}`)"#,
        r#"flag("a", counted(person.local.count, `day of ${person.local.day}`))"#,
        r#"flag("a", counted(person.local.share, "day"))"#,
        r#"flag("a", join(person.contacts.map(|c| `${c.outcome} ${c.date}`), "; "))"#,
        r#"flag("a", join([person.local.count, person.local.day, person.oasys.rosh], "; "))"#,
        r#"flag("a", join(dates(person.contacts), ", "))"#,
        r#"flag("a", join(person.absent_on, `, ${person.local.count} `))"#,
        r#"let g = longest_gap(person.absent_on, person.local.day, person.assessed_on); if g.days > 3 { flag("a", `${g.from} ${g.to} ${counted(g.days, "day")}`) }"#,
        r#"let c = latest(person.contacts); flag("a", `${c?.date} ${c?.outcome}`)"#,
        r#"flag("a", `${person.contacts.len()} ${person.contacts}`)"#,
        r#"flag("a", `${latest(person.contacts)}`)"#,
        r#"let said = |n| `n ${n}`; if person.iom { flag("a", said.call(person.local.count)) } else { flag("a", said.call(person.oasys.ogrs3)) }"#,
        r#"[flag("a", `${person.local.count}`), flag("b", `${person.oasys.ogrs3}`)]"#,
        r#"flag("a", `${person.local.count}`); if person.oasys.ogrs3 > 2 { at_least("High") }"#,
        r#"provisional(`${person.local.count} of ${person.oasys.ogrs3}`)"#,
        r#"let t = `${person.oasys.ogrs3}`; if person.oasys.ovp > 30 { flag("a", t) } else { at_least("High") }"#,
        r#"let t = `${days_after(person.local.day, person.local.count)}`; flag("a", t)"#,
        r#"let t = `${years_after(person.local.day, person.local.count * 9_000)}`; if person.iom { flag("a", t) }"#,
        r#"flag("a", `${if known(person.local.note) { person.local.note } else { "none" }}`)"#,
    ]);
}

#[test]
fn are_not_looked_into() {
    same(&[
        r#"if `${person.local.count}` == "3" { flag("a", "x") }"#,
        r#"if "3" != `${person.local.count}` { flag("a", "x") }"#,
        r#"let t = `${person.local.count}`; if t == `${person.oasys.ogrs3}` { flag("a", "x") }"#,
        r#"let t = `${person.local.count}`; if t == () { flag("a", "none") } else { flag("a", t) }"#,
        r#"if `${person.local.count}` in ["1", "2", "3"] { flag("a", "x") }"#,
        r#"if "3" in [`${person.local.count}`] { flag("a", "x") }"#,
        r#"if [`${person.local.count}`] == ["3"] { flag("a", "x") }"#,
        r#"if "3" in `${person.local.count}` { flag("a", "x") }"#,
        r#"if '3' in `${person.local.count}` { flag("a", "x") }"#,
        r#"if `${person.local.count}` in "1 2 3" { flag("a", "x") }"#,
        r#"if `${person.local.count}` in #{ "3": 1, "4": 2 } { flag("a", "x") }"#,
        r#"if `${person.local.count}`.len() > 1 { flag("a", "x") }"#,
        r#"if len(`${person.local.count}`) > 1 { flag("a", "x") }"#,
        r#"let t = `${person.local.count}`; if t.len > 1 { flag("a", "x") }"#,
        r#"let t = `${person.local.note}`; if t.is_empty() { flag("a", "x") } else { flag("a", t) }"#,
        r#"let t = `${person.local.note}`; if t.is_empty { flag("a", "x") } else { flag("a", t) }"#,
        r#"let t = `${person.local.count}`; flag("a", `${t[0]}`)"#,
        r#"let t = `${person.local.count}`; flag("a", `${t[-1]}`)"#,
        r#"let t = `${person.local.count}`; flag("a", t[0..1])"#,
        r#"let t = `${person.local.count}`; t[0] = 'x'; flag("a", t)"#,
        r#"let t = `${person.local.count}`; for c in t { flag("a", "x") }"#,
        r#"let n = 0; for c in `${person.local.count}`.chars() { n += 1; } flag("a", `${n}`)"#,
        r#"let n = 0; let t = `${person.local.count}`; for c in t.chars { n += 1; } flag("a", `${n}`)"#,
        r#"let m = #{ "3": "three" }; let t = `${person.local.count}`; if t in m { flag("a", m[t]) }"#,
        r#"let t = `${person.oasys.rosh}`; if reaches(t, "high") { flag("a", "x") }"#,
        r#"let t = `H${person.local.count}`; if rank(t) < 0 { flag("a", "x") }"#,
        r#"let t = if person.iom { `${person.local.count}` } else { "High" }; if rank(t) > 0 { at_least(t) }"#,
        r#"let t = `${person.local.day}`; if date(t) < person.assessed_on { flag("a", "x") }"#,
        r#"let t = `${person.local.count}`; switch t { "3" => flag("a", "x"), _ => flag("a", "y") }"#,
        r#"let t = `${person.local.count}`; if t.starts_with("3") { flag("a", "x") }"#,
        r#"let t = `${person.local.count}` - "3"; flag("a", t)"#,
        r#"let t = `${person.local.count}`; t -= "3"; flag("a", t)"#,
        r#"let t = `${person.local.count}`; if t { flag("a", "x") }"#,
        r#"let t = `${person.local.count}` * 2; flag("a", t)"#,
        r#"if overlap([`${person.local.count}`], ["3"]).len() > 0 { flag("a", "x") }"#,
        r#"if overlap([`${person.local.note}`], person.registrations).len() > 0 { flag("a", "x") }"#,
        r#"if having(person.contacts, "outcome", `${latest(person.contacts)?.outcome}`).len() > 1 { flag("a", "x") }"#,
        r#"let t = `a${person.local.count}`; flag(t, "x")"#,
        r#"let t = `${person.local.count}`; points(t, 1)"#,
        r#"let t = parse_int(`${person.local.count}`); if t > 2 { flag("a", "x") }"#,
        r#"let t = [`${person.local.count}`, "3"]; t.sort(); flag("a", t[0])"#,
        r#"let t = [`${person.local.count}`, "3"]; t.dedup(); if t.len() == 1 { flag("a", "x") }"#,
        r#"let t = [`${person.local.count}`, "3"]; if t.index_of("3") == 0 { flag("a", "x") }"#,
        r#"let t = [`${person.local.count}`, "3"].filter(|one| one == "3"); if t.len() > 1 { flag("a", "x") }"#,
        r#"if is_def_var(`t${person.local.count}`) { flag("a", "x") }"#,
        r#"if known(`${person.local.count}`) { flag("a", "x") }"#,
        r#"`${person.local.count}`"#,
        r#"throw `${person.local.count}`"#,
        r#"flag("a", "\U0010FFFE0\U0010FFFE" + person.local.count)"#,
        r#"flag("a", `${person.local.count}`.to_upper())"#,
        r#"let t = `${person.local.count}`; let n = t.call(); flag("a", n)"#,
        r#"let f = Fn(`f${person.local.count}`); flag("a", f.name)"#,
    ]);
}

#[test]
fn are_not_looked_into_by_what_a_rule_calls() {
    same(&[
        r#"/// The rule on trial.
fn it(person) { let t = `${person.local.count}`; if is_three(t) { flag("a", "x") } }
private fn is_three(text) { text == "3" }"#,
        r#"/// The rule on trial.
fn it(person) { let t = `${person.local.count}`; flag("a", first(t)) }
private fn first(text) { `${text[0]}` }"#,
        r#"/// The rule on trial.
fn it(person) { let t = `${person.local.count}`; flag("a", `${wide(t)}`) }
private fn wide(text) { text.len }"#,
        r#"/// The rule on trial.
fn it(person) { [1].map(|one| { let t = `${person.local.count}`; flag("a", `${t[0]}`) }) }"#,
        r#"/// The rule on trial.
fn it(person) { if person.iom { at_least("High") } }
/// At last.
fn provisional(person, so_far) { if person.local.count > 1 { flag("p", `${person.local.day}`) } else { provisional(`${person.local.count}`) } }"#,
        r#"/// The rule on trial.
fn it(person) { if person.iom { at_least("High") } }
/// The tier.
fn tier(person, so_far) { let t = `${person.local.note}`; if t == "High" { t } else { so_far.tier } }"#,
    ]);
}

#[test]
fn the_mark_of_a_blank_is_refused_with_what_to_do() {
    let policy = small_policy(&rule(r#"if "\U0010FFFE".len() > 0 { flag("a", "x") }"#));
    let [remembered, plain] = Desks::of(&policy).assess(&case_file(&json!({ "crn": "X100001" })), ON);
    assert_eq!(remembered, plain);
    let (_, said) = plain.split_once("line: ").unwrap();
    assert_eq!(
        said.split(", text: ").next().unwrap(),
        "Some(7), column: Some(17), rule: Some(\"it\"), \
         message: \"looks into a text with the character U+10FFFE, which stands for a place to fill in\", \
         help: Some(\"leave that character out of the case, the parameters and the script\")"
    );
}
