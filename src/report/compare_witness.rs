//! Who could move, without a book: the cases that show it.

use crate::{
    comparison::witness::{Witness, WitnessInput, Witnesses},
    report::{
        compare_words::why,
        html_page::{item, table},
        page::Page,
        phrases::date,
    },
};

const TITLE: &str = "Who could move";
/// What is said where nothing can.
const NOBODY: &str = "no case was found that moves";

/// Where a case moves, by the inputs that make it.
fn where_it_moves(inputs: &str) -> String {
    if inputs.is_empty() {
        "where everything is as low as it can be".to_owned()
    } else {
        format!("where {inputs}, and all else is as low as it can be")
    }
}

/// What makes a case move, in a line.
fn inputs(witness: &Witness) -> String {
    let one = |input: &WitnessInput| {
        let value = input.value.as_str().map_or_else(|| input.value.to_string(), str::to_owned);
        format!("{} {value}", input.path)
    };
    witness.inputs.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What else there is to say.
fn rest(witnesses: &Witnesses) -> Vec<String> {
    let mut all = Vec::new();
    if witnesses.found.is_empty() {
        all.push(NOBODY.to_owned());
    }
    if witnesses.more > 0 {
        all.push(format!("{} more ways to move are not shown", witnesses.more));
    }
    if !witnesses.not_in_force.is_empty() {
        all.push(format!("not in force on that date: {}", witnesses.not_in_force.join(", ")));
    }
    if !witnesses.no_tier.is_empty() {
        all.push(format!("moves nobody from tier to tier: {}", witnesses.no_tier.join(", ")));
    }
    if !witnesses.proved.is_empty() {
        all.push(format!("proved to move no case that lacks nothing: {}", witnesses.proved.join(", ")));
    }
    if !witnesses.undecided.is_empty() {
        all.push(format!(
            "not decided, for no case was found and none was ruled out: {}",
            witnesses.undecided.join(", ")
        ));
    }
    if witnesses.cut_short {
        all.push("the search came to its limit of steps: what it did not come to is not ruled out".to_owned());
    }
    all
}

/// Draws it for people.
pub(super) fn draw(witnesses: &Witnesses, page: &mut Page) {
    page.section(&format!("{TITLE}, on {}", date(witnesses.on)));
    for witness in &witnesses.found {
        page.note(2, &format!("{} to {}: {}", witness.old, witness.new, why(&witness.causes)));
        page.aside(6, &where_it_moves(&inputs(witness)));
    }
    for said in rest(witnesses) {
        page.note(2, &said);
    }
}

/// The same as HTML.
pub(super) fn html(witnesses: &Witnesses) -> String {
    let rows: Vec<Vec<String>> = witnesses
        .found
        .iter()
        .map(|one| vec![format!("{} to {}", one.old, one.new), why(&one.causes), where_it_moves(&inputs(one))])
        .collect();
    let caption = format!("Cases that come out otherwise on {}, each as small as it was found", date(witnesses.on));
    let drawn = if rows.is_empty() { String::new() } else { table(&caption, &["moves", "why", "where"], &rows, false) };
    let rest: String = rest(witnesses).iter().map(item).collect();
    let rest = if rest.is_empty() { rest } else { format!("<ul>\n{rest}</ul>\n") };
    format!("<h2>{TITLE}</h2>\n{drawn}{rest}")
}
