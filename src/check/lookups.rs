//! What is looked up by a name and not there: a field of a record, an entry of a table, a way of a `switch`.

use super::{
    comparisons::instead,
    meaning::{Meaning, One, Spot, Table},
    walk::Walk,
};
use crate::{
    case::{
        domain::Domain,
        input::{Entry, GroupId},
        record::{Field, Shape},
        value::Value,
    },
    language::{
        program::{Expr, Label, Node, Switch},
        tree::Place,
    },
};
use std::rc::Rc;

impl<'a> Walk<'a> {
    /// A part of a value, or a table.
    pub(super) fn part(&mut self, node: &'a Node) -> Meaning {
        match &node.expr {
            Expr::Field { of, name, .. } => {
                let of = self.node(of);
                self.field(&of, name, node.place)
            }
            Expr::Index { of, at, .. } => {
                let group = if let Expr::Group(group) = &of.expr { Some(*group) } else { None };
                let (of, key) = (self.node(of), self.node(at));
                match group {
                    Some(group) => self.of_group(group, &key),
                    None => self.entry(&of, &key, (at.place, node.place)),
                }
            }
            Expr::Keyed { key, inputs, .. } => {
                let key = self.node(key);
                let names: Vec<String> = inputs.iter().map(|(name, _)| name.to_string()).collect();
                self.among("unknown-input", "input", &names, &key);
                Meaning::any_of(inputs.iter().map(|(_, id)| {
                    let input = self.policy.inputs().get(*id);
                    Meaning::of_shape(&input.path, &input.shape, Some(*id))
                }))
            }
            Expr::Table(entries) => {
                let spot = Spot::Script(self.script, node.place);
                let entries = entries
                    .iter()
                    .map(|(name, node)| (name.to_string(), Spot::Script(self.script, node.place), self.node(node)));
                Meaning::one(One::Table(Rc::new(Table { entries: entries.collect(), spot })))
            }
            _ => Meaning::ANYTHING,
        }
    }

    /// An input of a group, by a name that is worked out.
    fn of_group(&mut self, group: GroupId, key: &Meaning) -> Meaning {
        let inputs = std::sync::Arc::clone(self.policy.inputs());
        let group = inputs.group(group);
        let names: Vec<String> = group.entries.keys().cloned().collect();
        self.among("unknown-input", "input", &names, key);
        Meaning::any_of(group.entries.values().map(|entry| match entry {
            Entry::Input(id) => {
                let input = inputs.get(*id);
                Meaning::of_shape(&input.path, &input.shape, Some(*id))
            }
            Entry::Group(_) => Meaning::ANYTHING,
        }))
    }

    /// A field of a value, by its name.
    pub(super) fn field(&mut self, of: &Meaning, name: &str, place: Place) -> Meaning {
        if of.0.is_none() {
            return Meaning::ANYTHING;
        }
        let mut all = Meaning::never();
        for one in of.ones() {
            all = all.or(match one {
                One::Absent => Meaning::never(),
                One::Table(table) => match table.get(name) {
                    Some(meaning) => meaning.clone(),
                    None => self.no_entry(table, name, place),
                },
                One::Record(fields, more) => self.field_of(fields, more, name, Spot::Script(self.script, place)),
                _ => Meaning::ANYTHING,
            });
        }
        all
    }

    /// A table that lacks what a rule asks it for: where the table stands, if it is one of the numbers.
    fn no_entry(&mut self, table: &Table, name: &str, place: Place) -> Meaning {
        let known: Vec<String> = table.entries.iter().map(|(known, ..)| known.clone()).collect();
        let message = format!("the table has no `{name}`, which a rule asks it for");
        match table.spot {
            spot @ Spot::Number(..) => {
                self.find("missing-entry", spot, message, format!("add `{name}`, or take it out of the rule"));
            }
            Spot::Script(..) => {
                let message = format!("there is no `{name}` here");
                self.find("unknown-field", Spot::Script(self.script, place), message, instead(name, &known));
            }
        }
        Meaning::ANYTHING
    }

