//! What words are given: fields of a history, cut-offs, tiers, units, modes.

use super::{
    comparisons::instead,
    meaning::{Meaning, One, Spot, Written},
    rules::SEVERITIES,
    walk::Walk,
};
use crate::{
    case::{
        day::Day,
        domain::Domain,
        text::FreeWord,
        value::Value,
        words::{ContactMode, Grade, Level, Place as From},
    },
    language::{
        builtins::{Builtin, Calling, Run, with_noun},
        kinds::Kinds,
        program::Node,
        tree::Place,
    },
};
use rust_decimal::Decimal;
use std::rc::Rc;

impl<'a> Walk<'a> {
    /// What a word gives of what it is given.
    pub(super) fn word(
        &mut self,
        word: &'static Builtin,
        given: &[Meaning],
        nodes: &'a [Node],
        place: Place,
    ) -> Meaning {
        let at: Vec<Place> = nodes.iter().map(|node| node.place).collect();
        if let Run::Calling(calling) = word.run {
            if calling != Calling::Call {
                self.taken(word, given, &at);
            }
            return self.calling(calling, given);
        }
        match (word.name, given) {
            ("==" | "!=" | "<" | "<=" | ">" | ">=", [left, right]) => self.compared(word.name, left, right, place),
            ("contains" | "index_of", [list, item]) => self.held(list, item),
            ("overlap", [one, other]) => self.held(one, &other.entries()),
            _ => self.taken(word, given, &at),
        }
        self.unguarded(word, given, &at, place);
        self.asked(word.name, given, place);
        if !word.gives.without(Kinds::STANDARD).is_empty() {
            return self.gives(word, given);
        }
        match given.first() {
            // A standard that is refined is the one that was made before.
            Some(standard) if standard.ones().iter().any(|one| matches!(one, One::Standard(..))) => standard.clone(),
            _ => Meaning::one(One::Standard(word.gives, Spot::Script(self.script, place))),
        }
    }

    /// What a word asks of the words and numbers that it is given.
    fn asked(&mut self, name: &str, given: &[Meaning], place: Place) {
        let tiers = std::sync::Arc::clone(self.policy.tiers());
        let listed = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        match (name, given) {
            ("at_least", [tier]) => self.floor(tier),
            ("decide" | "rank", [tier]) => self.among("unknown-tier", "tier", &tiers.all(), tier),
            ("raised", [tier, _, top]) => {
                self.among("unknown-tier", "tier", tiers.ordered(), tier);
                self.among("unknown-tier", "tier", tiers.ordered(), top);
            }
            ("points", [axis, _]) => self.among("unknown-axis", "axis", tiers.axes(), axis),
            ("every", [_, unit, ..]) => {
                self.among("unknown-word", "unit of time", &listed(&["day", "week", "month"]), unit);
                if let [_, _, mode] = given {
                    let modes = self.modes();
                    self.among("unknown-word", "mode of contact", &modes, mode);
                }
            }
            ("held_by", [grade, from]) => {
                self.among("unknown-word", "grade", &listed(Grade::WORDS), grade);
                self.among("unknown-word", "place", &listed(From::WORDS), from);
            }
            ("reaches", [level, floor]) => {
                self.among("unknown-word", "level of risk", &listed(Level::WORDS), level);
                self.among("unknown-word", "level of risk", &listed(Level::WORDS), floor);
                self.tested.compared(level, floor);
            }
            ("worst", [levels]) => {
                self.among("unknown-word", "level of risk", &listed(Level::WORDS), &levels.entries());
            }
            ("having", [list, field, wanted]) => self.having(list, field, wanted),
            ("changes", [list, field]) => drop(self.fields(list, field)),
            ("grouped", [list, fields]) => drop(self.fields(list, &fields.entries())),
            ("band", [score, cut_offs]) => self.bands(score, cut_offs),
            ("pick", [table, score]) => self.picked(table, score),
            ("reaching", [scores, table]) => self.reaching(scores, table, place),
            ("flag", [code, ..]) => self.codes(code),
            ("pattern", [code, severity, ..]) => {
                self.codes(code);
                self.severities(severity);
            }
            ("date", [text]) => self.dates(text),
            ("get", [table, key]) => {
                let tables: Vec<_> = table.ones().to_vec();
                for one in tables {
                    if let One::Table(table) = one {
                        self.row(&table, key, None);
                    }
                }
            }
            _ => {}
        }
    }

