//! The table of inputs: every path that a policy script can read, what it can hold, and what its absence means. It is made
//! from the declarations of the case model, so it cannot differ from what is read.

use super::{
    derived::{DERIVED, Derived},
    domain::Domain,
    later::LATER,
    model::Case,
    record::{Field, Kind, Shape, Tense},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock},
};

/// Number of an input in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InputId(pub u16);

/// Number of a group of inputs, such as `oasys.sections`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupId(pub u16);

/// One path that a script can read.
#[derive(Debug, Clone)]
pub struct Input {
    /// The path, in a file as in a script: `oasys.ogrs3` is `person.oasys.ogrs3`.
    pub path: Arc<str>,
    /// What it means, one sentence.
    pub doc: String,
    /// What its absence means.
    pub kind: Kind,
    /// What it says of when something was known, if it is a date of a case.
    pub tense: Option<Tense>,
    /// Where a service has it from.
    pub from: String,
    /// What it can hold.
    pub shape: Shape,
    /// How its value is found.
    pub source: Source,
}

/// How the value of an input is found.
#[derive(Debug, Clone)]
pub enum Source {
    /// In the case, by the position of each field on the way.
    Field(Vec<usize>),
    /// The date that the answer is for, whatever the case says.
    On,
    /// Computed from other inputs.
    Derived(&'static Derived),
    /// Among the policy's own inputs.
    Local(String),
    /// Given by a later stage, under this path.
    Later(&'static str),
}

impl Input {
    /// The domain of a single value; none for a list.
    #[must_use]
    pub const fn domain(&self) -> Option<&Domain> {
        match &self.shape {
            Shape::Leaf(domain) => Some(domain),
            Shape::Record(_) | Shape::List(_) => None,
        }
    }

    /// What it can hold, in words.
    #[must_use]
    pub fn describe(&self) -> String {
        describe(&self.shape)
    }
}

fn describe(shape: &Shape) -> String {
    match shape {
        Shape::Leaf(domain) => domain.describe(),
        Shape::List(of) => format!("list of {}", describe(of)),
        Shape::Record(fields) => {
            let names: Vec<String> = fields.iter().map(|field| format!("`{}`", field.name)).collect();
            format!("{{{}}}", names.join(" "))
        }
    }
}

/// What stands under a name of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// An input.
    Input(InputId),
    /// A group of inputs.
    Group(GroupId),
}

/// A group of inputs.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// Its path; empty for the case itself.
    pub path: String,
    /// What stands in it, by name.
    pub entries: BTreeMap<String, Entry>,
}

/// Every input that a policy can read.
#[derive(Debug, Clone)]
pub struct InputTable {
    inputs: Vec<Input>,
    groups: Vec<Group>,
}

static COMMON: LazyLock<InputTable> = LazyLock::new(InputTable::build);

