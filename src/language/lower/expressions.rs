//! Expressions, lowered: every name is resolved here.

use super::{
    Lowered, Lowering, changes,
    constants::value_of,
    names::{keyed, no_variable, sets_nothing, unknown_name},
    outside, refuse,
    scope::{Binding, Scope},
};
use crate::{
    case::{
        fault::nearest,
        input::{Entry, GroupId},
        value::Value,
    },
    language::{
        program::{Argument, Arm, Condition, Expr, Function, Label, Node, Switch},
        tree::{self, ExprKind, Place},
    },
};
impl<'a> Lowering<'a> {
    pub(super) fn expr(&mut self, expr: &'a tree::Expr, scope: &mut Scope) -> Node {
        let expr = self.taken(expr);
        let mark = scope.enter();
        let lowered = self.kind(expr, scope).unwrap_or_else(|refusal| {
            self.note(scope.script, *refusal);
            Expr::Absent
        });
        scope.leave(mark);
        Node { expr: lowered, place: expr.place }
    }

    pub(super) fn exprs(&mut self, all: &'a [tree::Expr], scope: &mut Scope) -> Box<[Node]> {
        all.iter().map(|one| self.expr(one, scope)).collect()
    }

    fn boxed(&mut self, expr: &'a tree::Expr, scope: &mut Scope) -> Box<Node> {
        Box::new(self.expr(expr, scope))
    }

    fn kind(&mut self, expr: &'a tree::Expr, scope: &mut Scope) -> Lowered<Expr> {
        let place = expr.place;
        Ok(match &expr.kind {
            ExprKind::Unit => Expr::Absent,
            ExprKind::Bool(value) => Expr::Bool(*value),
            ExprKind::Whole(value) => Expr::Whole(*value),
            ExprKind::Decimal(value) => self.constant(Value::Decimal(*value)),
            ExprKind::Text(text) => self.text(text),
            ExprKind::Template(parts) => Expr::Template(self.exprs(parts, scope)),
            ExprKind::List(items) => Expr::List(self.exprs(items, scope)),
            ExprKind::Table(entries) => Expr::Table(
                entries.iter().map(|(name, value)| (name.as_str().into(), self.expr(value, scope))).collect(),
            ),
            ExprKind::Name(name) => match scope.find(name) {
                Some(Binding::Slot(slot)) => Expr::Local(slot),
                Some(Binding::Group(group)) => Expr::Group(GroupId(group)),
                None => return no_variable(name, place, scope),
            },
            ExprKind::Qualified(module, name) => self.qualified(module, name, place, scope.script)?,
            ExprKind::Field { of, name, safe } => {
                let of = self.expr(of, scope);
                self.field(of, name, *safe, place)?
            }
            ExprKind::Index { of, at, safe } => {
                let of = self.expr(of, scope);
                match (&of.expr, &at.kind) {
                    (Expr::Group(_), ExprKind::Text(name)) => self.field(of, name, *safe, place)?,
                    _ => Expr::Index { of: of.into(), at: self.boxed(at, scope), safe: *safe },
                }
            }
            ExprKind::Method { of, name, arguments } => {
                self.no_import(of, name, scope)?;
                let arguments: Vec<&'a tree::Expr> = std::iter::once(&**of).chain(arguments).collect();
                self.word(name, &arguments, place, scope)?
            }
            ExprKind::Call { module, name, arguments } => {
                self.call(module.as_deref(), name, arguments, place, scope)?
            }
            ExprKind::Operator(name, operands) => self.operation(name, operands, place, scope)?,
            ExprKind::And(_) | ExprKind::Or(_) => self.condition_of(expr, scope).expr,
            ExprKind::Coalesce(operands) => Expr::Coalesce(self.exprs(operands, scope)),
            ExprKind::If { condition, then, otherwise } => {
                let condition = self.condition_of(condition, scope);
                Expr::If(Box::new((condition, self.block(then, scope), self.block(otherwise, scope))))
            }
            ExprKind::Switch { of, arms, otherwise } => self.switch(of, arms, otherwise.as_deref(), scope),
            ExprKind::Block(block) => Expr::Block(self.block(block, scope)),
            ExprKind::Closure { captured, parameters, body } => {
                self.closure(captured, parameters, body, place, scope)?
            }
            ExprKind::Outside(what) => return Err(outside(what, place)),
        })
    }

