//! An expression as a script would write it, in one line.

use super::{Block, Expr, ExprKind, Stmt, StmtKind};
use std::fmt;

impl fmt::Display for Expr {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(out)
    }
}

impl fmt::Display for ExprKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unit => out.write_str("()"),
            Self::Bool(value) => write!(out, "{value}"),
            Self::Whole(value) => write!(out, "{value}"),
            Self::Decimal(value) => write!(out, "{value}"),
            Self::Text(text) => write!(out, "{text:?}"),
            Self::Template(parts) => {
                out.write_str("`")?;
                for part in parts {
                    match &part.kind {
                        Self::Text(text) => out.write_str(text)?,
                        other => write!(out, "${{{other}}}")?,
                    }
                }
                out.write_str("`")
            }
            Self::List(items) => write!(out, "[{}]", joined(items, ", ")),
            Self::Table(_) => out.write_str("#{...}"),
            Self::Name(name) => out.write_str(name),
            Self::Qualified(module, name) => write!(out, "{module}::{name}"),
            Self::Field { of, name, safe } => write!(out, "{of}{}{name}", if *safe { "?." } else { "." }),
            Self::Index { of, at, safe } => write!(out, "{of}{}[{at}]", if *safe { "?" } else { "" }),
            Self::Method { of, name, arguments } => write!(out, "{of}.{name}({})", joined(arguments, ", ")),
            Self::Call { module, name, arguments } => {
                let module = module.as_ref().map(|module| format!("{module}::")).unwrap_or_default();
                write!(out, "{module}{name}({})", joined(arguments, ", "))
            }
            Self::Operator(name, operands) => operator(out, name, operands),
            Self::And(operands) => out.write_str(&joined_in_brackets(operands, " && ")),
            Self::Or(operands) => out.write_str(&joined_in_brackets(operands, " || ")),
            Self::Coalesce(operands) => out.write_str(&joined_in_brackets(operands, " ?? ")),
            Self::If { condition, then, otherwise } => {
                write!(out, "if {condition} {{ {then} }}")?;
                if otherwise.statements.is_empty() { Ok(()) } else { write!(out, " else {{ {otherwise} }}") }
            }
            Self::Switch { of, .. } => write!(out, "switch {of} {{ ... }}"),
            Self::Block(block) => write!(out, "{{ {block} }}"),
            Self::Closure { parameters, body, .. } => write!(out, "|{}| {body}", parameters.join(", ")),
            Self::Outside(what) => out.write_str(what),
        }
    }
}

fn operator(out: &mut fmt::Formatter<'_>, name: &str, operands: &[Expr]) -> fmt::Result {
    match (name, operands) {
        ("contains", [list, item]) => write!(out, "{} in {}", bracketed(item), bracketed(list)),
        (".." | "..=", [from, to]) => write!(out, "{from}{name}{to}"),
        (_, [one]) => write!(out, "{name}{}", bracketed(one)),
        (_, [left, right]) => write!(out, "{} {name} {}", bracketed(left), bracketed(right)),
        _ => out.write_str(name),
    }
}

fn bracketed(operand: &Expr) -> String {
    let binds_less = match &operand.kind {
        ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Coalesce(_) => true,
        ExprKind::Operator(_, operands) => operands.len() > 1,
        _ => false,
    };
    if binds_less { format!("({operand})") } else { operand.to_string() }
}

fn joined(items: &[Expr], between: &str) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(between)
}

fn joined_in_brackets(operands: &[Expr], between: &str) -> String {
    let shown = |operand: &Expr| match &operand.kind {
        ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Coalesce(_) => format!("({operand})"),
        _ => operand.to_string(),
    };
    operands.iter().map(shown).collect::<Vec<_>>().join(between)
}

impl fmt::Display for Block {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.statements.as_slice() {
            [Stmt { kind: StmtKind::Expr(only), .. }] => only.fmt(out),
            [] => Ok(()),
            _ => out.write_str("..."),
        }
    }
}
