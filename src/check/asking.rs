//! How something is asked where an expression stands: by another in its place, which asks first.

use crate::language::tree::{Block, Expr, ExprKind, Place, Stmt, StmtKind};

/// What the key of an expression may be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted<'w> {
    /// Each of some words, asked one by one; of none, anything.
    Words(&'w [String]),
    /// A number from this one on.
    From(i64),
    /// Anything.
    Anything,
}

/// An expression that asks something before it is worked out, or where it has no way; each question in a column of its own, which
/// no script has.
pub(super) fn asking(of: &Expr, wanted: Wanted<'_>) -> (Expr, Vec<u32>) {
    let key = match &of.kind {
        ExprKind::Index { at, .. } => Some(&**at),
        ExprKind::Switch { of, .. } => Some(&**of),
        _ => None,
    };
    let questions = questions(key.is_some(), wanted);
    let columns: Vec<u32> = (0..).take(questions.len()).map(|at: u32| u32::MAX - at).collect();
    let at = |column: u32| Place { column, ..of.place };
    let question = |(question, column): (HeldAgainst, &u32)| {
        let place = at(*column);
        let kind = match (question, key) {
            // What is known stands first: by its place the condition is told.
            (Some((known, operator)), Some(key)) => {
                ExprKind::Operator(operator.to_owned(), vec![Expr { place, kind: known }, key.clone()])
            }
            _ => ExprKind::Bool(true),
        };
        let condition = Box::new(Expr { place, kind });
        let asked = ExprKind::If { condition, then: Block::default(), otherwise: Block::default() };
        Stmt { place, kind: StmtKind::Expr(Expr { place, kind: asked }) }
    };
    let mut statements: Vec<Stmt> = questions.into_iter().zip(&columns).map(question).collect();
    let place = at(u32::MAX - u32::try_from(columns.len()).unwrap_or(u32::MAX));
    let last = match &of.kind {
        ExprKind::Switch { .. } => Expr { place, kind: ExprKind::Unit },
        _ => of.clone(),
    };
    statements.push(Stmt { place, kind: StmtKind::Expr(last) });
    let block = Expr { place, kind: ExprKind::Block(Block { statements, place }) };
    match &of.kind {
        ExprKind::Switch { of: value, arms, .. } => {
            let kind = ExprKind::Switch { of: value.clone(), arms: arms.clone(), otherwise: Some(Box::new(block)) };
            (Expr { place: of.place, kind }, columns)
        }
        _ => (block, columns),
    }
}

/// What a key is held against, and how; nothing where it is only asked whether a way leads there.
type HeldAgainst = Option<(ExprKind, &'static str)>;

/// What is asked of a key.
fn questions(has_key: bool, wanted: Wanted<'_>) -> Vec<HeldAgainst> {
    match wanted {
        Wanted::Words(words) if has_key && !words.is_empty() => {
            words.iter().map(|word| Some((ExprKind::Text(word.clone()), "=="))).collect()
        }
        Wanted::From(least) if has_key => vec![Some((ExprKind::Whole(least), "<="))],
        _ => vec![None],
    }
}
