//! The cases that an edit is tried on, read once. What the policy as it is written says of each is remembered, so that an edit asks the
//! rules of the new policy alone.

use super::{
    as_of::AsOf,
    at_work::busy,
    problem::Problem,
    workbench::{Edit, Workbench, go_on},
};
use crate::{
    caseload::ordered_map::ordered_map,
    comparison::{
        Sides, cause::Causes, compared::Compared, remembered::Remembered, tally::tier_of, target::over_target,
    },
    decision::{assessor::Assessor, decide::CaseFile},
    error::Error,
    policy::Policy,
    report::{Format, View, compare::CompareReport, compare_row, failed::Failed},
    schedule::assess::NoSchedule,
};
use jiff::civil::Date;
use serde_json::value::RawValue;
use std::{
    num::NonZeroUsize,
    ops::ControlFlow,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::available_parallelism,
};

/// The cases of a book.
pub struct Book {
    /// What it is called.
    pub called: String,
    /// The cases, as they were read: each question spells what they say of a policy as its policies do.
    pub cases: Vec<CaseFile>,
    /// Cases that could not be read.
    pub failed: usize,
    /// What the policy that was last compared with says of them.
    baseline: Mutex<Option<Arc<Baseline>>>,
}

/// What a policy says of every case of a book.
struct Baseline {
    policy: Policy,
    as_of: AsOf,
    said: Vec<Option<Remembered>>,
}

/// Cases of each move from tier to tier that are named one by one: what the page shows.
const NAMED: usize = 100;

impl Book {
    /// The cases of a book.
    #[must_use]
    pub fn new(called: String, cases: Vec<CaseFile>, failed: usize) -> Self {
        Self { called, cases, failed, baseline: Mutex::new(None) }
    }

    /// The latest date that a case is for.
    #[must_use]
    pub fn on(&self, as_of: &AsOf) -> Date {
        self.cases.iter().filter_map(|file| as_of.date(&file.case).ok()).max().unwrap_or(brag_made_up::DATE)
    }

    /// What the policy as it is written says of every case.
    fn baseline(&self, written: Policy, as_of: &AsOf, stop: &AtomicBool) -> Result<Arc<Baseline>, Problem> {
        let mut baseline = self.baseline.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |known: &&Arc<Baseline>| known.policy.digest() == written.digest() && known.as_of.is_that_of(as_of);
        if let Some(known) = baseline.as_ref().filter(is_it) {
            return Ok(Arc::clone(known));
        }
        let (mut said, words) = (Vec::with_capacity(self.cases.len()), written.vocabulary());
        each(
            self.cases.iter(),
            || Assessor::new(&written).telling_what_fired(true),
            |assessor, file| {
                let file = file.clone().under(&words).ok()?;
                Remembered::of(assessor, &file, as_of.date(&file.case).ok()?)
            },
            |remembered| said.push(remembered),
            stop,
        )?;
        let made = Arc::new(Baseline { policy: written, as_of: as_of.clone(), said });
        *baseline = Some(Arc::clone(&made));
        Ok(made)
    }
}

impl Workbench {
    /// Who of the book moves by an edit, as `brag compare` says it.
    ///
    /// # Errors
    ///
    /// When a policy is invalid, or whoever asked is gone.
    pub fn compared(&self, edit: &Edit, stop: &AtomicBool) -> Result<String, Problem> {
        let as_of = self.asked_now()?;
        let new = self.policy(&edit.texts, &as_of)?;
        let baseline = self.book.baseline(self.written(&as_of)?, &as_of, stop)?;
        let (old, causes) = (&baseline.policy, Causes::between(&baseline.policy, &new));
        let mut report = CompareReport::between([self.name.clone(), "the edit".to_owned()], [old, &new]);
        let words = old.vocabulary().or(&new.vocabulary());
        let compare = |sides: &mut Sides<'_>, (file, before): (&CaseFile, &Option<Remembered>)| {
            let failed = |why| Box::new(Error::of_case(file, &self.book.called, why));
            let on = as_of.date(&file.case)?;
            let file = file.clone().under(&words).map_err(|unknown| failed(NoSchedule::Case(unknown)))?;
            match sides.compare(before.as_ref(), &file, on, &self.days, &causes).map_err(failed)? {
                // A fault of both is one of the case.
                Compared { old: Err(_), new: Err(fault), .. } => Err(failed(fault.into())),
                case => Ok((case, on)),
            }
        };
        let take = |compared: Result<(Compared, Date), Box<Error>>| match compared {
            Ok((case, on)) => {
                let tiers = [&**old.tiers(), &**new.tiers()];
                report.dates.add(on);
                report.tally.add(&case, tiers);
                let cell = [&case.old, &case.new].map(|side| tier_of(side).to_owned()).into();
                if case.moved() && report.tally.matrix.get(&cell).is_none_or(|cases| *cases <= NAMED) {
                    let mut row = Vec::new();
                    compare_row::json(&case, tiers, &mut row);
                    report.moved.extend(String::from_utf8(row).ok().and_then(|text| RawValue::from_string(text).ok()));
                }
            }
            Err(error) => report.failed.push(Failed { file: self.book.called.as_str().into(), line: None, error }),
        };
        each(self.book.cases.iter().zip(&baseline.said), || Sides::new(old, &new, &causes), compare, take, stop)?;
        if let Some(on) = report.dates.latest() {
            report.over_target = over_target(&report.tally, [old, &new], on);
        }
        Ok(report.written(Format::Json))
    }
}

/// Works on every case on all processors, until it is told to stop.
fn each<T: Send, S, R: Send>(
    cases: impl Iterator<Item = T> + Send,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, T) -> R + Sync,
    mut take: impl FnMut(R),
    stop: &AtomicBool,
) -> Result<(), Problem> {
    let threads = available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let is_stopped = || stop.load(Ordering::Relaxed);
    let work = |state: &mut S, case: T, _: &mut Vec<u8>| (!is_stopped()).then(|| work(state, case));
    let done = ordered_map(
        cases,
        threads,
        |_| 1,
        state,
        work,
        |result, _| {
            let Some(result) = result else { return ControlFlow::Break(()) };
            take(result);
            ControlFlow::Continue(())
        },
    );
    done.map_err(|_| busy())?;
    go_on(stop)
}
