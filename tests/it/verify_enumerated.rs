//! What `brag verify` says of small policies, drawn at random, against every case that there is: whatever is proved holds of all of
//! them, whatever is refuted fails for one, and most is decided.

use crate::{
    program::Program,
    sampling::{config, is_long},
};
use brag::{
    CaseFile, Policy,
    decision::{assessor::Assessor, decide::decide},
    policy::source::Shelf,
    verify::{Property, Verdict, verify},
};
use jiff::civil::{Date, date};
use proptest::{
    collection::vec,
    num::u32,
    test_runner::{Config, TestRunner},
};
use std::{cell::RefCell, collections::BTreeSet, sync::Arc};

const ON: Date = date(2020, 1, 15);
const SCORES: [&str; 9] = ["", "0", "24", "25", "49", "50", "74", "75", "100"];
const ENGAGEMENT: [&str; 3] = ["good", "mixed", "poor"];
const REGISTERS: [&str; 4] = ["", "stalking", "terrorism", "stalking, terrorism"];

/// One case: iom, engagement, score, registers, vulnerable victim, each by its place.
type Cell = [usize; 5];

/// Draws one thing after the other from some numbers.
struct Draw<'a>(std::iter::Cycle<std::slice::Iter<'a, u32>>);

impl Draw<'_> {
    fn below(&mut self, most: u32) -> u32 {
        self.0.next().unwrap() % most
    }

    fn of<'t>(&mut self, these: &[&'t str]) -> &'t str {
        these[self.below(u32::try_from(these.len()).unwrap()) as usize]
    }

    fn atom(&mut self, helpers: bool) -> String {
        let score = self.of(&["25", "50", "75"]);
        let count = 1 + self.below(2);
        match self.below(if helpers { 19 } else { 12 }) {
            0 => "person.iom".to_owned(),
            1 => "person.engagement == \"poor\"".to_owned(),
            2 => "person.engagement != \"good\"".to_owned(),
            3 | 4 => format!("person.oasys.ogrs3 >= {score}"),
            5 => format!("person.oasys.ogrs3 < {score}"),
            6 => "\"stalking\" in person.registrations".to_owned(),
            7 => format!("overlap(person.registrations, [\"stalking\", \"terrorism\"]).len() >= {count}"),
            8 => "person.sentence.index_offence.victim.vulnerable".to_owned(),
            9 => "known(person.oasys.ogrs3)".to_owned(),
            10 => format!("person.registrations.some(|one| one == \"stalking\" && person.oasys.ogrs3 >= {score})"),
            11 => "person.oasys.ogrs3 / 10 >= 5".to_owned(),
            12 => "first(person)".to_owned(),
            13 => format!("score(person) >= {score}"),
            14 => "looped(person)".to_owned(),
            15 => "each(person)".to_owned(),
            16 => format!("summed(person) >= {}", self.of(&["1", "26", "52"])),
            17 => "person.registrations.filter(|one| one == \"terrorism\").len() >= 1".to_owned(),
            _ => "made(person).found".to_owned(),
        }
    }

    fn condition(&mut self, helpers: bool) -> String {
        let one = self.atom(helpers);
        match self.below(5) {
            0 => one,
            1 => format!("!({one})"),
            2 => format!("{one} || {}", self.atom(helpers)),
            _ => format!("{one} && {}", self.atom(helpers)),
        }
    }

    fn policy(&mut self) -> String {
        const TIERS: [&str; 3] = ["Low", "Middle", "High"];
        let mut text =
            "//! Drawn.\n\nconst TIERS = [\"Low\", \"Middle\", \"High\"];\nconst OUTSIDE = [\"Out\"];\n".to_owned();
        let mut rule = |name: &str, body: &str| {
            text.push_str(&format!("\n/// A rule.\n/// @cite drawn\nfn {name}(person) {{\n    {body}\n}}\n"));
        };
        if self.below(4) > 0 {
            rule("everybody", "at_least(\"Low\")");
        }
        for number in 0..2 + self.below(3) {
            let (condition, tier, other) = (self.condition(true), self.of(&TIERS), self.of(&TIERS));
            let body = match self.below(8) {
                0 => format!("if {condition} {{ decide(\"Out\") }}"),
                1 => format!("if {condition} {{ throw \"drawn\"; }}"),
                2 | 3 => format!("if {condition} {{ at_least(\"{tier}\") }} else {{ at_least(\"{other}\") }}"),
                _ => format!("if {condition} {{ at_least(\"{tier}\") }}"),
            };
            rule(&format!("rule_{number}"), &body);
        }
        let (law, tier) = (self.condition(true), self.of(&TIERS));
        text.push_str(&format!(
            "\n/// A law.\n/// @cite drawn\nfn law_drawn(person, tier) {{\n    tier == \"Out\" || rank(tier) >= rank(\"{tier}\") || {law}\n}}\n"
        ));
        if self.below(3) == 0 {
            let (condition, tier, rest) = (self.condition(true), self.of(&TIERS), self.of(&["", "so_far.tier"]));
            text.push_str(&format!(
                "\n/// The tier.\n/// @cite drawn\nfn tier(person, so_far) {{\n    if {condition} {{ return \"{tier}\"; }}\n    {rest}\n}}\n"
            ));
        }
        let (helper, each) = (self.condition(false), self.condition(false));
        text.push_str(&format!(
            "\nprivate fn each(person) {{\n    for one in person.registrations {{ if one == \"terrorism\" {{ return {each}; }} }}\n    false\n}}\n\n\
             private fn summed(person) {{\n    let sum = 0;\n    for one in person.registrations {{ sum += if one == \"stalking\" {{ 1 }} else if one == \"terrorism\" {{ person.oasys.ogrs3 }} else {{ 0 }}; }}\n    sum\n}}\n\n\
             private fn first(person) {{\n    {helper}\n}}\n\nprivate fn score(person) {{\n    if person.iom {{ person.oasys.ogrs3 }} else {{ 30 }}\n}}\n\n\
             private fn looped(person) {{\n    let found = 0;\n    for one in person.registrations {{ if one == \"stalking\" {{ found += 1; }} }}\n    found >= 1\n}}\n\n\
             private fn made(person) {{\n    if person.iom {{ #{{found: true}} }} else {{ #{{found: person.oasys.ogrs3 >= 50}} }}\n}}\n"
        ));
        text
    }
}

