//! What no single field can be checked for: that dates stand in an order that can be.

use super::{
    day::Day,
    document::Node,
    fault::{Fault, Wrong},
    model::Case,
    sentence::Sentence,
};

/// Checks a case that has been read; with the document that it was read from, a fault names the line.
///
/// # Errors
///
/// The first pair of dates that cannot stand as they do.
pub fn check_dates(case: &Case, document: Option<&Node>) -> Result<(), Fault> {
    let order = Order { document };
    order.sentence(|| "sentence".to_owned(), &case.sentence)?;
    for (index, sentence) in case.other_sentences.iter().enumerate() {
        order.sentence(|| format!("other_sentences[{index}]"), sentence)?;
    }
    order.custody(case)?;
    for (index, status) in case.supervision.status.iter().enumerate() {
        let path = || format!("supervision.status[{index}].to");
        order.not_before(Some(status.from), status.to, path, "ends before it begins")?;
    }
    let born = case.date_of_birth;
    order.not_before(born, case.sentence.imposed_on, || "sentence.imposed_on".to_owned(), "before the date of birth")
}

struct Order<'a> {
    document: Option<&'a Node>,
}

impl Order<'_> {
    fn sentence(&self, path: impl Fn() -> String, sentence: &Sentence) -> Result<(), Fault> {
        let starts = sentence.starts_on.or(sentence.imposed_on);
        let rule = "starts before it was imposed";
        self.not_before(sentence.imposed_on, sentence.starts_on, || format!("{}.starts_on", path()), rule)?;
        self.not_before(starts, sentence.ends_on, || format!("{}.ends_on", path()), "ends before it starts")?;
        let rule = "terminated before it was imposed";
        self.not_before(sentence.imposed_on, sentence.terminated_on, || format!("{}.terminated_on", path()), rule)
    }

    /// Periods may stand in any order in the file; two of them may touch and not overlap.
    fn custody(&self, case: &Case) -> Result<(), Fault> {
        let mut periods: Vec<_> = case.custody.iter().enumerate().collect();
        for (index, period) in &periods {
            let path = || format!("custody[{index}].to");
            self.not_before(Some(period.from), period.to, path, "ends before it begins")?;
        }
        periods.sort_by_key(|(_, period)| (period.from, period.to.is_none(), period.to));
        for pair in periods.windows(2) {
            let [(_, earlier), (index, later)] = pair else { continue };
            let rule = "overlaps another period in custody";
            let path = || format!("custody[{index}].from");
            match earlier.to {
                Some(to) => self.not_before(Some(to), Some(later.from), path, rule)?,
                None => return Err(self.fault(&path(), rule)),
            }
        }
        Ok(())
    }

    fn not_before(
        &self,
        first: Option<Day>,
        then: Option<Day>,
        path: impl Fn() -> String,
        rule: &'static str,
    ) -> Result<(), Fault> {
        match (first, then) {
            (Some(first), Some(then)) if then < first => Err(self.fault(&path(), rule)),
            _ => Ok(()),
        }
    }

    fn fault(&self, path: &str, rule: &'static str) -> Fault {
        let node = self.document.and_then(|document| document.nearest(path));
        Fault::at(path, node.map(|node| node.at), Wrong::DateOrder { rule })
    }
}
