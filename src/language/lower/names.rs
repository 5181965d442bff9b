//! Names of inputs.

use crate::case::{
    fault::nearest,
    input::{Entry, GroupId, InputId, InputTable},
};
use std::sync::Arc;

type Named = Box<[(Arc<str>, InputId)]>;

/// The input of a name in each group of a group, where every one of them has it.
pub(super) fn keyed(inputs: &InputTable, group: GroupId, name: &str) -> Option<Named> {
    let entries = inputs.group(group).entries.iter();
    entries
        .map(|(key, entry)| match entry {
            Entry::Group(inner) => match inputs.group(*inner).entries.get(name)? {
                Entry::Input(input) => Some((key.as_str().into(), *input)),
                Entry::Group(_) => None,
            },
            Entry::Input(_) => None,
        })
        .collect()
}

/// What to say of a name that no input bears.
#[must_use]
pub fn unknown_name(inputs: &InputTable, group: GroupId, name: &str) -> (String, String) {
    let group = inputs.group(group);
    let known: Vec<&String> = group.entries.keys().collect();
    let path = |name: &str| if group.path.is_empty() { name.to_owned() } else { format!("{}.{name}", group.path) };
    let help = match nearest(name, &known) {
        Some(meant) => format!("did you mean `person.{}`?", path(meant)),
        None => "`brag show inputs` lists every input".to_owned(),
    };
    (format!("unknown input `person.{}`", path(name)), help)
}
