//! What a mapping says of the values of one input: its value table, its dates and its numbers.

use super::{
    convert::{Convert, NOTHING, NumberForm, Other},
    dates::{DateForm, Dates},
    entries::{Entries, Faults, expected, listed, text, under},
    read::Reader,
    source_path::is_nothing,
    spelling::Spellings,
    target::{Holds, Target},
};
use crate::case::{
    document::Node,
    domain::Domain,
    fault::{Fault, Mark, Wrong, nearest},
};
use regex::{Regex, RegexBuilder};
use rust_decimal::Decimal;

/// What a rule may say of values.
pub(super) const KEYS: [&str; 8] = ["words", "absent", "other", "date", "pivot", "number", "pattern", "split"];
const HAS_MEANING: &str = "this spelling has a meaning already";
/// The most memory that the pattern of a mapping may take when it is built, in bytes.
const MAX_PATTERN: usize = 1 << 18;

impl Reader {
    /// How the values of an input are read when nothing is said of them.
    pub(super) fn plain_convert(&mut self, target: &Target, at: Mark, path: &str) -> Option<Convert> {
        if let Some(domain) = target.domain() {
            return Some(Convert::of(Some(domain)));
        }
        match &target.holds {
            Holds::Value(_) | Holds::Values(_) | Holds::Anything => Some(Convert::of(None)),
            Holds::Fields(_) => {
                self.wrong(path, at, "is a group of fields: map each, or use `one`".to_owned());
                None
            }
            Holds::Records(_) => {
                self.wrong(path, at, "is a list of records: use `each`".to_owned());
                None
            }
        }
    }

    /// How the values of an input are read.
    pub(super) fn convert(&mut self, rule: Entries<'_>, target: &Target, path: &str) -> Option<Convert> {
        let mut convert = self.plain_convert(target, rule.at, path)?;
        let domain = target.domain();
        convert.words = rule.get("words").map(|node| self.words(node, domain, &under(path, "words")));
        convert.other = self.other(rule, domain, path, convert.words.is_some());
        convert.dates = dates(rule, path, &mut self.faults);
        convert.number = rule.get("number").map(|node| number(node, &under(path, "number"), &mut self.faults));
        convert.pattern = self.pattern(rule, path);
        self.absent(rule, path, &mut convert);
        if let Some(mark) = rule.text("split", path, &mut self.faults) {
            convert.split = mark.chars().next();
            if mark.chars().count() != 1 || !target.is_list() {
                self.wrong(path, rule.at, "`split` is one sign, between the entries of a list of values".to_owned());
            }
        }
        let is_said = [convert.words.is_some(), convert.dates.is_some(), convert.number.is_some()];
        if is_said.iter().filter(|said| **said).count() > 1 {
            self.wrong(path, rule.at, "is read by one of `words`, `date` and `number`".to_owned());
        }
        Some(convert)
    }

    /// The spellings of nothing. They stand in the value table, so that of a word and of nothing the more particular counts, too;
    /// but where a pattern takes a part of the text they are of the whole.
    fn absent(&mut self, rule: Entries<'_>, path: &str, convert: &mut Convert) {
        let is_whole = convert.pattern.is_some();
        let (table, means) = match &mut convert.words {
            Some((spellings, _)) if !is_whole => (spellings, NOTHING),
            _ => (&mut convert.absent, 0),
        };
        for node in rule.get("absent").map(listed).unwrap_or_default() {
            match text(node) {
                Some(_) if is_nothing(node) => {}
                Some(text) if table.add(text, means) => {}
                Some(_) => self.wrong(&under(path, "absent"), node.at, HAS_MEANING.to_owned()),
                None => {
                    let what = "the spellings of nothing, each a text";
                    self.faults.push(expected(&under(path, "absent"), node.at, what));
                }
            }
        }
    }

    fn words(&mut self, node: &Node, domain: Option<&Domain>, path: &str) -> (Spellings, Vec<String>) {
        let (mut spellings, mut words) = (Spellings::default(), Vec::new());
        for (key, node) in Entries::of(node, path, &mut self.faults).all {
            if let Some(fault) = domain.and_then(|domain| unfit(domain, &key.name)) {
                self.faults.push(Fault::at(under(path, &key.name), Some(key.at), fault));
            }
            for node in listed(node) {
                let Some(spelling) = text(node).filter(|_| !is_nothing(node)) else {
                    let what = "the spellings of this word, each a text; what stands for nothing goes under `absent`";
                    self.faults.push(expected(&under(path, &key.name), node.at, what));
                    continue;
                };
                if !spellings.add(spelling, words.len()) {
                    let said = HAS_MEANING.to_owned();
                    self.faults.push(Fault::at(under(path, &key.name), Some(node.at), Wrong::Other { said }));
                }
            }
            words.push(key.name.clone());
        }
        (spellings, words)
    }

    fn other(&mut self, rule: Entries<'_>, domain: Option<&Domain>, path: &str, has_words: bool) -> Other {
        let Some(node) = rule.get("other") else { return Other::Fault };
        if !has_words {
            self.wrong(
                path,
                node.at,
                "`other` is for what `words` does not list, and there is no such table".to_owned(),
            );
        }
        match text(node) {
            Some("absent") => {
                Other::Absent(self.tally(path, node.at, "values that no table has, taken for absent".to_owned()))
            }
            Some(word) => {
                if let Some(fault) = domain.and_then(|domain| unfit(domain, word)) {
                    self.faults.push(Fault::at(under(path, "other"), Some(node.at), fault));
                }
                let what = format!("values that no table has, taken for `{word}`");
                Other::Word(word.to_owned(), self.tally(path, node.at, what))
            }
            None => {
                self.faults.push(expected(&under(path, "other"), node.at, "a word, or `absent`"));
                Other::Fault
            }
        }
    }

