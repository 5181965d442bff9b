//! The explanation as Markdown, for a case record or an appeal.

use crate::{
    decision::{
        change::Change,
        explain::{Condition, Explanation, RuleExplained},
        why_not::{Keeps, WhyNot},
    },
    report::{
        explain_words::{change, missing_fact, nothing_moves, on_override, operands, place},
        page::{Page, Table},
        words::{date, effects},
    },
};

/// The page for one case.
#[must_use]
pub fn page(explanation: &Explanation) -> Page {
    let mut page = Page::default();
    head(&mut page, explanation);
    let is_deciding = |rule: &&RuleExplained| Some(&rule.rule) == explanation.deciding.as_ref();
    let first = explanation.rules.iter().filter(is_deciding);
    let others = explanation.rules.iter().filter(|rule| rule.fired && !is_deciding(rule));
    for rule in first.chain(others) {
        page.heading(3, &format!("`{}`: {}", rule.rule, effects(&rule.effects)));
        page.paragraph(&rule.text);
        if let Some(cite) = &rule.cite {
            page.paragraph(&format!("Source: {cite}"));
        }
        page.table(conditions(&rule.conditions));
    }
    let silent: Vec<&RuleExplained> = explanation.rules.iter().filter(|rule| !rule.fired).collect();
    if !silent.is_empty() {
        page.heading(3, "Rules that did not fire");
        let mut table = Table::new(&["rule", "failed", "where"]);
        for rule in silent {
            let (failed, stands) = failed(rule.failed.as_ref(), rule.missing.as_deref());
            table.row([&code(&rule.rule), &failed, &stands]);
        }
        page.table(table);
    }
    match &explanation.why_not {
        Some(asked) => why_not(&mut page, asked),
        None if explanation.decision.computed.is_some() => {
            let nearest = &explanation.nearest;
            let limit = nearest.limit.as_deref();
            changes(&mut page, "Nearest changes up", &nearest.up, limit);
            changes(&mut page, "Nearest changes down", &nearest.down, limit);
        }
        None => {}
    }
    page
}

fn head(page: &mut Page, explanation: &Explanation) {
    let decision = &explanation.decision;
    page.heading(2, &format!("{}: why {}", decision.crn, decision.tier.as_deref().unwrap_or("no tier")));
    let policy = &decision.policy;
    let on = date(decision.assessed_on);
    page.paragraph(&format!("On {on}, by `{}` (digest `{:.12}`).", policy.name, policy.digest));
    if let Some([low, high]) = &decision.range {
        page.paragraph(&format!(
            "**{low} to {high}, provisional**: the highest is explained. It takes, and so do the changes below:"
        ));
        page.list(explanation.assumed.iter().map(|taken| format!("`{}` {}", taken.path, taken.value)));
    }
    if let Some(judgement) = &decision.judgement {
        page.paragraph(&on_override(judgement));
    }
}

fn conditions(all: &[Condition]) -> Table {
    let mut table = Table::new(&["where", "condition", "saw", "holds"]);
    for condition in all {
        let holds = if condition.holds { "yes" } else { "no" };
        table.row([&place(condition), &code(&condition.source), &code(&operands(condition)), holds]);
    }
    table
}

fn code(text: &str) -> String {
    // In a table a bar ends the cell, even between backticks, and a script's own backticks would end the span.
    if text.contains(['|', '`']) {
        let plain = text.replace('&', "&amp;").replace('<', "&lt;");
        return format!("<code>{plain}</code>");
    }
    format!("`{text}`")
}

fn failed(failed: Option<&Condition>, missing: Option<&str>) -> (String, String) {
    match (missing, failed) {
        (Some(path), _) => (missing_fact(path), String::new()),
        (None, Some(failed)) => (code(&operands(failed)), format!("{}: {}", place(failed), code(&failed.source))),
        (None, None) => (String::new(), String::new()),
    }
}

fn changes(page: &mut Page, title: &str, changes: &[Change], limit: Option<&str>) {
    page.heading(3, title);
    if changes.is_empty() {
        page.paragraph(nothing_moves(limit.is_some()));
    } else {
        page.list(changes.iter().map(change));
    }
    if let Some(limit) = limit {
        page.paragraph(&format!("Not everything was tried: {limit}."));
    }
}

fn why_not(page: &mut Page, asked: &WhyNot) {
    page.heading(3, &format!("Why not {}", asked.tier));
    if asked.computed.as_deref() == Some(&asked.tier) {
        page.paragraph(&format!("The rules give {}.", asked.tier));
        return;
    }
    let mut table = Table::new(&["rule", "", "says", "failed"]);
    let mut rows = |rules: &[Keeps], what: &str| {
        for rule in rules {
            let (failed, _) = failed(rule.failed.as_ref(), rule.missing.as_deref());
            table.row([&code(&rule.rule), what, &effects(&rule.effects), &failed]);
        }
    };
    rows(&asked.held_by, "holds it elsewhere");
    rows(&asked.could, "could set it");
    page.table(table);
    changes(page, &format!("Nearest changes to {}", asked.tier), &asked.nearest, asked.limit.as_deref());
}
