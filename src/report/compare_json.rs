//! The comparison of two policies for programs. The keys are stable.

use crate::{
    comparison::{
        tally::{Load, MovedCase, Whose},
        target::OverTarget,
    },
    report::compare::{CompareReport, NAMED},
};
use rust_decimal::Decimal;
use serde_json::{Value, json as object};

/// The comparison as one document.
pub(super) fn json(report: &CompareReport) -> Value {
    let tally = &report.tally;
    let [up, down] = tally.up_and_down;
    let policy = |side: usize| object!({ "name": report.names.get(side), "digest": report.digests.get(side) });
    let pairs = |pairs: &std::collections::BTreeMap<(String, String), usize>| -> Vec<Value> {
        pairs.iter().map(|((old, new), cases)| object!({ "old": old, "new": new, "cases": cases })).collect()
    };
    let causes = tally.causes.iter().map(|(causes, group)| {
        let first: Vec<&MovedCase> = group.first.iter().take(NAMED).collect();
        object!({ "causes": causes, "cases": group.cases(), "moves": pairs(&group.moves), "first": first })
    });
    let flags =
        tally.flags.iter().map(|(code, [gained, lost])| object!({ "code": code, "gained": gained, "lost": lost }));
    let loads = tally.loads.iter().map(|((whose, name), loads)| of_loads(*whose, name.as_deref(), loads));
    let grades = tally.grades.iter().map(|((old, new), cases)| object!({ "old": old, "new": new, "cases": cases }));
    let [becomes, no_longer] = tally.provisional;
    object!({
        "old": policy(0),
        "new": policy(1),
        "on": report.on,
        "changes": report.changes,
        "cases": tally.cases,
        "moved": tally.moved(),
        "up": up,
        "down": down,
        "matrix": pairs(&tally.matrix),
        "causes": causes.collect::<Vec<_>>(),
        "loads": loads.collect::<Vec<_>>(),
        "flags": flags.collect::<Vec<_>>(),
        "provisional": { "gained": becomes, "lost": no_longer },
        "grades": grades.collect::<Vec<_>>(),
        "only_standards": tally.only_standards,
        "over_target": report.over_target.iter().map(of_target).collect::<Vec<_>>(),
        "witnesses": report.witnesses,
        "moves": report.moved,
        "failed": report.failed,
    })
}

fn of_target(over: &OverTarget) -> Value {
    object!({
        "grade": over.grade,
        "old_target": over.old_target.map(hundredth),
        "new_target": over.new_target.map(hundredth),
        "officers": over.officers,
        "before": over.before,
        "after": over.after,
    })
}

fn of_loads(whose: Whose, name: Option<&str>, [before, after]: &[Load; 2]) -> Value {
    let load = |load: &Load| object!({ "contacts": hundredth(load.contacts), "reviews": hundredth(load.reviews) });
    object!({ "whose": whose, "name": name, "before": load(before), "after": load(after) })
}

/// A number with two digits behind the point.
pub(super) fn hundredth(number: Decimal) -> Value {
    number.round_dp(2).normalize().to_string().parse::<serde_json::Number>().map_or(Value::Null, Value::Number)
}