impl InputTable {
    /// The inputs that every policy can read.
    #[must_use]
    pub fn common() -> &'static Self {
        &COMMON
    }

    /// The common inputs and a policy's own, under `local`.
    #[must_use]
    pub fn with_own(own: impl IntoIterator<Item = (String, Domain, String)>) -> Self {
        let mut table = Self::common().clone();
        for (name, domain, doc) in own {
            table.add(Input {
                path: format!("local.{name}").into(),
                doc,
                kind: Kind::Fact,
                tense: None,
                from: "the policy".to_owned(),
                shape: Shape::Leaf(domain),
                source: Source::Local(name),
            });
        }
        table
    }

    /// The same with paths of its own.
    #[must_use]
    pub fn copied(&self) -> Self {
        let own = |input: &Input| Input { path: (*input.path).into(), ..input.clone() };
        Self { inputs: self.inputs.iter().map(own).collect(), ..self.clone() }
    }

    fn build() -> Self {
        let mut table = Self { inputs: Vec::new(), groups: vec![Group::default()] };
        table.group_at("local");
        table.add_fields("", Case::FIELDS, &[]);
        for derived in DERIVED {
            table.add(Input {
                path: derived.path.into(),
                doc: derived.doc.to_owned(),
                kind: derived.kind,
                tense: None,
                from: "derived".to_owned(),
                shape: (derived.shape)(),
                source: Source::Derived(derived),
            });
        }
        for later in LATER {
            table.add(Input {
                path: later.path.into(),
                doc: later.doc.to_owned(),
                kind: Kind::Detail,
                tense: None,
                from: "the tier policy that it runs with".to_owned(),
                shape: (later.shape)(),
                source: Source::Later(later.path),
            });
        }
        table
    }

    fn add_fields(&mut self, prefix: &str, fields: &'static [Field], steps: &[usize]) {
        for (index, field) in fields.iter().enumerate() {
            let path = if prefix.is_empty() { field.name.to_owned() } else { format!("{prefix}.{}", field.name) };
            let steps: Vec<usize> = steps.iter().copied().chain([index]).collect();
            match (field.shape)() {
                Shape::Record(inner) => self.add_fields(&path, inner, &steps),
                shape => self.add(Input {
                    source: if path == "assessed_on" { Source::On } else { Source::Field(steps) },
                    path: path.into(),
                    doc: field.doc.to_owned(),
                    kind: field.kind,
                    tense: field.tense,
                    from: field.from.to_owned(),
                    shape,
                }),
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "the case model has a few hundred inputs")]
    fn add(&mut self, input: Input) {
        let id = InputId(self.inputs.len() as u16);
        let (group, name) = input.path.rsplit_once('.').unwrap_or(("", &input.path));
        let (group, name) = (self.group_at(group), name.to_owned());
        if let Some(group) = self.groups.get_mut(usize::from(group.0)) {
            group.entries.insert(name, Entry::Input(id));
        }
        self.inputs.push(input);
    }

    #[expect(clippy::cast_possible_truncation, reason = "the case model has a few dozen groups")]
    fn group_at(&mut self, path: &str) -> GroupId {
        if let Some(known) = self.groups.iter().position(|group| group.path == path) {
            return GroupId(known as u16);
        }
        let id = GroupId(self.groups.len() as u16);
        self.groups.push(Group { path: path.to_owned(), entries: BTreeMap::new() });
        let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
        let parent = self.group_at(parent);
        if let Some(parent) = self.groups.get_mut(usize::from(parent.0)) {
            parent.entries.insert(name.to_owned(), Entry::Group(id));
        }
        id
    }

    /// Every input, in the order of the model.
    #[must_use]
    pub fn all(&self) -> &[Input] {
        &self.inputs
    }

    /// One input.
    ///
    /// # Panics
    ///
    /// When the number is not from this table.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "numbers are only ever given out by this table")]
    pub fn get(&self, id: InputId) -> &Input {
        &self.inputs[usize::from(id.0)]
    }

    /// One group.
    ///
    /// # Panics
    ///
    /// When the number is not from this table.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "numbers are only ever given out by this table")]
    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[usize::from(id.0)]
    }

    /// The group that holds everything.
    #[must_use]
    pub const fn root() -> GroupId {
        GroupId(0)
    }

    /// Every input in a group and in the groups below it.
    #[must_use]
    pub fn below(&self, group: GroupId) -> BTreeSet<InputId> {
        let entries = self.group(group).entries.values();
        let each = entries.map(|entry| match entry {
            Entry::Input(input) => BTreeSet::from([*input]),
            Entry::Group(inner) => self.below(*inner),
        });
        each.flatten().collect()
    }

    /// The input at a path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<InputId> {
        match self.entry(path)? {
            Entry::Input(id) => Some(id),
            Entry::Group(_) => None,
        }
    }

    /// What stands at a path.
    #[must_use]
    pub fn entry(&self, path: &str) -> Option<Entry> {
        path.split('.').try_fold(Entry::Group(Self::root()), |entry, step| match entry {
            Entry::Group(id) => self.group(id).entries.get(step).copied(),
            Entry::Input(_) => None,
        })
    }
}
