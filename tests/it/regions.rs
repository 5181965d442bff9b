//! What the rules say of a region of cases does not depend on the regions that were asked of before: what they said of those is taken up
//! only where nothing that they read is held otherwise.

use crate::verify::edited;
use brag::{
    Policy,
    case::input::InputId,
    check::attainable::facts,
    evaluate::{
        evaluator::{Evaluator, Held},
        possible::{asked::Questions, value::Atom},
    },
};
use brag_made_up::Dice;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;

const ON: Date = date(2020, 3, 2);
/// Regions that are asked of one after the other.
const REGIONS: u32 = 60;

fn opened(policy: &Policy) -> Evaluator<'_> {
    let facts = facts(policy, ON);
    let mut evaluator = Evaluator::new(policy.in_force(ON), &facts);
    evaluator.open_questions(&facts);
    evaluator
}

/// Everything that is said of a region, questions by their text.
fn said(evaluator: &mut Evaluator<'_>, held: &Held) -> String {
    evaluator.hold(held);
    let spread = evaluator.outlook();
    let domain = &evaluator.possible().domain;
    let questions = domain.questions.as_ref().unwrap();
    let named = |ids: &BTreeSet<InputId>| -> BTreeSet<String> {
        let name = |id: &InputId| match questions.get(*id) {
            Some(question) => question.text.clone(),
            None => domain.inputs().facts.inputs.get(*id).path.to_string(),
        };
        ids.iter().map(name).collect()
    };
    format!(
        "{:#?}\n{:?} {:?}\nimpossible: {}\nfails: {:?}\nreads {:?}\ninside {:?}",
        spread.rules,
        spread.places,
        spread.tiers,
        spread.is_impossible,
        spread.fails,
        named(&spread.reads),
        named(&questions.inside),
    )
}

/// What can be held of a policy's inputs and of what its helpers give: each with its parts.
fn parts(evaluator: &mut Evaluator<'_>) -> Vec<(InputId, Vec<Atom>)> {
    let domain = &evaluator.possible().domain;
    let of_facts = domain.facts.iter().map(|fact| (fact.input, fact.pieces(&fact.set)));
    let of_helpers = domain.questions.iter().flat_map(Questions::all);
    let of_helpers = of_helpers.filter_map(|(id, question)| Some((id, question.gives.as_ref()?.to_vec())));
    of_facts.chain(of_helpers).filter(|(_, parts)| parts.len() > 1).collect()
}

fn regions_are_asked_alone_and_after_others(name: &str) {
    let (_folder, policy) = edited(name, None);
    let mut before = opened(&policy);
    let parts = parts(&mut before);
    let mut dice = Dice::of(7, 0);
    let mut regions = vec![Held::new()];
    let mut below = |many: usize| usize::try_from(dice.below(u32::try_from(many).unwrap())).unwrap();
    let mut impossible = 0;
    for _ in 0..REGIONS {
        // Cut out of one that was asked of, most often a late one, as a search does.
        let from = regions.len() - 1 - below(regions.len().min(6));
        let (id, all) = &parts[below(parts.len())];
        let mut held = regions[from].clone();
        held.insert(*id, [all[below(all.len())].clone()].into());
        let alone = said(&mut opened(&policy), &held);
        assert_eq!(said(&mut before, &held), alone, "{name}: {held:?}");
        impossible += u32::from(alone.contains("impossible: true"));
        regions.push(held);
    }
    assert!(impossible < REGIONS, "{name}: no case lies in any of them");
}

#[test]
fn a_region_of_bgsw_says_the_same_alone_and_after_others() {
    regions_are_asked_alone_and_after_others("bgsw");
}

#[test]
fn a_region_of_the_national_models_says_the_same_alone_and_after_others() {
    regions_are_asked_alone_and_after_others("hmpps-tier-v2");
    regions_are_asked_alone_and_after_others("hmpps-tier-v3");
}