    fn pattern(&mut self, rule: Entries<'_>, path: &str) -> Option<Regex> {
        let pattern = rule.text("pattern", path, &mut self.faults)?;
        let built =
            RegexBuilder::new(pattern).size_limit(MAX_PATTERN).dfa_size_limit(MAX_PATTERN).nest_limit(20).build();
        if built.is_err() {
            let what = "a regular expression that is not too large; the part in its first brackets counts";
            self.faults.push(expected(&under(path, "pattern"), rule.at, what));
        }
        built.ok()
    }
}

/// Why a word cannot stand in an input.
pub(super) fn unfit(domain: &Domain, word: &str) -> Option<Wrong> {
    let number = || Decimal::from_str_exact(word).ok();
    let fits = match domain {
        Domain::Bool => matches!(word, "true" | "false"),
        Domain::Whole { min, max } => word.parse().is_ok_and(|number: i64| (*min..=*max).contains(&number)),
        Domain::Decimal { min, max } => {
            number().is_some_and(|number| (Decimal::from(*min)..=Decimal::from(*max)).contains(&number))
        }
        Domain::Words(words) => {
            if words.contains(&word) {
                return None;
            }
            let known: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            let meant = nearest(word, &known).map(str::to_owned);
            return Some(Wrong::UnknownWord { known, meant, advice: None });
        }
        Domain::Date => crate::case::day::Day::parse(word).is_some(),
        Domain::OwnWords(_) | Domain::Text | Domain::Answers => true,
    };
    (!fits).then(|| Wrong::OutOfDomain { expected: domain.describe_as_expected(), advice: None })
}

/// How dates are written, where that is said.
pub(super) fn dates(rule: Entries<'_>, path: &str, faults: &mut Faults) -> Option<Dates> {
    let Some(node) = rule.get("date") else {
        if let Some(pivot) = rule.get("pivot") {
            let said = "`pivot` is for a `date` with a year of two digits, and there is no `date`".to_owned();
            faults.push(Fault::at(under(path, "pivot"), Some(pivot.at), Wrong::Other { said }));
        }
        return None;
    };
    let mut dates = Dates::default();
    for node in listed(node) {
        match text(node).and_then(DateForm::parse) {
            Some(form) => dates.forms.push(form),
            None => {
                let what = "`iso`, `excel` or the parts of a whole date such as `%d/%m/%Y`";
                faults.push(expected(&under(path, "date"), node.at, what));
            }
        }
    }
    if dates.are_ambiguous() {
        let said = "two of these forms read one text as different days: keep the one that the source is written in";
        faults.push(Fault::at(under(path, "date"), Some(node.at), Wrong::Other { said: said.to_owned() }));
    }
    if let Some(pivot) = rule.text("pivot", path, faults) {
        dates.pivot = pivot.parse().ok().filter(|pivot| (0..=99).contains(pivot));
        if dates.pivot.is_none() {
            faults.push(expected(&under(path, "pivot"), rule.at, "a whole number from 0 to 99"));
        }
        if !dates.forms.iter().any(DateForm::is_short) {
            let said = "`pivot` is for a year of two digits, `%y`, and no form of `date` has one".to_owned();
            faults.push(Fault::at(under(path, "pivot"), Some(node.at), Wrong::Other { said }));
        }
    } else if dates.forms.iter().any(DateForm::is_short) {
        let said = "a year of two digits needs `pivot`, the last one that is of this century".to_owned();
        faults.push(Fault::at(path, Some(node.at), Wrong::Other { said }));
    }
    Some(dates)
}

fn number(node: &Node, path: &str, faults: &mut Faults) -> NumberForm {
    let said = Entries::of(node, path, faults);
    said.only(&["decimal", "thousands", "percent", "strip", "divide"], path, faults);
    let mut sign = |key: &str| {
        let text = said.text(key, path, faults)?;
        let sign = text.chars().next().filter(|sign| text.chars().count() == 1 && !sign.is_alphanumeric());
        if sign.is_none() {
            faults.push(expected(&under(path, key), said.at, "one sign"));
        }
        sign
    };
    let (decimal, thousands) = (sign("decimal"), sign("thousands"));
    if thousands.is_some() && thousands == decimal.or(Some('.')) {
        let said_twice = "the mark of decimals and that of thousands are the same".to_owned();
        faults.push(Fault::at(path, Some(said.at), Wrong::Other { said: said_twice }));
    }
    let divide =
        said.text("divide", path, faults).map(|by| Decimal::from_str_exact(by).ok().filter(|by| !by.is_zero()));
    if divide == Some(None) {
        faults.push(expected(&under(path, "divide"), said.at, "a number other than 0"));
    }
    let percent = said.truth("percent", path, faults);
    let strip = said.text("strip", path, faults).map(str::to_owned);
    NumberForm { decimal, thousands, percent, strip, divide: divide.flatten() }
}