    /// The modes of contact: those of the case model, and the kinds that the policy names.
    fn modes(&self) -> Vec<String> {
        let own = self.policy.parameters().by_name.get("contact_modes");
        let own = own.iter().flat_map(|modes| modes.values.values()).filter_map(|dated| match &dated.value {
            Value::Record(entries) => Some(entries.iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>()),
            _ => None,
        });
        let mut modes: Vec<String> = own.flatten().collect();
        let of_model = ContactMode::WORDS.iter().map(|mode| (*mode).to_owned());
        modes.extend(of_model.filter(|mode| !modes.contains(mode)).collect::<Vec<_>>());
        modes
    }

    fn codes(&mut self, code: &Meaning) {
        for written in code.all_written() {
            let fits = matches!(&written.value, Value::Text(word) if FreeWord::parse(word).is_some());
            self.judge("bad-code", written.spot, fits, || {
                let help = "write it in lower-case letters, digits and underscores".to_owned();
                (format!("`{}` is no code of a flag", written.value), help)
            });
        }
    }

    fn severities(&mut self, severity: &Meaning) {
        for written in severity.all_written() {
            let Value::Text(word) = &written.value else { continue };
            let fits = SEVERITIES.contains(&&**word);
            self.judge("unknown-severity", written.spot, fits, || {
                let known: Vec<String> = SEVERITIES.iter().map(|word| (*word).to_owned()).collect();
                (format!("`{word}` is no severity of a pattern"), instead(word, &known))
            });
        }
    }

    fn dates(&mut self, text: &Meaning) {
        for written in text.all_written() {
            let fits = matches!(&written.value, Value::Text(text) if Day::parse(text).is_some());
            self.judge("bad-date", written.spot, fits, || {
                let help = "write a date that exists as YYYY-MM-DD".to_owned();
                (format!("`{}` is no date", written.value), help)
            });
        }
    }

    /// The fields that some names mean in the entries of a list.
    fn fields(&mut self, list: &Meaning, names: &Meaning) -> Meaning {
        let entries = list.entries();
        let mut all = Meaning::never();
        if entries.0.is_none() || names.0.is_none() {
            return Meaning::ANYTHING;
        }
        for written in names.all_written() {
            let Value::Text(name) = &written.value else { continue };
            for one in entries.ones() {
                all = all.or(match one {
                    One::Record(fields, more) => self.field_of(fields, more, name, written.spot),
                    _ => Meaning::ANYTHING,
                });
            }
        }
        all
    }

    fn having(&mut self, list: &Meaning, field: &Meaning, wanted: &Meaning) {
        let field = self.fields(list, field);
        let listed = wanted.ones().iter().any(|one| matches!(one, One::Row(_) | One::List(_)));
        let wanted = if listed { wanted.entries() } else { wanted.clone() };
        self.held(&Meaning::one(One::List(Rc::new(field))), &wanted);
    }

