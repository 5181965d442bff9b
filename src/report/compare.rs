//! Two policies over one book: what differs between them, who moves, why, and what it costs.

use crate::{
    comparison::{
        cause::MoveCause,
        policy_change::PolicyChange,
        tally::{Moves, Tally},
        target::OverTarget,
        witness::Witnesses,
    },
    language::tiers::Tiers,
    policy::Policy,
    report::{
        View,
        compare_dates::Dates,
        compare_json::CompareDocument,
        compare_loads::LOAD_HEAD,
        compare_witness,
        compare_words::{cases, count, moved_in_short, of_function, of_lines, of_number, of_target, why},
        diff,
        failed::Failed,
        page::Page,
        table::Table,
    },
};
use serde::Serialize;
use serde_json::{json, value::RawValue};
use std::sync::Arc;

/// Cases of a cause that a record names, and programs are told of beside the list of all; a record folds the others away.
pub(super) const NAMED: usize = 10;
/// Values that a page names of one case.
const SEEN: usize = 4;
/// Groups of a level that a page names; of the others there is a count.
pub(super) const SHOWN: usize = 5;

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
    /// How many old policies are not at hand, so that nobody can say what differs.
    pub lacking: usize,
    /// Whether they were looked for in the history of a repository.
    pub looked_back: bool,
    /// The dates that cases were looked at for.
    pub dates: Dates,
    /// What the cases add up to.
    pub tally: Tally,
    /// The officers beside the targets of their grade.
    pub over_target: Vec<OverTarget>,
    /// Who could move; nothing where there is a book.
    pub witnesses: Option<Witnesses>,
    /// Every case that moved, for programs.
    pub moved: Vec<Box<RawValue>>,
    /// The cases that could not be looked at.
    pub failed: Vec<Failed>,
}

impl CompareReport {
    /// Of no case yet.
    #[must_use]
    pub fn between(names: [String; 2], policies: [&Policy; 2]) -> Self {
        let [old, new] = policies;
        Self {
            names,
            digests: policies.map(|policy| Arc::clone(policy.digest())),
            tiers: policies.map(|policy| Arc::clone(policy.tiers())),
            changes: PolicyChange::of_all(old, new),
            lacking: 0,
            looked_back: false,
            dates: Dates::default(),
            tally: Tally::default(),
            over_target: Vec::new(),
            witnesses: None,
            moved: Vec::new(),
            failed: Vec::new(),
        }
    }
}

impl View for CompareReport {
    fn draw(&self, page: &mut Page) {
        page.heading(1, &self.title());
        self.draw_changes(page);
        if let Some(witnesses) = &self.witnesses {
            compare_witness::draw(witnesses, page);
        }
        if self.tally.cases == 0 {
            return;
        }
        self.draw_moves(page);
        self.draw_causes(page);
        if page.is_record() {
            self.fold_the_rest(page);
        }
        self.draw_loads(page);
        self.draw_rest(page);
    }

    fn json(&self) -> impl Serialize {
        json!(CompareDocument::of(self))
    }
}

impl CompareReport {
    /// The tiers of both policies.
    #[must_use]
    pub fn both_tiers(&self) -> [&Tiers; 2] {
        self.tiers.each_ref().map(|tiers| &**tiers)
    }

    /// What it is called.
    pub(super) fn title(&self) -> String {
        let [old, new] = &self.names;
        format!("{new} beside {old}")
    }

    fn draw_changes(&self, page: &mut Page) {
        match (self.changes.as_slice(), self.lacking) {
            ([], 0) => page.note(2, "nothing differs between their files"),
            (_, 0) => {}
            _ if self.looked_back => {
                page.note(
                    2,
                    "what differs from a policy of then that is neither at hand nor in a commit cannot be said",
                );
            }
            _ => page.note(
                2,
                "what differs from a policy of then that is not at hand cannot be said; `--repo` looks for it",
            ),
        }
        for change in &self.changes {
            page.section(&format!("What differs in {}", change.policy));
            change.lines.iter().for_each(|lines| page.note(2, &of_lines(lines)));
            change.numbers.iter().for_each(|number| page.named(2, 28, &number.name, &of_number(number)));
            for function in &change.functions {
                page.named(2, 28, &function.name, &of_function(function));
            }
            change.others.iter().chain(&change.provenance).for_each(|other| page.named(2, 28, other, ""));
            for function in &change.functions {
                if let (Some(old), Some(new)) = (&function.old, &function.new) {
                    page.verbatim(&diff::lines(old, new, if page.is_record() { "" } else { "    " }));
                }
            }
        }
    }

