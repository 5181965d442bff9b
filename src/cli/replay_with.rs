//! `brag replay --with`: what each decision of a log would be today, under another policy.

use crate::{
    calendar::WorkingDays,
    cli::{
        batch::Read,
        global::Global,
        policy_choice,
        replay_match::{Kept, Logged, Matcher},
    },
    comparison::{
        PolicyChange, Sides, Stand,
        cause::{Causes, MoveCause},
        compared::Compared,
        policy_change::LinesAbout,
        tally::Tally,
    },
    decision::decide::CaseFile,
    error::Error,
    language::tiers::Tiers,
    policy::Policy,
    policy::vocabulary::Vocabulary,
    report::{Format, compare::CompareReport, compare_dates::Dates, compare_row},
    schedule::assess::NoSchedule,
};
use jiff::civil::Date;
use serde_json::value::RawValue;
use std::sync::Arc;

/// The policy of today beside those that the log names.
pub struct Today<'a> {
    logged: &'a Logged,
    name: String,
    policy: &'a Policy,
    /// The policies of then that are at hand, each with what differs.
    then: Vec<Option<(&'a Policy, Causes<'a>)>>,
    /// Nothing differs between the policy and itself.
    none: Causes<'a>,
}

/// Where one thread decides cases under the policies of then and the one of today.
pub struct AtWork<'a> {
    then: Vec<Option<Sides<'a>>>,
    /// The policy of today by itself, for the lines whose policy is not at hand.
    alone: Sides<'a>,
}

/// The policy that decisions are held against: under the rules and numbers of `--law`, else of today.
///
/// # Errors
///
/// When there is no such policy, or it is invalid.
pub fn policy(named: &str, global: &Global) -> Result<Policy, Error> {
    let choice = policy_choice::named(Some(named))?;
    let policy = Policy::load(&choice.shelf, &choice.name, &[])?;
    let policy = policy.under_law_of(global.law.map_or_else(|| global.today(), Ok)?);
    Ok(if global.holidays.is_some() { policy.reckoning_with(&global.working_days()?) } else { policy })
}

impl<'a> Today<'a> {
    /// For a policy and the lines of a log.
    pub fn new(name: &str, policy: &'a Policy, logged: &'a Logged, matcher: &Matcher<'a>) -> Self {
        let between = |then: &'a Policy| (then, Causes::between(then, policy));
        let then = matcher.at_hand().map(|then| then.map(between)).collect();
        Self { logged, name: name.to_owned(), policy, then, none: Causes::between(policy, policy) }
    }

    /// Where one thread decides cases.
    pub fn at_work(&self) -> AtWork<'a> {
        let sides = |(then, causes): &(&'a Policy, Causes<'a>)| Sides::new(then, self.policy, causes);
        AtWork {
            then: self.then.iter().map(|then| then.as_ref().map(sides)).collect(),
            alone: Sides::new(self.policy, self.policy, &self.none),
        }
    }

    /// What the decisions of a case were, and what they would be.
    ///
    /// # Errors
    ///
    /// When the case has a date outside the calendar of working days.
    pub fn look(
        &self,
        work: &mut AtWork<'_>,
        matcher: &Matcher<'_>,
        (read, known): (&Read<'_>, &Vocabulary),
    ) -> Result<Vec<(Date, Compared)>, NoSchedule> {
        let lines = matcher.lines_of(&read.file, known).filter_map(|line| line.file.map(|file| (line.kept, file)));
        lines
            .map(|(kept, file)| self.one(work, kept, &file, read.days).map(|compared| (kept.mark.on, compared)))
            .collect()
    }

    fn one(
        &self,
        work: &mut AtWork<'_>,
        kept: &Kept,
        file: &CaseFile,
        days: &WorkingDays,
    ) -> Result<Compared, NoSchedule> {
        let then = self.then.get(kept.policy).and_then(Option::as_ref);
        if let (Some((_, causes)), Some(Some(sides))) = (then, work.then.get_mut(kept.policy)) {
            return sides.compare(None, file, kept.mark.on, days, causes);
        }
        let mut compared = work.alone.compare(None, file, kept.mark.on, days, &self.none)?;
        // Of a policy that is not at hand the log says the tier, and that alone is held against today's.
        let tier = self.logged.tiers.get(kept.tier).cloned().flatten();
        compared.old = Ok(Stand { tier, ..compared.new.as_ref().cloned().unwrap_or_default() });
        if compared.moved() {
            compared.causes =
                vec![MoveCause { rule: "policy".into(), differs: vec!["that of then is not at hand".to_owned()] }];
        }
        Ok(compared)
    }

    /// A report without a case.
    pub fn report(&self, log: &str, looked_back: bool) -> CompareReport {
        let law = self.policy.law().map(|law| format!(" under the rules and numbers of {law}")).unwrap_or_default();
        let of_then = self.logged.policies.iter().map(|one| one.policy.digest.as_str());
        CompareReport {
            names: [log.to_owned(), format!("{}{law}", self.name)],
            digests: [of_then.collect::<Vec<_>>().join(" ").into(), Arc::clone(self.policy.digest())],
            tiers: [Arc::new(self.tiers()), Arc::clone(self.policy.tiers())],
            lacking: self.then.iter().filter(|then| then.is_none()).count(),
            looked_back,
            changes: self.changes(),
            dates: Dates::default(),
            tally: Tally::default(),
            moved: Vec::new(),
            failed: Vec::new(),
            over_target: Vec::new(),
            witnesses: None,
        }
    }

    /// What differs from the policies of then, each with the lines that it is about: what is the same of several once.
    fn changes(&self) -> Vec<PolicyChange> {
        let mut all: Vec<(PolicyChange, Option<LinesAbout>)> = Vec::new();
        for (at, (then, _)) in self.then.iter().enumerate().filter_map(|(at, then)| Some((at, then.as_ref()?))) {
            let lines = self.logged.lines_of(at);
            for change in PolicyChange::of_all(then, self.policy) {
                match all.iter_mut().find(|(known, _)| *known == change) {
                    Some((_, known)) => *known = known.iter().copied().chain(lines).reduce(LinesAbout::and),
                    None => all.push((change, lines)),
                }
            }
        }
        all.into_iter().map(|(change, lines)| PolicyChange { lines, ..change }).collect()
    }

    /// The tiers of then: those of the policies at hand, and else those that came out.
    fn tiers(&self) -> Tiers {
        let at_hand = self.then.iter().flatten().fold(Tiers::default(), |all, (then, _)| all.or(then.tiers()));
        let known = at_hand.or(self.policy.tiers());
        let out = self.logged.tiers.iter().flatten().filter(|tier| !known.contains(tier)).cloned().collect();
        at_hand.or(&Tiers::new(Vec::new(), out, Vec::new()))
    }
}

/// Adds a decision to a report.
pub fn take(report: &mut CompareReport, compared: &Compared, on: Date, format: Format) {
    let tiers = report.tiers.clone();
    let tiers = tiers.each_ref().map(|tiers| &**tiers);
    report.dates.add(on);
    report.tally.add(compared, tiers);
    if format == Format::Json && compared.moved() {
        let mut text = Vec::new();
        compare_row::json(compared, tiers, &mut text);
        let raw = String::from_utf8(text).ok().and_then(|text| RawValue::from_string(text).ok());
        report.moved.extend(raw);
    }
}