fn cells() -> Vec<Cell> {
    let mut all = Vec::new();
    for iom in 0..2 {
        for engagement in 0..3 {
            for score in 0..SCORES.len() {
                for registers in 0..4 {
                    all.extend((0..2).map(|victim| [iom, engagement, score, registers, victim]));
                }
            }
        }
    }
    all
}

fn case([iom, engagement, score, registers, victim]: Cell) -> CaseFile {
    let score = if SCORES[score].is_empty() { String::new() } else { format!("ogrs3: {}", SCORES[score]) };
    let text = format!(
        "crn: X100001\niom: {}\nengagement: {}\nregistrations: [{}]\nsentence: {{index_offence: {{category: theft, victim: {{vulnerable: {}}}}}}}\noasys: {{completed_on: 2020-01-01, {score}}}\n",
        iom == 1,
        ENGAGEMENT[engagement],
        REGISTERS[registers],
        victim == 1
    );
    CaseFile::parse(&text).unwrap()
}

/// What comes of a case: its tier with the rules that fired and whether the law holds, or what is wrong.
type Came = Result<(String, BTreeSet<String>, bool), (Option<String>, String)>;

fn came(policy: &Policy, assessor: &mut Assessor<'_>, file: &CaseFile) -> Came {
    let decision = decide(assessor, file, ON).map_err(|fault| (fault.rule.clone(), fault.message.clone()))?;
    let tier = decision.tier.unwrap();
    let fired = decision.reasons.iter().filter(|reason| reason.fired).map(|reason| reason.rule.to_string()).collect();
    let facts = assessor.facts(&Arc::clone(&file.case), ON);
    let law = &policy.program().laws[0];
    let holds = assessor.begin(&facts).evaluator.law(law, &tier).unwrap_or(true);
    Ok((tier, fired, holds))
}

/// The places of the cell of which one is raised, by one step, to another.
fn raised(place: usize, cell: Cell, cells: &[Cell]) -> Vec<usize> {
    let is_above = |one: &Cell| {
        let is_same = (0..5).all(|other| other == place || one[other] == cell[other]);
        let (was, is) = (cell[place], one[place]);
        let rises = match place {
            2 => was > 0 && is > was,
            3 => (was == 0 && is > 0) || (was < 3 && is == 3),
            _ => is > was,
        };
        is_same && rises
    };
    cells.iter().enumerate().filter(|(_, one)| is_above(one)).map(|(at, _)| at).collect()
}