    fn draw_moves(&self, page: &mut Page) {
        let tally = &self.tally;
        page.section(&moved_in_short(self));
        let names = tally.tiers(self.both_tiers());
        let head: Vec<&str> = std::iter::once("from, to").chain(names.iter().map(String::as_str)).collect();
        let mut table = Table::new(&head).of_numbers();
        for old in &names {
            let cells = names
                .iter()
                .map(|new| tally.matrix.get(&(old.clone(), new.clone())).copied().map_or(String::new(), count));
            table.cells(std::iter::once(old.clone()).chain(cells));
        }
        page.table(&table);
    }

    /// The causes with their cases, those of most cases first.
    pub(super) fn causes_by_size(&self) -> Vec<(&Vec<MoveCause>, &Moves)> {
        let mut causes: Vec<(&Vec<MoveCause>, &Moves)> = self.tally.causes.iter().collect();
        causes.sort_by_key(|(_, group)| std::cmp::Reverse(group.cases()));
        causes
    }

    fn draw_causes(&self, page: &mut Page) {
        let causes = self.causes_by_size();
        if !causes.is_empty() {
            page.section("Why");
        }
        for (causes, group) in causes {
            page.note(2, &format!("{}: {}", why(causes), cases(group.cases())));
            let moves: Vec<String> =
                group.moves.iter().map(|((old, new), many)| format!("{old} to {new} {}", count(*many))).collect();
            page.aside(6, &moves.join(", "));
            let most = if page.is_record() { NAMED } else { 3 };
            for case in group.first.iter().take(most) {
                let saw: Vec<&str> = case.saw.iter().take(SEEN).map(String::as_str).collect();
                let more = if case.saw.len() > SEEN { ", ..." } else { "" };
                let saw = if saw.is_empty() { String::new() } else { format!(": {}{more}", saw.join(", ")) };
                page.aside(6, &format!("{} {} to {}{saw}", case.crn, case.old, case.new));
            }
        }
    }

    /// The cases that were not named, behind a line that unfolds.
    fn fold_the_rest(&self, page: &mut Page) {
        let mut table = Table::new(&["case", "from", "to", "why"]);
        for (causes, group) in self.causes_by_size() {
            for case in group.first.iter().skip(NAMED) {
                table.row([&case.crn, &case.old, &case.new, &why(causes)]);
            }
        }
        let rest: usize = self.tally.causes.values().map(|group| group.cases() - group.first.len().min(NAMED)).sum();
        if rest > 0 {
            page.raw(&format!("<details><summary>{} more</summary>\n\n", cases(rest)));
            page.table(&table);
            let untold: usize = self.tally.causes.values().map(|group| group.cases() - group.first.len()).sum();
            if untold > 0 {
                page.paragraph(&format!("and {}: `--format csv` has a row for each", cases(untold)));
            }
            page.raw("</details>\n\n");
        }
    }

    fn draw_loads(&self, page: &mut Page) {
        page.section("What it asks for in a week");
        let mut table = Table::new(&LOAD_HEAD).of_numbers();
        self.load_rows(SHOWN).into_iter().for_each(|row| table.cells(row));
        page.table(&table);
    }

    /// What else changes, a line each.
    pub(super) fn further_facts(&self) -> Vec<String> {
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
        facts.extend(self.over_target.iter().map(of_target));
        for (name, many) in self.names.iter().zip(tally.without_answer()) {
            if many > 0 {
                facts.push(format!(
                    "no answer under {name} alone: {}, left out of its contacts and reviews",
                    cases(many)
                ));
            }
        }
        if !self.failed.is_empty() {
            facts.push(format!("no answer under either: {}", cases(self.failed.len())));
        }
        facts
    }

    fn draw_rest(&self, page: &mut Page) {
        let facts = self.further_facts();
        if !facts.is_empty() {
            page.section("Also");
        }
        for fact in &facts {
            page.note(2, fact);
        }
    }
}
