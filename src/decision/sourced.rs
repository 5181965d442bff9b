//! What a case was made of, where a mapping made it of a service's own data: so that an answer can name the place of a value there,
//! and raises nothing on the absence of what the source could never say.

use crate::{
    case::{
        Case,
        document::{Content, Node},
    },
    decision::decide::CaseFile,
    mapping::{JOINED, Maker, Mapping, Record},
    policy::vocabulary::Vocabulary,
};
use jiff::civil::Date;
use std::sync::{Arc, OnceLock};

/// A record of a service's own, of which a mapping made a case.
#[derive(Debug, Clone)]
pub struct Sourced {
    /// The record, each value where it stands.
    pub record: Node,
    /// The mapping.
    pub mapping: Arc<Mapping>,
    /// Whether the names of the record were looked at before, as those of columns are.
    has_columns: bool,
    /// What made each value, found out when it is first asked for.
    makers: OnceLock<Vec<(String, Maker)>>,
}

impl Sourced {
    /// A record and its mapping. `has_columns` says that the names of the record are those of columns.
    #[must_use]
    pub const fn new(record: Node, mapping: Arc<Mapping>, has_columns: bool) -> Self {
        Self { record, mapping, has_columns, makers: OnceLock::new() }
    }

    /// What made the value at a path of the case, or the group or list that it is nearest to.
    #[must_use]
    pub fn maker_of(&self, path: &str) -> Option<&Maker> {
        let makers = self.makers.get_or_init(|| self.mapping.makers(&self.record, self.has_columns));
        let mut nearest: Option<&(String, Maker)> = None;
        for one in makers {
            let rest = path.strip_prefix(one.0.as_str());
            let leads = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
            if leads && nearest.is_none_or(|nearest| nearest.0.len() < one.0.len()) {
                nearest = Some(one);
            }
        }
        nearest.map(|(_, maker)| maker)
    }

    /// The place in the source that a value of the case is from, such as `registrations[1].code`; none for what is the same in
    /// every case.
    #[must_use]
    pub fn place_of(&self, document: &Node, path: &str) -> Option<String> {
        // What is nearest may stand above: then the case does not say it.
        let node = document.nearest(path)?;
        let above = path.rfind(['.', '[']).and_then(|end| document.nearest(path.get(..end)?));
        if above.is_some_and(|above| std::ptr::eq(above, node)) {
            return None;
        }
        let at = node.at;
        // It stands where the record begins, and so may a value of the record.
        if at == self.record.at && self.maker_of(path).is_some_and(|maker| maker.is_constant) {
            return None;
        }
        let Content::Map(entries) = &self.record.content else { return None };
        let is_joined = !self.mapping.tables.is_empty();
        let maker = is_joined.then(|| self.maker_of(path)).flatten();
        if let Some(table) = maker.and_then(|maker| maker.table.as_deref()) {
            let (_, rows) = entries.iter().find(|(key, _)| key.name == table)?;
            let inside = if at == JOINED { String::new() } else { rows.path_to(at).unwrap_or_default() };
            return Some(format!("{table}{inside}"));
        }
        entries.iter().filter(|(_, value)| value.at != JOINED).find_map(|(key, value)| {
            if value.at == at {
                return Some(key.name.clone());
            }
            let inside = value.path_to(at)?;
            let joint = if inside.starts_with('[') { "" } else { "." };
            Some(format!("{}{joint}{inside}", key.name))
        })
    }

    /// The case that its mapping makes of the record for an answer of a date, judged by a policy of this vocabulary; nothing where it makes none.
    #[must_use]
    pub fn case_on(sourced: &Arc<Self>, on: Date, known: &Vocabulary) -> Option<CaseFile> {
        let Record { document, problems } = sourced.mapping.apply_again(&sourced.record, sourced.has_columns, Some(on));
        let (case, document) = Case::from_document(document).ok().filter(|_| problems.is_empty())?;
        let (case, document) = (Arc::new(case), Some(Arc::new(document)));
        CaseFile { case, document, sourced: Some(Arc::clone(sourced)) }.under(known).ok()
    }

    /// Whether an input is one of which the source can say nothing.
    #[must_use]
    pub fn cannot_know(&self, path: &str) -> bool {
        let leads =
            |one: &String| path.strip_prefix(one.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.mapping.not_exported.iter().any(leads)
    }
}