    pub(super) fn text(&mut self, text: &str) -> Expr {
        self.constant(Value::Text(text.into()))
    }

    fn constant(&mut self, value: Value) -> Expr {
        let constants = &mut self.program.constants;
        let number = *self.constants.entry(value).or_insert_with_key(|value| {
            constants.push(value.clone());
            constants.len() - 1
        });
        // A program with more is refused when it is whole.
        Expr::Constant(u16::try_from(number).unwrap_or(u16::MAX))
    }

    /// `param::a`, or a constant of a script: `global::A`, `needs::A`.
    fn qualified(&mut self, module: &'a str, name: &'a str, place: Place, script: usize) -> Lowered<Expr> {
        if module == "param" {
            let names = &self.program.parameters;
            if let Some(slot) = names.iter().position(|known| known == name) {
                return Ok(Expr::Parameter(u16::try_from(slot).unwrap_or(u16::MAX)));
            }
            let help = match nearest(name, &names.iter().collect::<Vec<_>>()) {
                Some(meant) => format!("did you mean `param::{meant}`?"),
                None => "declare it in parameters.yaml".to_owned(),
            };
            return refuse("unknown-parameter", place, format!("unknown parameter `param::{name}`"), help);
        }
        self.used.insert(if module == "global" { name } else { module });
        let from = script;
        let script = if module == "global" { Some(script) } else { self.modules.get(module).copied() };
        let Some(script) = script else { return self.not_imported(module, place) };
        let constants = self.script(script).map(|script| &script.constants);
        let Some((_, value)) = constants.and_then(|constants| constants.iter().find(|(known, _)| known == name)) else {
            return refuse(
                "unknown-name",
                place,
                format!("nothing is called `{module}::{name}`"),
                "declare it: `const NAME = 1;`",
            );
        };
        if let ExprKind::List(items) = &value.kind {
            let number = |script: usize| u16::try_from(script).unwrap_or(u16::MAX);
            let places = items.iter().map(|item| item.place).collect();
            self.program.listed.insert((number(from), place), (number(script), places));
        }
        match value_of(value) {
            Some(value) => Ok(self.constant(value)),
            None => {
                let help = "write the value itself, or work it out in a function";
                refuse("outside-language", place, format!("`{name}` is a constant that is worked out"), help)
            }
        }
    }

    pub(super) fn not_imported<T>(&self, module: &str, place: Place) -> Lowered<T> {
        let known: Vec<&str> = self.modules.keys().copied().collect();
        let help = match nearest(module, &known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("add `import \"lib/{module}\" as {module};` at the top"),
        };
        refuse("unknown-name", place, format!("nothing is imported as `{module}`"), help)
    }

    /// Follows `person.a.b` as far as the table of inputs goes; what comes after an input is a field of its value.
    fn field(&self, of: Node, name: &str, safe: bool, place: Place) -> Lowered<Expr> {
        let inputs = self.known.inputs;
        if let Expr::Group(group) = of.expr {
            return match inputs.group(group).entries.get(name) {
                Some(Entry::Group(inner)) => Ok(Expr::Group(*inner)),
                Some(Entry::Input(input)) => Ok(Expr::Input(*input)),
                None => {
                    let (message, help) = unknown_name(inputs, group, name);
                    refuse("unknown-input", place, message, help)
                }
            };
        }
        if let Expr::Index { of: inner, at, safe: false } = &of.expr
            && let Expr::Group(group) = inner.expr
            && let Some(keyed) = keyed(inputs, group, name)
        {
            return Ok(Expr::Keyed { group, key: at.clone(), inputs: keyed });
        }
        Ok(Expr::Field { of: of.into(), name: name.into(), safe })
    }

    /// What `if` asks, and each operand of `&&` and `||`: what coverage counts.
    pub(super) fn condition_of(&mut self, expr: &'a tree::Expr, scope: &mut Scope) -> Node {
        let expr = self.taken(expr);
        let mark = scope.enter();
        let lowered = match &expr.kind {
            ExprKind::And(operands) => Expr::And(self.conditions_of(operands, scope)),
            ExprKind::Or(operands) => Expr::Or(self.conditions_of(operands, scope)),
            ExprKind::Operator(name, operands) if name == "!" => match operands.as_slice() {
                [operand] => Expr::Not(self.condition_of(operand, scope).into()),
                _ => self.expr(expr, scope).expr,
            },
            _ => {
                let number = self.condition(scope, expr, false);
                Expr::Condition(number, self.boxed(expr, scope))
            }
        };
        scope.leave(mark);
        Node { expr: lowered, place: expr.place }
    }

