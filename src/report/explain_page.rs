//! The explanation for people, at a terminal or in a record: the deciding rule first, then what else was said, what failed,
//! what would change it.

use crate::{
    case::value::Value as Gave,
    decision::{
        Decision,
        change::{Change, How, InputChange},
        condition::{Condition, RuleExplained},
        explain::Explanation,
        explained_value::{ExplainedValue, ValueKind},
        why_not::WhyNot,
    },
    language::effect::Effect,
    policy::source::RULES,
    report::{
        View,
        assess_page::{points, titled},
        explained_values::ExplainedValues,
        page::Page,
        phrases::{and, effects},
        shown::code,
    },
};
use serde::Serialize;

/// Most characters that fit behind the name of a rule.
const FITS: usize = 68;
/// Most conditions of one line that are written out.
const MOST: usize = 8;

/// An explanation as it is told.
#[derive(Debug, Clone, Copy)]
pub struct ExplainPage<'a> {
    /// What is told.
    pub explanation: &'a Explanation,
    /// Whether every condition is, line by line.
    pub every_condition: bool,
}

impl View for ExplainPage<'_> {
    fn draw(&self, page: &mut Page) {
        let explanation = self.explanation;
        head(page, explanation);
        let is_deciding = |rule: &&RuleExplained| match &explanation.deciding {
            Some(deciding) => rule.rule == *deciding,
            None => rule.effects.iter().any(|effect| matches!(effect, Effect::Points { points, .. } if *points != 0)),
        };
        if let Some(heading) = decided_by(&explanation.decision) {
            page.section(&heading);
        }
        explanation.rules.iter().filter(is_deciding).for_each(|rule| self.in_full(page, rule));
        let (fired, silent): (Vec<_>, Vec<_>) =
            explanation.rules.iter().filter(|rule| !is_deciding(rule)).partition(|rule| rule.fired);
        if !fired.is_empty() {
            page.section("Also fired");
        }
        for rule in fired {
            if page.is_record() || self.every_condition { self.in_full(page, rule) } else { in_short(page, rule) }
        }
        let in_full = page.is_record() || self.every_condition;
        if in_full && !silent.is_empty() {
            page.section("Did not fire");
            for rule in &silent {
                self.silent(page, 2, (&rule.rule, ""), (rule.failed.as_ref(), rule.missing.as_deref()));
            }
        }
        match &explanation.why_not {
            Some(asked) => self.why_not(page, asked),
            None if explanation.decision.computed.is_none() => {}
            None => {
                let (nearest, limit) = (&explanation.nearest, explanation.nearest.limit.as_deref());
                changes(page, "Nearest changes up", &nearest.up, limit);
                changes(page, "Nearest changes down", &nearest.down, limit);
                if nearest.down.is_empty() {
                    page.note(2, &self.held());
                }
                not_everything(page, limit);
            }
        }
        if !in_full && !silent.is_empty() {
            let rules = if silent.len() == 1 { "rule" } else { "rules" };
            page.remark(&format!(
                "{} {rules} did not fire: why, and each condition line by line, with -v",
                silent.len()
            ));
        }
    }

    fn json(&self) -> impl Serialize {
        self.explanation
    }
}

fn head(page: &mut Page, explanation: &Explanation) {
    let decision = &explanation.decision;
    titled(page, decision);
    if let Some([low, high]) = &decision.range {
        let taken = explanation.assumed.iter().map(|taken| format!("{} {}", code(&taken.path), taken.value));
        let said = format!(
            "{low} to {high}, provisional. The highest is explained; it takes {}, and so do the changes below.",
            taken.collect::<Vec<_>>().join(", ")
        );
        page.note(2, &said);
    }
    for doubt in &decision.doubts {
        page.note(2, &format!("Provisional: {doubt}."));
    }
    if let Some(judgement) = &decision.judgement {
        let (from, to, note) = (&judgement.from, &judgement.tier, &judgement.note);
        let moved = if judgement.applied { "moved to" } else { "not moved to" };
        page.note(2, &format!("Computed {from}, {moved} {to} by an override: {note}. What follows explains {from}."));
    }
}