    pub(super) fn field_of(&mut self, fields: &'static [Field], more: &[&str], name: &str, spot: Spot) -> Meaning {
        if let Some(field) = fields.iter().find(|field| field.name == name) {
            return self.field_as(fields, Meaning::of_shape(field.name, &(field.shape)(), None));
        }
        if !more.contains(&name) {
            let known: Vec<String> = fields.iter().map(|field| field.name.to_owned()).collect();
            self.find("unknown-field", spot, format!("an entry of this list has no `{name}`"), instead(name, &known));
        }
        Meaning::ANYTHING
    }

    /// An entry of a value, by a key that is worked out; the place of the key, and of the whole.
    fn entry(&mut self, of: &Meaning, key: &Meaning, (place, whole): (Place, Place)) -> Meaning {
        if of.0.is_none() {
            return Meaning::ANYTHING;
        }
        let number = match key.ones() {
            [One::Written(written)] => match &written.value {
                Value::Whole(number) => usize::try_from(*number).ok(),
                _ => None,
            },
            _ => None,
        };
        self.length(of, key, whole);
        let mut all = Meaning::never();
        for one in of.ones() {
            all = all.or(match (one, number) {
                (One::Absent, _) => Meaning::never(),
                (One::Row(row), Some(number)) => row.0.get(number).cloned().unwrap_or(Meaning::ANYTHING),
                (One::Row(_) | One::List(_), _) => Meaning::one(one.clone()).entries(),
                (One::Table(table), _) if table.is_made() && key.leaves().next().is_none() => {
                    self.part_of_made(table, key, place)
                }
                (One::Table(table), _) => self.row(table, key, Some(whole)),
                (One::Record(fields, more), _) => self.fields_of(fields, more, key, place),
                _ => Meaning::ANYTHING,
            });
        }
        all
    }

    /// A part of a table that the engine makes, by a name that is written.
    fn part_of_made(&mut self, table: &Table, key: &Meaning, place: Place) -> Meaning {
        let Some(names) = key.words() else { return Meaning::ANYTHING };
        Meaning::any_of(names.iter().map(|name| match table.get(name) {
            Some(meaning) => meaning.clone(),
            None => self.no_entry(table, name, place),
        }))
    }

    /// Lists that are asked for the entry at a number which an input can have and they have not.
    fn length(&mut self, of: &Meaning, key: &Meaning, whole: Place) {
        let most = |one: &One| match one {
            One::Absent => Some(0),
            One::Of(leaf) => match leaf.domain {
                Domain::Whole { max, .. } => Some(max),
                _ => None,
            },
            _ => None,
        };
        let Some(most) = key.ones().iter().map(most).collect::<Option<Vec<i64>>>() else { return };
        let lists = of.ones().iter().map(|one| if let One::Row(row) = one { Some(row) } else { None });
        let Some(lists) = lists.collect::<Option<Vec<_>>>() else { return };
        // Of several, such as those of several dates, the longest: which of them it is when is not seen from here.
        let longest = lists.iter().max_by_key(|row| row.0.len());
        let Some((row, len)) = longest.and_then(|row| Some((row, i64::try_from(row.0.len()).ok()?))) else { return };
        if most.iter().any(|most| *most >= len) {
            self.doubt_length(row.1, whole, len);
        }
    }

    fn fields_of(&mut self, fields: &'static [Field], more: &[&str], key: &Meaning, place: Place) -> Meaning {
        let names: Option<Vec<String>> = key.words();
        let spot = Spot::Script(self.script, place);
        match names {
            Some(names) => Meaning::any_of(names.iter().map(|name| self.field_of(fields, more, name, spot))),
            None => Meaning::ANYTHING,
        }
    }

