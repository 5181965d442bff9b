//! What is read and not used, or used on one way only: a fault stays one.

use super::same;

#[test]
fn of_what_is_not_used() {
    same(&[
        r#"let second = person.contacts[1]; if person.iom { flag("a", "iom") }"#,
        r#"let q = 6 / person.local.count; if person.iom { flag("a", "iom") }"#,
        r#"let later = days_after(person.local.day, 10000); if person.iom { flag("a", "x") }"#,
        r#"let later = person.local.count * 5000000000000000000; if person.iom { flag("a", "x") }"#,
        r#"let later = working_days_after(person.assessed_on, person.local.count); if person.iom { flag("a", "x") }"#,
        r#"let gap = longest_gap(person.absent_on, person.local.day, person.assessed_on); if person.iom { flag("a", "x") }"#,
        r#"let x = reaching(person.absent_on, [["a", 3]]); if person.iom { flag("a", "x") }"#,
        r#"if person.iom { return; } if person.oasys.rosh == "high" { at_least("High") }"#,
        r#"let unused = person.local.count; if person.iom { flag("a", "x") }"#,
        r#"[flag("a", "x"), if person.iom { at_least("High") }]"#,
    ]);
}