/// What the tier comes from: a rule, or the points that the rules below add up to.
fn decided_by(decision: &Decision) -> Option<String> {
    if decision.deciding().is_some() {
        return Some("Decided by".to_owned());
    }
    (!decision.points.is_empty()).then(|| format!("Decided by the points: {}", points(decision)))
}

impl ExplainPage<'_> {
    fn in_full(&self, page: &mut Page, rule: &RuleExplained) {
        page.named(2, 24, &rule.rule, &effects(&rule.effects));
        page.note(6, &rule.text);
        if let Some(cite) = &rule.cite {
            page.aside(6, &format!("Source: {cite}"));
        }
        let decision = &self.explanation.decision;
        let reason = decision.reasons.iter().find(|reason| reason.rule == rule.rule);
        let workings = ExplainedValues { decision, reason };
        workings.draw(page, 6, &rule.workings);
        workings.sources(page, 6, &rule.workings);
        if !(page.is_record() || self.every_condition) {
            return;
        }
        // The conditions of one line of a script: the line as it is written, then what it saw.
        for group in rule.conditions.chunk_by(|one, next| one.file == next.file && one.line == next.line) {
            if let Some(first) = group.first() {
                page.source(6, &place(first), &first.source);
            }
            page.note(10, &instances(group));
        }
    }

    /// The rules each of which holds the tier where it is.
    fn held(&self) -> String {
        let tier = self.explanation.decision.computed.as_deref();
        let holds = |effect: &Effect| match effect {
            Effect::AtLeast(floor) | Effect::Decide(floor) => Some(&**floor) == tier,
            _ => false,
        };
        let rules = self.explanation.rules.iter().filter(|rule| rule.effects.iter().any(holds));
        let rules: Vec<String> = rules.map(|rule| code(&rule.rule)).collect();
        match rules.as_slice() {
            [] => String::new(),
            [one] => format!("{one} holds it there."),
            more => format!("{} each hold it there.", and(more)),
        }
    }

    /// Why a rule says nothing.
    fn silent(
        &self,
        page: &mut Page,
        indent: usize,
        (rule, effects): (&str, &str),
        (failed, missing): (Option<&Condition>, Option<&str>),
    ) {
        let why = match (failed, missing) {
            (_, Some(path)) => format!("{} is not known; another rule settles the tier", code(path)),
            (Some(failed), None) => format!("{} ({})", code(&operands(failed)), place(failed)),
            (None, None) => String::new(),
        };
        if effects.is_empty() && (page.is_record() || why.chars().count() <= FITS) {
            page.named(indent, 24, rule, &why);
        } else {
            page.named(indent, 24, rule, effects);
            page.note(indent + 4, &why);
        }
        if let Some(failed) = failed.filter(|_| page.is_record() || self.every_condition) {
            page.source(indent + 4, &place(failed), &failed.source);
        }
    }

    fn why_not(&self, page: &mut Page, asked: &WhyNot) {
        page.section(&format!("Why not {}", asked.tier));
        if asked.computed.as_deref() == Some(&asked.tier) {
            page.note(2, &format!("The rules give {}.", asked.tier));
            return;
        }
        for (title, rules) in [("Held elsewhere by", &asked.held_by), ("Could set it, but did not", &asked.could)] {
            if !rules.is_empty() {
                page.note(2, title);
            }
            for rule in rules {
                let said = effects(&rule.effects);
                self.silent(page, 4, (&rule.rule, &said), (rule.failed.as_ref(), rule.missing.as_deref()));
            }
        }
        if asked.held_by.is_empty() && asked.could.is_empty() && !self.explanation.decision.points.is_empty() {
            page.note(2, &format!("No rule sets a tier here, the points do: {}.", points(&self.explanation.decision)));
        }
        let limit = asked.limit.as_deref();
        changes(page, &format!("Nearest changes to {}", asked.tier), &asked.nearest, limit);
        not_everything(page, limit);
    }
}

