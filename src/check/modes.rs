//! What `contact_modes` says of each kind of contact.

use super::{
    comparisons::instead,
    numbers::{NumberUses, entries, get},
};
use crate::{
    case::{
        document::{Content, Key, Node},
        words::ContactMode,
    },
    language::fault::PolicyFault,
};

impl NumberUses<'_> {
    /// The modes that a kind of contact takes are those of the case model.
    pub(super) fn modes(&self, dated: &[(Key, Node)], found: &mut Vec<PolicyFault>) {
        let values: Vec<&Node> =
            dated.iter().filter_map(|(_, node)| get(node, "value")).map(|(_, value)| value).collect();
        for value in values.iter().filter(|value| !matches!(value.content, Content::Map(_))) {
            let message = "`contact_modes` is a table: each kind of contact with the modes that count".to_owned();
            found.push(self.at(
                "wrong-kind",
                value.at.line,
                value.at.column,
                message,
                "write `office: [office, video]`",
            ));
        }
        for (kind, node) in values.into_iter().flat_map(entries) {
            let no_list = |node: &Node| {
                let message = format!("`{}` does not list the modes of contact that count", kind.name);
                let help = format!("write them as a list: `{}: [prison_visit, video]`", kind.name);
                self.at("wrong-kind", node.at.line, node.at.column, message, &help)
            };
            let Content::List(modes) = &node.content else {
                found.push(no_list(node));
                continue;
            };
            for mode in modes {
                let Content::Scalar { text, .. } = &mode.content else {
                    found.push(no_list(mode));
                    continue;
                };
                if !ContactMode::WORDS.contains(&text.as_str()) {
                    let words: Vec<String> = ContactMode::WORDS.iter().map(|word| (*word).to_owned()).collect();
                    let message = format!("`contacts.mode` is never `{text}`");
                    found.push(self.at("unknown-word", mode.at.line, mode.at.column, message, &instead(text, &words)));
                }
            }
        }
    }
}