    /// The rows of a table that a key can ask for. Where each must be there, those that are not are in doubt; `asked_at` is where.
    pub(super) fn row(&mut self, table: &Table, key: &Meaning, asked_at: Option<Place>) -> Meaning {
        let Some(asked) = key.words() else {
            return Meaning::any_of(table.entries.iter().map(|(.., one)| one.clone()));
        };
        if matches!(table.spot, Spot::Number(..)) && key.leaves().next().is_some() {
            for (name, spot, _) in &table.entries {
                let fits = asked.contains(name);
                self.judge("unknown-word", *spot, fits, || {
                    (format!("no rule asks this table for `{name}`"), instead(name, &asked))
                });
            }
        }
        // What is written in the script beside what an input can be has a finding of its own.
        let spelt: Vec<String> = key.all_written().map(|written| written.value.to_string()).collect();
        let is_open = key.leaves().next().is_some();
        let mut needed = self.tested.left(key).unwrap_or_default();
        needed.retain(|name| !is_open || !spelt.contains(name));
        needed.retain(|name| table.get(name).is_none());
        if let Some(place) = asked_at.filter(|_| !needed.is_empty() && !self.has_asked(table, key)) {
            self.doubt("missing-entry", table.spot, place, needed);
        }
        Meaning::any_of(asked.iter().filter_map(|name| table.get(name)).cloned())
    }

    /// Whether a table was asked if it has a key, or an entry of a list was held against a word: which of them are left then is not
    /// seen, from here or by the evaluator.
    fn has_asked(&self, table: &Table, key: &Meaning) -> bool {
        let is_entry = |path: &str| {
            let input = self.policy.inputs().find(path).map(|id| &self.policy.inputs().get(id).shape);
            matches!(input, Some(Shape::List(_)))
        };
        self.tested.has(table, key) || key.leaves().any(|leaf| is_entry(&leaf.path) && self.tested.is_asked(&leaf.path))
    }

    /// A `switch`: labels that the value never is, and values that no way is for.
    pub(super) fn switch(&mut self, switch: &'a Switch, place: Place) -> Meaning {
        let of = self.node(&switch.of);
        let mut labels: Vec<Value> = Vec::new();
        for arm in &switch.arms {
            if let Label::Value(label) = &arm.label {
                let spot = Spot::Script(self.script, self.label_place(label, arm.body.place));
                let written = Meaning::written(label.clone(), spot);
                self.compared("==", &of, &written, arm.body.place);
                if labels.contains(label) {
                    let message = format!("a way above is for `{label}`: this one is never taken");
                    self.find("never-holds", spot, message, "take one of the two away".to_owned());
                }
                labels.extend(arm.condition.is_none().then(|| label.clone()));
            }
            arm.condition.iter().for_each(|condition| drop(self.node(condition)));
        }
        let bodies = switch.arms.iter().map(|arm| &arm.body).chain(switch.otherwise.iter().map(|(_, body)| body));
        let made = self.each_way(bodies);
        if switch.otherwise.is_some() {
            return made;
        }
        let left = of.words().map(|mut words| {
            words.retain(|word| !labels.contains(&Value::Text(word.as_str().into())));
            words
        });
        if left.as_ref().is_some_and(Vec::is_empty) {
            return made;
        }
        self.doubt("missing-way", Spot::Script(self.script, place), place, left.unwrap_or_default());
        made.or(Meaning::one(One::Absent))
    }

    /// Where a label stands: before what its way does, as near as the text says.
    fn label_place(&self, label: &Value, body: Place) -> Place {
        let source = self.program.source(self.script).map_or("", |source| &source.text);
        let line = source.lines().nth((body.line as usize).saturating_sub(1)).unwrap_or("");
        let quoted = format!("\"{label}\"");
        let body_at =
            line.char_indices().nth((body.column as usize).saturating_sub(1)).map_or(line.len(), |(at, _)| at);
        let before = line.get(..body_at).and_then(|line| line.get(..line.rfind(&quoted)?));
        let before = before.map(|before| before.chars().count() + 1);
        let column = before.and_then(|column| u32::try_from(column).ok()).unwrap_or(body.column);
        Place { column, ..body }
    }
}