/// The condition that made a rule speak, where it says of what it is; else the last that it worked out.
fn in_short(page: &mut Page, rule: &RuleExplained) {
    page.named(2, 24, &rule.rule, &effects(&rule.effects));
    let speaks =
        |condition: &&Condition| condition.holds && (condition.left_of.is_some() || condition.operator == "is");
    let told = |working: &&ExplainedValue| working.kind == ValueKind::Helper && working.gave != Gave::Absent;
    if let Some(held) = rule.conditions.iter().rfind(speaks) {
        page.note(6, &format!("because {} ({})", operands(held), place(held)));
    } else if let Some(last) = rule.workings.iter().rfind(told) {
        page.note(6, &format!("because {} is {}", code(&last.name), last.gave));
    }
}

/// Where a condition stands: the name of the policy's file, which the case is not, and the line.
fn place(condition: &Condition) -> String {
    // A shipped script is called `policies/bgsw/policy.rhai (built in)`.
    let name = condition.file.rsplit('/').next().and_then(|name| name.split(' ').next());
    let name = name.filter(|name| !name.is_empty()).unwrap_or(RULES);
    format!("{name}:{}", condition.line)
}

/// What a condition saw, with what it is of: `needs 7 >= uplift_needs 5`.
fn operands(condition: &Condition) -> String {
    let of = |name: &Option<String>| name.as_ref().map(|name| format!("{name} ")).unwrap_or_default();
    let (left, right) = (of(&condition.left_of), of(&condition.right_of));
    format!("{left}{} {} {right}{}", condition.left, condition.operator, condition.right)
}

/// The conditions of one line, each with whether it holds; a loop's are cut short.
fn instances(group: &[Condition]) -> String {
    let one = |condition: &Condition| {
        let holds = match (condition.operator.as_str(), condition.holds) {
            // A truth value says by itself what it is; whether that was asked for, the line shows.
            ("is", _) => "",
            (_, true) => " holds",
            (_, false) => " does not hold",
        };
        format!("{}{holds}", code(&operands(condition)))
    };
    let mut said: Vec<String> = group.iter().take(MOST).map(one).collect();
    if group.len() > MOST {
        let hold = group.iter().skip(MOST).filter(|condition| condition.holds).count();
        said.push(format!("{} more, of which {hold} hold", group.len() - MOST));
    }
    said.join("; ")
}

/// Changes by the tier that they give, in the order of their first.
fn changes(page: &mut Page, title: &str, changes: &[Change], limit: Option<&str>) {
    page.section(title);
    match (changes, limit) {
        ([], None) => page.note(2, "None was found, of one input or of two."),
        ([], Some(_)) => page.note(2, "None among those that were tried."),
        _ => {}
    }
    let mut tiers: Vec<&str> = Vec::new();
    for change in changes {
        if !tiers.contains(&&*change.tier) {
            tiers.push(&change.tier);
        }
    }
    for tier in tiers {
        page.note(2, &format!("{tier} with any of"));
        let these = changes.iter().filter(|change| change.tier == tier);
        page.list_below(4, these.map(change));
    }
}

fn not_everything(page: &mut Page, limit: Option<&str>) {
    if let Some(limit) = limit {
        page.note(2, &format!("Not everything was tried: {limit}."));
    }
}

/// A change: `oasys.ogrs3 62 -> 75`.
fn change(change: &Change) -> String {
    change.changes.iter().map(input_change).collect::<Vec<_>>().join(" and ")
}

fn input_change(change: &InputChange) -> String {
    let path = &change.path;
    match change.how {
        How::Set if change.to.is_absent() => format!("{path} {} -> none", change.from),
        How::Set => format!("{path} {} -> {}", change.from, change.to),
        How::Add => format!("{path} + {}", change.to),
        How::Remove => format!("{path} - {}", change.from),
    }
}
