//! Two policies over one book: what differs between them, who moves, why, and what it costs.

use crate::{
    comparison::{
        cause::MoveCause,
        policy_change::{FunctionChange, NumberChange, PolicyChange, Role},
        tally::{Load, Moves, Tally, Whose},
    },
    language::tiers::Tiers,
    report::{
        View,
        compare_json::json,
        diff,
        failed::Failed,
        page::{Page, Table},
        phrases::date,
    },
};
use indicatif::HumanCount;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, value::RawValue};
use std::sync::Arc;

/// Values that a page names of one case.
const SEEN: usize = 4;
/// Groups of a level that a page names; of the others there is a count.
const SHOWN: usize = 5;

/// Two policies over one book.
#[derive(Debug)]
pub struct CompareReport {
    /// How the policies are called: the old one and the new one.
    pub names: [String; 2],
    /// Their digests.
    pub digests: [Arc<str>; 2],
    /// Their tiers.
    pub tiers: [Arc<Tiers>; 2],
    /// What differs between them.
    pub changes: Vec<PolicyChange>,
    /// The latest date that a case was looked at for.
    pub on: Option<Date>,
    /// What the cases add up to.
    pub tally: Tally,
    /// Every case that moved, for programs.
    pub moved: Vec<Box<RawValue>>,
    /// The cases that could not be looked at.
    pub failed: Vec<Failed>,
}

impl View for CompareReport {
    fn draw(&self, page: &mut Page) {
        let [old, new] = &self.names;
        page.heading(1, &format!("{new} beside {old}"));
        self.draw_changes(page);
        if self.tally.cases == 0 {
            return;
        }
        self.draw_moves(page);
        self.draw_causes(page);
        self.draw_loads(page);
        self.draw_rest(page);
    }

    fn json(&self) -> Value {
        json(self)
    }
}

impl CompareReport {
    /// The tiers of both policies.
    #[must_use]
    pub fn both_tiers(&self) -> [&Tiers; 2] {
        self.tiers.each_ref().map(|tiers| &**tiers)
    }

    fn draw_changes(&self, page: &mut Page) {
        if self.changes.is_empty() {
            page.note(2, "nothing differs between their files");
        }
        for change in &self.changes {
            page.section(&format!("What differs in {}", change.policy));
            change.numbers.iter().for_each(|number| page.named(2, 28, &number.name, &of_number(number)));
            for function in &change.functions {
                page.named(2, 28, &function.name, &of_function(function));
            }
            change.others.iter().for_each(|other| page.named(2, 28, other, ""));
            for function in &change.functions {
                if let (Some(old), Some(new)) = (&function.old, &function.new) {
                    page.verbatim(&diff::lines(old, new, if page.is_record() { "" } else { "    " }));
                }
            }
        }
    }

    fn draw_moves(&self, page: &mut Page) {
        let (tally, on) = (&self.tally, self.on.map(|on| format!(" on {}", date(on))).unwrap_or_default());
        let [up, down] = tally.up_and_down;
        let moved = tally.moved();
        let others = match moved - up - down {
            0 => String::new(),
            others => format!(", {} otherwise", count(others)),
        };
        page.section(&format!(
            "{} of {} cases move{on}: {} up, {} down{others}",
            count(moved),
            count(tally.cases),
            count(up),
            count(down)
        ));
        let names = tally.tiers(self.both_tiers());
        let head: Vec<&str> = std::iter::once("from, to").chain(names.iter().map(String::as_str)).collect();
        let mut table = Table::new(&head).close();
        for old in &names {
            let cells = names
                .iter()
                .map(|new| tally.matrix.get(&(old.clone(), new.clone())).copied().map_or(String::new(), count));
            table.cells(std::iter::once(old.clone()).chain(cells));
        }
        page.table(&table);
    }

    fn draw_causes(&self, page: &mut Page) {
        let mut causes: Vec<(&Vec<MoveCause>, &Moves)> = self.tally.causes.iter().collect();
        causes.sort_by_key(|(_, group)| std::cmp::Reverse(group.cases()));
        if !causes.is_empty() {
            page.section("Why");
        }
        for (causes, group) in causes {
            page.note(2, &format!("{}: {}", why(causes), cases(group.cases())));
            let moves: Vec<String> =
                group.moves.iter().map(|((old, new), many)| format!("{old} to {new} {}", count(*many))).collect();
            page.aside(6, &moves.join(", "));
            let most = if page.is_record() { group.first.len() } else { 3 };
            for case in group.first.iter().take(most) {
                let saw: Vec<&str> = case.saw.iter().take(SEEN).map(String::as_str).collect();
                let more = if case.saw.len() > SEEN { ", ..." } else { "" };
                let saw = if saw.is_empty() { String::new() } else { format!(": {}{more}", saw.join(", ")) };
                page.aside(6, &format!("{} {} to {}{saw}", case.crn, case.old, case.new));
            }
        }
    }

