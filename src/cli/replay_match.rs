//! Finds the case of each line of a log, and works the line out again.

use crate::{
    calendar::WorkingDays,
    cli::{batch::Read, replay_policies::NamedPolicy},
    comparison::policy_change::LinesAbout,
    decision::{assessor::Assessor, decide::CaseFile, sourced::Sourced},
    decision_log::{
        entry::LoggedAnswer,
        line::{LineMark, ReadLine, case_key, crn_key, outcome_key},
        standing::Standing,
    },
    policy::Policy,
    policy::vocabulary::Vocabulary,
    schedule::assess::assess,
};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc};

/// What is kept of the lines of a log, in their order.
#[derive(Debug, Default)]
pub struct Logged {
    marks: Vec<Option<Kept>>,
    /// The policies that they name, each once.
    pub policies: Vec<NamedPolicy>,
    /// The tiers that came out, each once.
    pub tiers: Vec<Option<String>>,
}

/// What is kept of a line, with the places of its policy and its tier among those of the log.
#[derive(Debug, Clone, Copy)]
pub struct Kept {
    /// What finds its case, and tells whether the same comes out.
    pub mark: LineMark,
    /// The policy.
    pub policy: usize,
    /// The tier that came out.
    pub tier: usize,
}

impl Logged {
    /// Adds the next line.
    pub fn add(&mut self, line: &ReadLine) {
        let kept = line.mark.zip(line.entry.as_ref()).map(|(mark, entry)| {
            let is_it = |one: &NamedPolicy| {
                one.policy == entry.policy && one.with.iter().eq(entry.with.iter().map(|with| &with.name))
            };
            let policy = self.policies.iter().position(is_it).unwrap_or_else(|| {
                let with = entry.with.iter().map(|one| one.name.clone()).collect();
                self.policies.push(NamedPolicy { policy: entry.policy.clone(), with });
                self.policies.len() - 1
            });
            Kept { mark, policy, tier: place(&mut self.tiers, &entry.outcome.tier) }
        });
        self.marks.push(kept);
    }

    /// The lines that name a policy, by its place among those of the log.
    pub fn lines_of(&self, policy: usize) -> Option<LinesAbout> {
        let kept = (1..).zip(&self.marks).filter_map(|(number, kept)| Some((number, kept.as_ref()?)));
        let own = kept.filter(|(_, kept)| kept.policy == policy);
        own.map(|(number, kept)| LinesAbout::one(number, kept.mark.on)).reduce(LinesAbout::and)
    }

    /// The places, from 0, of the lines that are no decision which this program knows.
    pub fn unread(&self) -> impl Iterator<Item = usize> {
        self.marks.iter().enumerate().filter(|(_, mark)| mark.is_none()).map(|(place, _)| place)
    }
}

/// The place of a value in a list in which each stands once.
fn place<T: Clone + PartialEq>(list: &mut Vec<T>, value: &T) -> usize {
    list.iter().position(|known| known == value).unwrap_or_else(|| {
        list.push(value.clone());
        list.len() - 1
    })
}

/// A line of the log beside its case.
pub struct CaseLine<'a> {
    /// Its place in the log.
    pub place: usize,
    /// What is kept of it.
    pub kept: &'a Kept,
    /// The case as it was for the line, where it says the same now.
    pub file: Option<CaseFile>,
}

/// What came out when a line was looked at: its place, and how it stands.
pub type Looked = Vec<(usize, Standing)>;

/// Finds the lines of a case.
pub struct Matcher<'a> {
    logged: &'a Logged,
    /// The policy of each of those that the lines name, where there is one of its name.
    policies: Vec<Option<&'a Policy>>,
    /// The lines that can be worked out, by what stands for the case reference.
    index: Vec<(u64, u32)>,
}

impl<'a> Matcher<'a> {
    /// For the lines of a log that are not known to be damaged.
    pub fn new(logged: &'a Logged, policies: &'a [Option<Policy>], lines: &[Standing]) -> Self {
        let marks = logged.marks.iter().zip(lines).zip(0..);
        let mut index: Vec<(u64, u32)> = marks
            .filter(|((_, standing), _)| standing.is_good())
            .filter_map(|((kept, _), place)| kept.map(|kept| (kept.mark.crn, place)))
            .collect();
        index.sort_unstable();
        Self { logged, policies: policies.iter().map(Option::as_ref).collect(), index }
    }

