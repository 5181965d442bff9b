//! Names of inputs, and of what a script defines.

use super::{
    Lowered, Lowering, RESERVED,
    refusal::{Refusal, refuse},
    scope::Scope,
};
use crate::{
    case::{
        fault::nearest,
        input::{Entry, GroupId, InputId, InputTable},
    },
    language::{
        builtins,
        tree::{Block, Expr, ExprKind, Function, Place, Stmt, StmtKind},
    },
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
        // An input of earlier versions; which score makes a need is for the policy to say.
        _ if path(name) == "needs_count" => {
            "count them: `reaching([person.oasys.sections.drugs.score], [[\"drugs\", 2]])`, with a policy's own cut-offs".to_owned()
        }
        Some(meant) => format!("did you mean `person.{}`?", path(meant)),
        None => "`brag show inputs` lists every input".to_owned(),
    };
    (format!("unknown input `person.{}`", path(name)), help)
}

impl Lowering<'_> {
    /// Nothing that a script defines may stand in the place of a word.
    pub(super) fn names(&mut self) {
        // Of the functions that a policy may define, one has the name of a word: it is called by nobody but the engine.
        let is_reserved =
            |function: &Function| !function.private && RESERVED.iter().any(|(name, _)| *name == function.name);
        for (number, script) in self.scripts.clone().into_iter().enumerate() {
            let functions = script.functions.iter().filter(|function| !(number == 0 && is_reserved(function)));
            for function in functions.filter(|function| builtins::is_word(&function.name)) {
                let place = Place { line: function.body.place.line, column: 0 };
                let message = format!("`{}` is a word of the language", function.name);
                self.note(number, Refusal { place, code: "syntax", message, help: "choose another name".to_owned() });
            }
        }
    }

    /// That a helper of an import is not called behind a dot.
    pub(super) fn no_import(&self, of: &Expr, name: &str, scope: &Scope) -> Lowered<()> {
        match &of.kind {
            ExprKind::Name(alias) if scope.find(alias).is_none() && self.modules.contains_key(&**alias) => {
                let message = format!("`{alias}` is an import, whose helpers stand behind `::`");
                refuse("unknown-name", of.place, message, format!("write `{alias}::{name}(...)`"))
            }
            _ => Ok(()),
        }
    }

    /// Looks at the whole program. A text or a decimal in it is known by a number of two bytes.
    pub(super) fn whole(&mut self) {
        if u16::try_from(self.program.constants.len()).is_err() {
            let place = Place { line: 1, column: 0 };
            let message = format!("more than {} texts and decimals, the limit", u16::MAX);
            let help = "tables belong in parameters.yaml".to_owned();
            self.note(0, Refusal { place, code: "limit", message, help });
        }
    }
}

/// Whether a function takes one thing, whose name is nearly `person`.
pub(super) fn means_person(parameters: &[String]) -> bool {
    matches!(parameters, [name] if name != "person" && nearest(name, &["person"]).is_some())
}

/// What to say of a rule that takes something of such a name.
pub(super) fn misnamed<T>(function: &Function, place: Place) -> Lowered<T> {
    let taken = function.parameters.first().map_or("", String::as_str);
    let message = format!("a rule takes `person`, and `{}` takes `{taken}`", function.name);
    refuse("not-a-rule", place, message, format!("write `fn {}(person) {{ ... }}`", function.name))
}

/// That what a closure gives is not set: where it ends in `=` it gives nothing.
pub(super) fn sets_nothing(body: &Block) -> Lowered<()> {
    match body.statements.last() {
        Some(Stmt { kind: StmtKind::Assign { operator: None, .. }, place }) => refuse(
            "syntax",
            *place,
            "`=` sets a variable, and a closure ends in what it gives",
            "write `==` to compare",
        ),
        _ => Ok(()),
    }
}

/// What to say of a variable that there is not.
pub(super) fn no_variable<T>(name: &str, place: Place, scope: &Scope) -> Lowered<T> {
    let is_constant = name.chars().all(|letter| letter.is_uppercase() || letter == '_');
    let help = match nearest(name, &scope.names()) {
        _ if matches!(name.to_lowercase().as_str(), "true" | "false") => {
            format!("write `{}`", name.to_lowercase())
        }
        _ if is_constant => format!("a constant of the file is written `global::{name}`"),
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "a rule sees `person`, `param::` and its own variables".to_owned(),
    };
    refuse("unknown-name", place, format!("nothing is called `{name}`"), help)
}