    fn draw_loads(&self, page: &mut Page) {
        page.section("What it asks for in a week");
        let mut table = Table::new(&["", "contacts", "then", "more", "reviews", "then", "more"]).close();
        for whose in [Whose::All, Whose::Grade, Whose::Office, Whose::Officer] {
            let mut loads: Vec<(&Option<String>, &[Load; 2])> = self
                .tally
                .loads
                .iter()
                .filter(|((of, _), _)| *of == whose)
                .map(|((_, name), loads)| (name, loads))
                .collect();
            loads.retain(|(_, [before, after])| before != after || whose == Whose::All);
            loads.sort_by_key(|(name, [before, after])| (-(after.contacts - before.contacts).abs(), (*name).clone()));
            for (name, [before, after]) in loads.iter().take(SHOWN) {
                let name = name.as_deref().unwrap_or("all cases");
                table.cells([
                    name.to_owned(),
                    tenth(before.contacts),
                    tenth(after.contacts),
                    more(before.contacts, after.contacts),
                    tenth(before.reviews),
                    tenth(after.reviews),
                    more(before.reviews, after.reviews),
                ]);
            }
            if loads.len() > SHOWN {
                let left = loads.len() - SHOWN;
                let what = if whose == Whose::Office { "offices" } else { "officers" };
                table.cells([format!("{left} more {what}")]);
            }
        }
        page.table(&table);
    }

    fn draw_rest(&self, page: &mut Page) {
        let tally = &self.tally;
        let mut facts = Vec::new();
        for (code, [gained, lost]) in &tally.flags {
            facts.push(format!("flag {code}: {} gain it, {} lose it", count(*gained), count(*lost)));
        }
        let [becomes, no_longer] = tally.provisional;
        if becomes + no_longer > 0 {
            facts.push(format!("provisional: {} become so, {} no longer are", count(becomes), count(no_longer)));
        }
        for ((old, new), many) in &tally.grades {
            let [old, new] = [old, new].map(|grade| grade.map_or("nobody", crate::case::words::Grade::as_str));
            facts.push(format!("held by {new} and no longer by {old}: {}", cases(*many)));
        }
        if tally.only_standards > 0 {
            facts.push(format!("seen or reviewed otherwise, in the same tier: {}", cases(tally.only_standards)));
        }
        if !self.failed.is_empty() {
            facts.push(format!("no answer under either: {}", cases(self.failed.len())));
        }
        if !facts.is_empty() {
            page.section("Also");
        }
        for fact in &facts {
            page.note(2, fact);
        }
    }
}

fn of_number(number: &NumberChange) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
    let unit = number.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{} to {}{unit}, from {} ({})", value(&number.old), value(&number.new), date(number.from), number.source)
}

fn of_function(function: &FunctionChange) -> String {
    let role = match function.role {
        Role::Rule => "rule",
        Role::Standard => "function",
        Role::Helper => "helper",
    };
    match (&function.old, &function.new) {
        (None, _) => format!("new {role}"),
        (_, None) => format!("{role}, gone"),
        _ => format!("{role}, changed"),
    }
}

/// The causes of a move in a line.
#[must_use]
pub fn why(causes: &[MoveCause]) -> String {
    let one = |cause: &MoveCause| match cause.differs.as_slice() {
        [] => cause.rule.to_string(),
        differs => format!("{} ({})", cause.rule, differs.join("; ")),
    };
    if causes.is_empty() {
        "no answer on one side".to_owned()
    } else {
        causes.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

/// A number of people with its thousands apart.
fn count(number: usize) -> String {
    HumanCount(u64::try_from(number).unwrap_or(u64::MAX)).to_string()
}

fn cases(number: usize) -> String {
    if number == 1 { "1 case".to_owned() } else { format!("{} cases", count(number)) }
}

fn tenth(number: Decimal) -> String {
    format!("{:.1}", number.round_dp(1))
}

fn more(before: Decimal, after: Decimal) -> String {
    let more = (after - before).round_dp(1);
    if more.is_zero() { String::new() } else { format!("{more:+.1}") }
}