    /// A condition that coverage and `explain` tell of.
    fn condition(&mut self, scope: &Scope, expr: &tree::Expr, is_arm: bool) -> u32 {
        let file = self.script(scope.script).map(|script| script.file.clone()).unwrap_or_default();
        let first = expr.first_place();
        let (line, column) = (first.line as usize, first.column as usize);
        let text = expr.to_string();
        let known = &mut self.program.conditions;
        // A helper that is handed several parts of `person` has each of its conditions once.
        *self.numbers.entry((scope.script, expr.place, is_arm)).or_insert_with(|| {
            known.push(Condition { file, line, column, text, is_arm });
            u32::try_from(known.len() - 1).unwrap_or(u32::MAX)
        })
    }

    fn conditions_of(&mut self, operands: &'a [tree::Expr], scope: &mut Scope) -> Box<[Node]> {
        operands.iter().map(|one| self.condition_of(one, scope)).collect()
    }

    fn switch(
        &mut self,
        of: &'a tree::Expr,
        arms: &'a [tree::Arm],
        otherwise: Option<&'a tree::Expr>,
        scope: &mut Scope,
    ) -> Expr {
        let of = self.expr(of, scope);
        let mut lowered = Vec::with_capacity(arms.len());
        for arm in arms {
            let label = match &arm.label {
                tree::Label::Range(from, to) => Label::Range(*from, *to),
                tree::Label::Value(value) => {
                    let expr = tree::Expr { kind: value.clone(), place: arm.body.place };
                    Label::Value(value_of(&expr).unwrap_or_default())
                }
            };
            let condition = arm.condition.as_ref().map(|one| self.condition_of(one, scope));
            let number = self.condition(scope, &arm.body, true);
            lowered.push(Arm { label, condition, number, body: self.expr(&arm.body, scope) });
        }
        let otherwise = otherwise.map(|body| (self.condition(scope, body, true), self.expr(body, scope)));
        Expr::Switch(Box::new(Switch { of, arms: lowered.into(), otherwise }))
    }

    fn closure(
        &mut self,
        captured: &[String],
        parameters: &[String],
        body: &'a tree::Block,
        place: Place,
        scope: &mut Scope,
    ) -> Lowered<Expr> {
        sets_nothing(body)?;
        let (mut names, mut arguments, mut slots) = (Vec::new(), Vec::new(), Vec::new());
        let changed_inside = changes(body);
        for name in captured {
            if let Some(at) = changed_inside.get(name) {
                let message = format!("a closure changes `{name}`, a variable around it");
                return refuse("outside-language", *at, message, "go through the list with `for`");
            }
            if scope.changes.get(name).is_some_and(|last| *last > place || scope.loops > 0) {
                let message = format!("`{name}` is changed after a closure has taken it");
                return refuse("outside-language", place, message, "give the changed value another name");
            }
            match scope.find(name) {
                Some(Binding::Group(group)) => arguments.push(Argument::Group(group)),
                Some(Binding::Slot(slot)) => {
                    arguments.push(Argument::Value);
                    slots.push(slot);
                }
                None => return no_variable(name, place, scope),
            }
            names.push(name.clone());
        }
        names.extend(parameters.iter().cloned());
        arguments.extend(parameters.iter().map(|_| Argument::Value));
        let mut inner = Scope::new(scope.script, &names, &arguments);
        inner.captured = captured.to_vec();
        inner.changes = changes(body);
        let body = self.block(body, &mut inner);
        let values = arguments.iter().filter(|one| **one == Argument::Value).count();
        scope.calls(inner.nesting);
        let function = self.add(Function {
            name: "closure".into(),
            text: "".into(),
            place,
            script: u16::try_from(scope.script).unwrap_or(u16::MAX),
            parameters: u16::try_from(values).unwrap_or(u16::MAX),
            slots: inner.slots,
            own_nesting: inner.own_nesting,
            nesting: inner.nesting,
            cell: None,
            body,
        });
        Ok(Expr::Closure(function, slots.into()))
    }
}
