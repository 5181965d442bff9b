//! Lists, histories and records.

use super::same;

#[test]
fn put_together() {
    same(&[
        r#"let all = []; all += person.registrations; if all.len() > 1 { flag("a", "many") }"#,
        r#"let l = person.registrations + [()]; if l[0] == () { flag("a", "none") } else { flag("a", "some") }"#,
        r#"let s = "n"; s += person.local.count; flag("a", s)"#,
        r#"let m = #{}; m.x = person.local.count; m.x += 1; if m.x > 2 { flag("a", "x") }"#,
        r#"let a = person.local.count; let b = a; a += 1; if a == b { flag("a", "x") }"#,
    ]);
}

#[test]
fn looked_into() {
    same(&[
        r#"if "stalking" in person.registrations { flag("a", "x") }"#,
        r#"if "stalking" !in person.registrations { flag("a", "x") }"#,
        r#"if person.local.count in 0..3 { flag("a", "x") }"#,
        r#"if person.local.count in [0, 1, 2, 60] { flag("a", "x") }"#,
        r#"let l = [person.local.count, person.oasys.ogrs3]; if 60 in l { flag("a", "x") }"#,
        r#"if person.contacts.is_empty() { flag("a", "x") }"#,
        r#"let c = dates([person.local.day, person.assessed_on]); if c[0] == person.local.day { flag("a", "x") }"#,
        r#"if person.local.count[0] { flag("a", "odd") }"#,
        r#"let l = [person.contacts, person.absent_on]; if l[0].len() == l[1].len() { flag("a", "x") }"#,
        r#"if person.contacts.len() == person.absent_on.len() { flag("a", "x") }"#,
        r#"if person.contacts.len() - person.absent_on.len() > 0 { flag("a", "x") }"#,
        r#"if person.registrations in [["stalking"], []] { flag("a", "x") }"#,
        r#"let m = #{ a: person.local.count }; if m.contains("a") { flag("a", "x") }"#,
        r#"if person.registrations.len == 2 { flag("a", "x") }"#,
        r#"let s = person.registrations[0] ?? "none"; flag("a", s)"#,
        r#"let s = person?.registrations?[0] ?? "none"; flag("a", s)"#,
        r#"let l = person.registrations; if l.len() > 1 && l[1] == "stalking" { flag("a", l[-1]) }"#,
        r#"let d = person.absent_on; let g = if d.len() > 1 { d[1] } else { person.assessed_on }; if g < person.assessed_on { flag("a", "x") }"#,
        r#"if latest(person.contacts) in person.contacts { flag("a", "x") }"#,
    ]);
}

#[test]
fn of_histories() {
    same(&[
        r#"let c = latest(person.contacts)?.outcome ?? "none"; flag("a", c)"#,
        r#"if covers(person.custody, person.assessed_on) { flag("a", "x") }"#,
        r#"let c = latest(person.contacts); c.outcome = "x"; flag("a", c.outcome)"#,
        r#"if days_between(person.local.day, person.assessed_on) > person.local.count * 7 { flag("a", "x") }"#,
        r#"if days_between(person.local.day, person.assessed_on) / 7 == 6 { flag("a", "x") }"#,
        r#"if latest(person.contacts) == earliest(person.contacts) { flag("a", "x") }"#,
        r#"if latest(person.contacts) != earliest(person.contacts) { flag("a", "x") }"#,
    ]);
}

#[test]
fn compared() {
    same(&[
        r#"let l = [person.local.count, person.oasys.ogrs3]; if l == [3, 3] { flag("a", "x") }"#,
        r#"person.contacts"#,
        r#"[person.registrations]"#,
        r#"if person.registrations == ["stalking"] { flag("a", "x") }"#,
        r#"if person.contacts == person.contacts { flag("a", "x") }"#,
        r#"if person.absent_on == person.seen_on { flag("a", "x") }"#,
        r#"let m = #{ a: person.local.count }; if m == #{ a: 3 } { flag("a", "x") }"#,
        r#"let m = #{ a: person.local.count }; if m.values() == [3] { flag("a", "x") }"#,
        r#"let m = #{ a: person.local.count } + #{ b: 1 }; if m.a > 2 { flag("a", "x") }"#,
        r#"let s = reaching(person.registrations, [["a", 2]]); if s > 1 { flag("a", "x") }"#,
        r#"let l = [person.local.day]; if l == [date("2019-05-20")] { flag("a", "x") }"#,
        r#"if [person.absent_on] == [[date("2019-04-03")]] { flag("a", "x") }"#,
        r#"if [person.local.count, ()] == [3, ()] { flag("a", "x") }"#,
        r#"if person.absent_on != [] { flag("a", "x") }"#,
        r#"if [] == person.absent_on { flag("a", "x") }"#,
        r#"if person.absent_on == () { flag("a", "x") }"#,
    ]);
}
