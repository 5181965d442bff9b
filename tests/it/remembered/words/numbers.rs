//! Comparisons and arithmetic, both ways round and between kinds.

use super::same;

#[test]
fn compared() {
    same(&[
        r#"if person.mappa.level > 1 { flag("a", "high") }"#,
        r#"if person.local.count + person.mappa.category > 3 { flag("a", "high") }"#,
        r#"if person.mappa.category == 3 { flag("a", "three") }"#,
        r#"if band(person.oasys.ogrs3, [1, 2, 3, 70]) == "very_high" { flag("a", "x") }"#,
        r#"if person.mappa.category != () { flag("a", "three") }"#,
        r#"if person.mappa.category > 2 { flag("a", "high") }"#,
        r#"if person.release.date == () { flag("a", "none") }"#,
        r#"if person.mappa.category == () { flag("a", "none") }"#,
        r#"if person.previous_tier == () { flag("a", "none") }"#,
        r#"if person.local.count == person.oasys.ogrs3 { flag("a", "x") }"#,
        r#"if person.local.share == person.oasys.ogrs3 { flag("a", "x") }"#,
        r#"if person.local.share >= person.oasys.ogrs3 { flag("a", "x") }"#,
        r#"if 3 <= person.local.share { flag("a", "x") }"#,
        r#"if 3 != person.local.share { flag("a", "x") }"#,
        r#"if person.local.day < person.assessed_on { flag("a", "x") }"#,
        r#"if person.local.day == date("2019-05-20") { flag("a", "x") }"#,
        r#"let x = -person.local.count; if x > 0 { flag("a", "x") }"#,
        r#"let x = person.local.count % 2; if x > 0 { flag("a", "x") }"#,
        r#"let x = person.local.count * 2 - 1; if x > 0 { flag("a", "x") }"#,
        r#"let x = 10 - person.local.count / 2; if x > 9 { flag("a", "x") }"#,
        r#"let x = person.local.share + 1; if x > 3 { flag("a", "x") }"#,
        r#"let x = person.local.share * person.local.share; if x > 3 { flag("a", "x") }"#,
        r#"let p = pick([[0, "a"], [2, "b"]], person.local.count); if p == () { flag("a", "none") } else { flag("a", p) }"#,
        r#"let a = person.local.count; let b = person.oasys.ogrs3; if b > 2 { if a > 2 { flag("a", "x") } }"#,
        r#"if person.local.open && person.local.count > 2 { flag("a", "x") }"#,
        r#"if person.local.open == true { flag("a", "x") }"#,
        r#"if person.local.open == () { flag("a", "x") }"#,
        r#"let x = if person.local.open { person.local.count } else { person.oasys.ogrs3 }; if x > 2 { flag("a", "x") }"#,
        r#"let x = person.local.count; let x = x + 1; { let x = 5; } if x == 4 { flag("a", "x") }"#,
        r#"let d = years_after(person.local.day, 1); if d > person.assessed_on { flag("a", "x") }"#,
        r#"if person.local.share > 2.5 { flag("a", "x") }"#,
        r#"if person.local.share == 3 { flag("a", "x") }"#,
        r#"if person.local.share.floor() == 2 { flag("a", "x") }"#,
        r#"if band(person.local.share, [1, 2.5, 3]) == "high" { flag("a", "x") }"#,
        r#"let t = [[0, 1], [3, ()]]; let p = pick(t, person.oasys.ogrs3); if p == () { flag("a", "x") }"#,
        r#"if reaching([person.local.count, person.oasys.ogrs3], [["a", 2], ["b", 3]]) > 1 { flag("a", "x") }"#,
    ]);
}

#[test]
fn and_whatever_else() {
    same(&[
        r#"flag("a", type_of(person.local.count))"#,
        r#"flag("a", person.local.count)"#,
        r#"flag("a", counted(person.local.count, "day"))"#,
        r#"at_least(raised("Low", person.local.count, "High"))"#,
        r#"at_least(["Low", "Middle", "High", "High"][person.local.count])"#,
        r#"if reaches(person.oasys.rosh, "medium") { flag("a", "x") }"#,
        r#"let w = worst([person.oasys.rosh, person.local.team]); flag("a", w)"#,
        r#"let b = band(person.local.count, [1, 2, 3]); flag("a", b)"#,
        r#"if person.local.open { flag("a", "open") } else if !person.iom { flag("a", "closed") }"#,
        r#"if !person.local.open && person.iom { at_least("High") }"#,
        r#"if person.local.count { flag("a", "x") }"#,
        r#"let l = ["a", "b", "c", "d"]; flag("a", l[person.local.count])"#,
        r#"points("x", person.local.count)"#,
        r#"if is_def_var("person") { flag("a", "x") }"#,
    ]);
}
