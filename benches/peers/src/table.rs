//! The table that the command prints.

use crate::timing::{Timed, median, ratio};

/// A table of what was measured: a line a peer, with ratios to the first two of them.
#[must_use]
pub fn table(title: &str, timed: &[Timed]) -> String {
    let named = |name: &str| timed.iter().find(|one| one.name == name);
    let (limit, lua) = (named("hard-coded Rust"), named("LuaJIT"));
    let mut out = format!("{title}\n");
    out += &format!(
        "{:<16} {:>8} {:>12} {:>23} {:>13} {:>10}\n",
        "", "cases", "ns a case", "min..max", "to hard-coded", "to LuaJIT"
    );
    for one in timed {
        let least = one.runs.iter().copied().fold(f64::INFINITY, f64::min);
        let most = one.runs.iter().copied().fold(0.0, f64::max);
        let spread = format!("{least:.0}..{most:.0}");
        let to =
            |base: Option<&Timed>| base.map_or_else(String::new, |base| format!("{:.2}", ratio(&one.runs, &base.runs)));
        out += &format!(
            "{:<16} {:>8} {:>12.0} {:>23} {:>13} {:>10}\n",
            one.name,
            one.cases,
            median(&one.runs),
            spread,
            to(limit),
            to(lua)
        );
    }
    out
}
