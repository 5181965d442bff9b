//! What is only asked for its presence, and what is then done with it.

use super::same;

#[test]
fn whether_something_is_known() {
    same(&[
        r#"/// The rule on trial.
fn it(person) { if known(woman(person)) { flag("a", "woman") } }
private fn woman(person) { switch person.sex { "female" => 1, _ => () } }"#,
        r#"if known(person.mappa.category) { flag("a", `c ${person.mappa.category}`) }"#,
        r#"let n = 0; person.contacts.filter(|c| { n += 1; known(c.outcome) }); flag("a", `${n}`)"#,
        r#"if known(person.local.note) { flag("a", `n ${person.local.note}`) }"#,
        r#"if known(person.local.count) && person.local.count > 2 { flag("a", "x") }"#,
        r#"if known(person.local.count > 2) { flag("a", "x") }"#,
        r#"if known(latest(person.contacts)) { flag("a", "x") }"#,
        r#"if known(latest(person.contacts).outcome) { flag("a", "x") }"#,
        r#"/// The rule on trial.
fn it(person) { if deep(person, 0) { flag("a", "x") } }
private fn deep(person, n) { if n > 18 { return person.contacts.filter(|c| known(c.outcome)).len() > 0; } deep(person, n + 1) }"#,
        r#"/// The rule on trial.
fn it(person) { if deep(person, 0) { flag("a", "x") } }
private fn deep(person, n) { if n > 20 { return person.contacts.some(|c| known(c.outcome)); } deep(person, n + 1) }"#,
        r#"/// The rule on trial.
fn it(person) { if deep(person, 0) { flag("a", "x") } }
private fn deep(person, n) { if n > 21 { return person.contacts.some(|c| known(c.outcome)); } deep(person, n + 1) }"#,
        r#"/// The rule on trial.
fn it(person) { if deep(person, 0) { flag("a", "x") } }
private fn deep(person, n) { if n > 19 { return person.contacts.some(|c| known(c.outcome)); } deep(person, n + 1) }"#,
        r#"let c = latest(person.contacts); if c == () { return; } if known(c.outcome) { flag("a", c.outcome) }"#,
        r#"/// The rule on trial.
fn it(person) { if known(f(person)) { flag("a", "x") } }
private fn f(person) { if person.sex == "female" { person.local.count } }"#,
        r#"/// The rule on trial.
fn it(person) { if known(f(person)) { flag("a", "x") } }
private fn f(person) { if person.iom { person.local.count } else { 1 } }"#,
        r#"/// The rule on trial.
fn it(person) { if known(f(person)) { flag("a", "x") } }
private fn f(person) { let s = person.sex ?? "none"; `${s}` }"#,
        r#"/// The rule on trial.
fn it(person) { if known({ let x = person.sex; if x == "male" { x } }) { flag("a", "x") } }"#,
        r#"let x = (); let k = known({ x = person.sex; x }); flag("a", `${k} ${x}`)"#,
        r#"let x = (); let k = known({ x = person.iom; x }); if x == true { flag("a", `${k}`) }"#,
        r#"let x = (); let k = known({ x = person.iom; x }); if k && x { flag("a", `${k}`) }"#,
        r#"let x = (); let k = known({ x = person.local.count; x }); if k && x > 2 { flag("a", `${k}`) }"#,
        r#"let x = (); let k = known({ x = person.sex; x }); flag("a", [x] == ["male"])"#,
        r#"let x = (); let k = known({ x = person.sex; x }); if k && x in ["male", "x"] { flag("a", "x") }"#,
        r#"let x = (); let k = known({ x = person.sex; x }); let m = #{ male: 1, female: 2}; if k { flag("a", `${m[x]}`) }"#,
        r#"let x = (); let k = known({ x = person.oasys.rosh; x }); if k && reaches(x, "medium") { flag("a", "x") }"#,
        r#"let x = (); let k = known({ x = person.oasys.rosh; x }); if k { flag("a", worst([x, "low"])) }"#,
    ]);
}