    /// Cut-offs that do not rise, or that the score never reaches.
    fn bands(&mut self, score: &Meaning, cut_offs: &Meaning) {
        for one in cut_offs.ones() {
            let One::Row(row) = one else { continue };
            let numbers: Vec<(&Rc<Written>, Decimal)> = row
                .0
                .iter()
                .filter_map(|one| one.all_written().next())
                .filter_map(|one| Some((one, one.value.number()?)))
                .collect();
            if let Some((_, (written, _))) =
                numbers.iter().zip(numbers.iter().skip(1)).find(|((_, before), (_, after))| before >= after)
            {
                let message = "these cut-offs do not rise: each belongs to the band above it".to_owned();
                self.find("not-rising", written.spot, message, "write them from the lowest to the highest".to_owned());
            }
            let reached = |leaf: &Domain, at: Decimal| match leaf {
                Domain::Whole { min, max } | Domain::Decimal { min, max } => {
                    at > Decimal::from(*min) && at <= Decimal::from(*max)
                }
                _ => true,
            };
            let leaves: Vec<_> = score.leaves().cloned().collect();
            for (written, at) in numbers.into_iter().filter(|_| !leaves.is_empty()) {
                let fits = leaves.iter().any(|leaf| reached(&leaf.domain, at));
                self.judge("out-of-range", written.spot, fits, || {
                    let expected = leaves.first().map(|leaf| (leaf.path.clone(), leaf.domain.describe_as_expected()));
                    let (path, expected) = expected.unwrap_or_default();
                    (format!("no `{path}` lies on both sides of {at}"), format!("it is {expected}"))
                });
            }
        }
    }

    /// Rows of a table of limits that the score never reaches, or that stand there twice.
    fn picked(&mut self, table: &Meaning, score: &Meaning) {
        for one in table.ones() {
            let One::Row(rows) = one else { continue };
            let mut known: Vec<Decimal> = Vec::new();
            for row in rows.0.iter().flat_map(Meaning::ones) {
                let [from, _, ..] = self.parts_of(row, "`[from, entry]`") else { continue };
                self.compared_limits(score, from);
                let Some((written, at)) = from.all_written().next().and_then(|one| Some((one, one.value.number()?)))
                else {
                    continue;
                };
                if known.contains(&at) {
                    let message = format!("two rows begin at {at}: only the first is ever taken");
                    self.find("not-rising", written.spot, message, "give each row a number of its own".to_owned());
                }
                known.push(at);
            }
        }
    }

    /// The parts of a row of a table, at least two; of one that has fewer none, and it is found.
    fn parts_of<'m>(&mut self, row: &'m One, form: &str) -> &'m [Meaning] {
        let spot = match row {
            One::Row(row) if row.0.len() > 1 => return &row.0,
            One::Row(row) => row.1,
            One::Written(written) => written.spot,
            _ => return &[],
        };
        let message = "a row of this table has less than its two parts".to_owned();
        self.find("wrong-kind", spot, message, format!("write it as {form}, with a comma between the two"));
        &[]
    }

    /// Scores, each held against the row in its place.
    fn reaching(&mut self, scores: &Meaning, table: &Meaning, place: Place) {
        let rows = table.entries();
        for row in rows.ones() {
            if let [_, cut_off, ..] = self.parts_of(row, "`[name, cut-off]`") {
                self.compared_limits(&scores.entries(), cut_off);
            }
        }
        if let ([One::Row(scores)], [One::Row(rows)]) = (scores.ones(), table.ones())
            && scores.0.len() != rows.0.len()
        {
            let count = |list: &[Meaning], noun| with_noun(i64::try_from(list.len()).unwrap_or(i64::MAX), noun);
            let message = format!("`reaching` is given {} and {}", count(&scores.0, "score"), count(&rows.0, "row"));
            let help = "give one score for each row `[name, cut-off]`".to_owned();
            self.find("wrong-kind", Spot::Script(self.script, place), message, help);
        }
    }

    fn compared_limits(&mut self, score: &Meaning, from: &Meaning) {
        if score.leaves().next().is_some() {
            self.compared(">=", score, from, Place::default());
        }
    }

    /// A floor is a tier in the order.
    fn floor(&mut self, tier: &Meaning) {
        let tiers = std::sync::Arc::clone(self.policy.tiers());
        self.among("unknown-tier", "tier", &tiers.all(), tier);
        for written in tier.all_written() {
            let word = written.value.to_string();
            if tiers.is_outside(&word) {
                let message = format!("`{word}` is outside the order of tiers, so it cannot be a floor");
                self.find("unknown-tier", written.spot, message, format!("use `decide(\"{word}\")`"));
            }
        }
    }
}