    /// What the cases may say of the policies.
    pub fn vocabulary(&self) -> Vocabulary {
        let policies = self.policies.iter().flatten();
        policies.fold(Vocabulary::default(), |all, policy| all.or(&policy.vocabulary()))
    }

    /// Where one thread decides cases, under each policy that is still what it was.
    pub fn assessors(&self) -> Vec<Option<Assessor<'a>>> {
        let assessor = |policy| Assessor::new(policy).telling_what_fired(true);
        self.at_hand().map(|policy| policy.map(assessor)).collect()
    }

    /// The policies that are still what they were, in the order in which the log names them.
    pub fn at_hand(&self) -> impl Iterator<Item = Option<&'a Policy>> {
        let known = self.policies.iter().zip(&self.logged.policies);
        known.map(|(policy, named)| policy.filter(|policy| **policy.digest() == *named.policy.digest))
    }

    /// The lines of a case that is judged by policies of this vocabulary.
    pub fn lines_of(&self, file: &CaseFile, known: &Vocabulary) -> impl Iterator<Item = CaseLine<'_>> {
        let crn = crn_key(file.case.crn.as_str());
        let from = self.index.partition_point(|(known, _)| *known < crn);
        let lines = self.index.iter().skip(from).take_while(move |(known, _)| *known == crn);
        let mut on_days = BTreeMap::new();
        lines.filter_map(move |(_, place)| {
            let place = *place as usize;
            let kept = self.logged.marks.get(place)?.as_ref()?;
            // What a mapping made of a record it made as of the day of the line.
            let day = file.sourced.as_ref().map(|sourced| (sourced, kept.mark.on));
            let then = on_days.entry(day.map(|(_, on)| on)).or_insert_with(|| {
                let then = day.map_or_else(|| Some(file.clone()), |(sourced, on)| Sourced::case_on(sourced, on, known));
                then.map(|then| (case_key(&then.case.digest()), then))
            });
            let is_same = then.as_ref().filter(|(case, _)| *case == Some(kept.mark.case));
            Some(CaseLine { place, kept, file: is_same.map(|(_, file)| file.clone()) })
        })
    }

    /// Works the lines of a case out again.
    pub fn look(&self, assessors: &mut [Option<Assessor<'_>>], read: &Read<'_>, known: &Vocabulary) -> Looked {
        // A case that was decided again and again on one day is worked out once.
        let mut last: Option<(Date, usize, Out)> = None;
        let one = |CaseLine { place, kept: Kept { mark, policy, .. }, file }: CaseLine<'_>| {
            let Some(file) = file else { return (place, Standing::CaseChanged) };
            if self.policies.get(*policy).is_none_or(Option::is_none) {
                return (place, Standing::NoPolicy);
            }
            let Some(Some(assessor)) = assessors.get_mut(*policy) else { return (place, Standing::PolicyChanged) };
            let known = last.as_ref().filter(|(on, of, _)| (*on, of) == (mark.on, policy)).map(|(.., out)| out.clone());
            let out = known.unwrap_or_else(|| outcome(assessor, mark.on, &file, read.days));
            last = Some((mark.on, *policy, out.clone()));
            let standing = match out {
                Some((key, _)) if key == mark.outcome => Standing::Same,
                out => Standing::Differs(out.and_then(|(_, tier)| tier)),
            };
            (place, standing)
        };
        self.lines_of(&read.file, known).map(one).collect()
    }
}

/// What stands for an answer, and its tier; nothing where there is none.
type Out = Option<(u128, Option<Arc<str>>)>;

/// What comes out of a case on a date.
fn outcome(assessor: &mut Assessor<'_>, on: Date, file: &CaseFile, days: &WorkingDays) -> Out {
    let now = assess(assessor, file, on, days).ok()?;
    Some((outcome_key(&LoggedAnswer::of(&now)), now.decision.tier.as_deref().map(Arc::from)))
}
