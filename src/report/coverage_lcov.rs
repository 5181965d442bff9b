//! Coverage for editors and servers: the trace format of lcov. A rule is a function, a condition two branches.

use crate::{authoring::coverage::Coverage, report::shown::shown};

/// The record of every script of a policy.
#[must_use]
pub fn text(coverage: &Coverage) -> String {
    coverage.scripts.iter().map(|(file, _)| record(coverage, file)).collect()
}

fn record(coverage: &Coverage, file: &str) -> String {
    let mut out = format!("TN:{}\nSF:{}\n", shown(&coverage.policy), shown(file.trim_end_matches(" (built in)")));
    let rules: Vec<_> = coverage.rules.iter().filter(|rule| rule.file == file).collect();
    for rule in &rules {
        out.push_str(&format!("FN:{},{}\nFNDA:{},{}\n", rule.line, rule.rule, rule.times, rule.rule));
    }
    let hit = rules.iter().filter(|rule| rule.fired.is_some()).count();
    out.push_str(&format!("FNF:{}\nFNH:{hit}\n", rules.len()));
    let (mut found, mut taken) = (0, 0);
    let of_file = coverage.conditions.iter().enumerate().filter(|(_, one)| one.condition.file == file);
    let of_file: Vec<_> = of_file.collect();
    for (number, one) in &of_file {
        let ways = if one.condition.is_arm { vec![&one.held] } else { vec![&one.held, &one.failed] };
        for (way, case) in ways.iter().enumerate() {
            let hit = usize::from(case.is_some());
            out.push_str(&format!("BRDA:{},{number},{way},{hit}\n", one.condition.line));
            found += 1;
            taken += hit;
        }
    }
    out.push_str(&format!("BRF:{found}\nBRH:{taken}\n"));
    let mut lines: Vec<(usize, usize)> = rules.iter().map(|rule| (rule.line, rule.times)).collect();
    lines.extend(of_file.iter().map(|(_, one)| (one.condition.line, one.ways().1)));
    lines.sort_unstable();
    lines.dedup_by(|later, first| {
        let same = later.0 == first.0;
        first.1 += if same { later.1 } else { 0 };
        same
    });
    for (line, hits) in &lines {
        out.push_str(&format!("DA:{line},{hits}\n"));
    }
    let hit = lines.iter().filter(|(_, hits)| *hits > 0).count();
    out.push_str(&format!("LF:{}\nLH:{hit}\nend_of_record\n", lines.len()));
    out
}