/// Whether some case shows what a claim denies, or of what wants a case what it says: among those that lack nothing, or among all.
fn is_shown(
    (property, about): (Property, &str),
    policy: &Policy,
    (cells, came): (&[Cell], &[Came]),
    lacks: bool,
) -> Option<bool> {
    let rank = |came: &Came| came.as_ref().ok().and_then(|(tier, ..)| policy.tiers().rank(tier));
    let complete = || came.iter().zip(cells).filter(|(_, cell)| lacks || cell[2] > 0).map(|(came, _)| came);
    Some(match property {
        Property::AlwaysATier => {
            complete().any(|came| came.as_ref().is_err_and(|(_, message)| message.contains("gives this case a tier")))
        }
        Property::NeverFails => {
            complete().any(|came| came.as_ref().is_err_and(|(rule, _)| rule.as_deref() == Some(about)))
        }
        Property::CanFire => complete().any(|came| came.as_ref().is_ok_and(|(_, fired, _)| fired.contains(about))),
        Property::Law => complete().any(|came| came.as_ref().is_ok_and(|(.., holds)| !holds)),
        Property::MissingFact => {
            let lacking = came.iter().zip(cells).filter(|(_, cell)| cell[2] == 0);
            lacking.into_iter().any(|(without, cell)| {
                let with = came
                    .iter()
                    .zip(cells)
                    .filter(|(_, one)| one[2] > 0 && (0..5).all(|other| other == 2 || one[other] == cell[other]));
                let highest = with.filter_map(|(came, _)| rank(came)).max();
                rank(without).is_some_and(|without| highest.is_some_and(|highest| highest > without))
            })
        }
        Property::MoreRisk => {
            let paths =
                ["iom", "engagement", "oasys.ogrs3", "registrations", "sentence.index_offence.victim.vulnerable"];
            let place = paths.iter().position(|path| *path == about)?;
            cells.iter().zip(came).any(|(cell, before)| {
                let is_complete = lacks || cell[2] > 0;
                is_complete
                    && rank(before).is_some_and(|before| {
                        let above = raised(place, *cell, cells).into_iter();
                        above.filter_map(|at| rank(&came[at])).any(|after| after < before)
                    })
            })
        }
        _ => return None,
    })
}

#[test]
fn whatever_is_proved_holds_of_every_case_and_whatever_is_refuted_fails_for_one() {
    let cells = cells();
    let files: Vec<CaseFile> = cells.iter().map(|cell| case(*cell)).collect();
    let counts = RefCell::new([0_usize; 3]);
    let policies = if is_long() { 500 } else { 2 };
    // A policy that fails is told of as it is drawn: a smaller one would be another.
    let mut runner = TestRunner::new(Config { max_shrink_iters: 0, ..config(policies) });
    let ran = runner.run(&vec(u32::ANY, 64), |numbers| {
        let text = Draw(numbers.iter().cycle()).policy();
        let program = Program::new().rules(&text);
        let policy = Policy::load(&Shelf::Folder(program.folder().join("policies")), "trial", &[]).expect(&text);
        let mut assessor = Assessor::new(&policy);
        let came: Vec<Came> = files.iter().map(|file| came(&policy, &mut assessor, file)).collect();
        for proof in verify(&policy, &[], &Property::OF_ONE, 4_000).proofs {
            let asked = (proof.property, proof.about.as_str());
            let shown = |lacks: bool| is_shown(asked, &policy, (&cells, &came), lacks);
            let (Some(of_complete), Some(of_any)) = (shown(false), shown(true)) else { continue };
            let wants = proof.property.wants_a_case();
            let (place, is_right) = match proof.verdict {
                Verdict::Proved { .. } => (0, if wants { of_any } else { !of_complete }),
                Verdict::Refuted { .. } => (1, if wants { !of_complete } else { of_any }),
                Verdict::NotDecided { .. } => (2, true),
            };
            counts.borrow_mut()[place] += 1;
            assert!(is_right, "{proof:?}, and of complete cases {of_complete}, of any {of_any}\n{text}");
        }
        Ok(())
    });
    if let Err(failed) = ran {
        panic!("{failed}");
    }
    let [proved, refuted, open] = counts.into_inner();
    println!("{proved} proved, {refuted} refuted, {open} not decided");
    assert!(proved > 0 && refuted > 0 && open * 3 < proved + refuted, "{proved} {refuted} {open}");
}
