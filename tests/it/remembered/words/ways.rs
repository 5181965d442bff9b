//! The ways through a script: `switch`, functions, closures, loops.

use super::same;

#[test]
fn of_switches() {
    same(&[
        r#"switch person.local.count { 9 => flag("a", "many"), 0..3 => flag("a", "few"), _ => () }"#,
        r#"switch person.local.team { "north" if person.iom => flag("a", "n"), "high" => flag("a", "h"), _ => () }"#,
        r#"/// The rule on trial.
fn it(person) { let f = Fn("kind_of"); flag("a", f.call(person.oasys.ogrs3)) }
private fn kind_of(x) { switch x { 60 => "sixty", 3 => "three", _ => "other" } }"#,
        r#"let tier = person.oasys.ogrs3; flag("a", switch tier { 60 => "sixty", 3 => "three", _ => "other" })"#,
        r#"/// The rule on trial.
fn it(person) { flag("a", kind_of(person.oasys.ogrs3)) }
private fn kind_of(tier) { switch tier { 60 => "sixty", 3 => "three", _ => "other" } }"#,
        r#"/// The rule on trial.
fn it(person) { flag("a", kind_of(#{ sex: person.oasys.ogrs3 })) }
private fn kind_of(person) { switch person.sex { 60 => "sixty", 3 => "three", _ => "other" } }"#,
        r#"switch person.sex { "female" => flag("a", "n"), () => flag("a", "none"), _ => () }"#,
        r#"let c = latest(person.contacts); flag("a", switch c { () => "none", _ => "one" })"#,
        r#"switch person.local.count { 60 => flag("a", "many"), 0..3 => flag("a", "few"),  _ => flag("a", "x") }"#,
        r#"switch person.local.team { "north" if person.iom => flag("a", "n"), "high" => flag("a", "h"), _ => flag("a", "x") }"#,
        r#"/// The rule on trial.
fn it(person) { let s = 0; for c in person.contacts { s += weigh(c); } if s > 2 { at_least("High") } }
private fn weigh(c) { switch c.outcome { "attended" => 1, () => 0, _ => 2 } }"#,
    ]);
}

#[test]
fn of_functions_by_name() {
    same(&[
        r#"/// The rule on trial.
fn it(person) { let f = [person.oasys.ogrs3].map(Fn("kind_of")); flag("a", f[0]) }
private fn kind_of(x) { type_of(x) }"#,
        r#"let f = Fn("days_after"); let d = f.call(person.assessed_on, person.local.count); flag("a", `${d}`)"#,
        r#"let f = Fn("type_of"); flag("a", f.call(person.local.count))"#,
        r#"let f = Fn("to_debug"); flag("a", f.call(person.local.note))"#,
    ]);
}

#[test]
fn of_functions_and_closures() {
    same(&[
        r#"let x = person.absent_on.filter(|d| d > person.local.day); if x.len() > 0 { flag("a", "x") }"#,
        r#"let f = |x| x > 2; if f.call(person.local.count) { flag("a", "x") }"#,
        r#"let n = 3; let l = person.absent_on.filter(|d| days_between(d, person.assessed_on) > n * 10); flag("a", `${l.len()}`)"#,
        r#"let l = person.absent_on.map(|d| days_between(d, person.assessed_on)); flag("a", join(l, ", "))"#,
        r#"let l = person.contacts.map(|c| c.outcome); flag("a", join(l, ", "))"#,
        r#"if person.local.note == "3" || person.local.note == 3 { flag("a", "x") }"#,
        r#"let l = [person.local.count, person.oasys.ogrs3]; flag("a", `${l.reduce(|a, b| a + b, 0)}`)"#,
        r#"if person.registrations.contains("stalking") && person.contacts.some(|c| c.outcome == "attended") { flag("a", "x") }"#,
        r#"let on = person.assessed_on; let n = 3; let l = person.absent_on.filter(|d| days_between(d, on) > n * 10); flag("a", `${l.len()}`)"#,
        r#"let on = person.assessed_on; let l = person.absent_on.map(|d| days_between(d, on)); flag("a", join(l, ", "))"#,
        r#"let day = person.local.day; let l = person.contacts.filter(|c| c.date == day); flag("a", `${l.len()}`)"#,
        r#"let word = person.local.note; if person.contacts.some(|c| c.outcome == word) { flag("a", "x") }"#,
        r#"let l = person.registrations; let keep = l.filter(|x| x != "stalking"); keep += l; flag("a", `${keep}`)"#,
        r#"let l = person.registrations; let keep = l.filter(|x| x != "stalking") + l; flag("a", `${keep}`)"#,
        r#"let l = person.absent_on.map(|d| d); flag("a", `${l.len()} ${l}`)"#,
        r#"/// The rule on trial.
fn it(person) { let f = |x, y| twice(x) + y; if f.call(person.local.count, 1) > 5 { flag("a", "x") } }
private fn twice(x) { x * 2 }"#,
        r#"/// The rule on trial.
fn it(person) { if twice(person.local.count) > 5 { flag("a", "x") } else { at_least(tier_of(person.oasys.ogrs3)) } }
private fn twice(x) { x * 2 }
private fn tier_of(n) { if n > 50 { "High" } else { "Low" } }"#,
        r#"/// The rule on trial.
fn it(person) { let n = person.local.count; n.bump() }
private fn bump() { if this > 2 { flag("a", "x") } }"#,
        r#"/// The rule on trial.
fn it(person) { let l = person.registrations; l.add(); flag("a", `${l.len()}`) }
private fn add() { this.push("x"); }"#,
        r#"let l = [person.local.count, person.oasys.ogrs3].map(|x| x + 1); if l[0] > l[1] { flag("a", "x") }"#,
        r#"let d = person.release.date; if d == () || d < person.assessed_on { flag("a", "x") }"#,
        r#"let a = person.registrations; let f = || a.push("x"); f.call(); f.call(); flag("a", `${a.len()}`)"#,
        r#"let n = person.local.count; let f = || n += 1; f.call(); f.call(); if n > 3 { flag("a", "x") }"#,
        r#"let n = person.local.count; let f = |x| x > n; if [1, 2, 3].some(f) { flag("a", "x") }"#,
        r#"let n = person.local.note; let f = |x| x == n; let k = ["high", "low"].filter(f); flag("a", `${k}`)"#,
        r#"let l = [3, 1, 2].filter(|x| { if x > person.local.count { true } }); flag("a", `${l}`)"#,
        r#"let on = person.local.count; let l = [3, 1, 2].filter(|x| { if x > on { true } }); flag("a", `${l}`)"#,
        r#"let l = person.registrations.filter(|x| { if x == "stalking" { true } }); flag("a", `${l}`)"#,
        r#"let l = person.registrations.filter(|x, i| i > 0); flag("a", `${l}`)"#,
        r#"let l = person.registrations.map(|x, i| i); flag("a", `${l}`)"#,
        r#"let l = person.registrations.filter(|| this == "stalking"); flag("a", `${l}`)"#,
        r#"let l = person.registrations; l.filter(|x| x == "stalking").len == 1 && l.len == 2"#,
        r#"/// The rule on trial.
fn it(person) { let s = 0; for c in person.contacts { s += weigh(c); } if s > 2 { at_least("High") } }
private fn weigh(c) { if c.outcome == () { 0 } else if c.outcome == "attended" { 1 } else { 2 } }"#,
    ]);
}

#[test]
fn of_loops() {
    same(&[
        r#"let l = person.registrations + ["a"]; for i in 0..14 { l = l + l; } if l.len() > 20000 { flag("a", "long") }"#,
        r#"let n = person.oasys.ogrs3; for i in 0..500 { n += i; } if n > 5 { flag("a", "x") }"#,
        r#"let l = person.registrations; l.push(()); for x in l { if x == () { return flag("a", "none") } return flag("b", "some") }"#,
        r#"let m = #{x: person.local.count}; for k in m.keys() { flag("a", k) }"#,
        r#"let n = 0; for c in person.contacts { n += 1; } flag("a", `${n}`)"#,
        r#"let n = 0; for (c, i) in person.contacts { n += i; } flag("a", `${n}`)"#,
        r#"for i in 0..person.local.count { return flag("a", "some") } flag("a", "none")"#,
        r#"for i in person.local.count..3 { return flag("a", "some") } flag("a", "none")"#,
        r#"let n = 0; for i in 0..=person.local.count { n += 1; } flag("a", `${n}`)"#,
        r#"let n = 0; while n < person.local.count { n += 1; } flag("a", `${n}`)"#,
    ]);
}
