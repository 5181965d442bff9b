//! What was proved of a policy: a page, a heading a property, what was refuted first.

use crate::{
    policy::Policy,
    report::{
        Format,
        page::Page,
        phrases::{count_of, date},
    },
    verify::{Proof, Property, Report, Shown, Verdict},
};

/// What was proved, as text or Markdown.
#[must_use]
pub fn text(report: &Report, format: Format, details: bool) -> String {
    let mut page = Page::of(format);
    page.heading(1, &format!("What holds of every case under {}", report.policies.join(" and ")));
    let stretches: Vec<String> = report.stretches.iter().map(|from| date(*from)).collect();
    let in_force = match report.law {
        Some(law) => format!("on {}, whatever the date of the case: `assess --law {law}` decides it so", date(law)),
        None => format!("from {}", stretches.join(", then from ")),
    };
    page.paragraph(&format!("Over every case that the model allows, by the rules and numbers in force {in_force}."));
    for excepted in &report.excepted {
        page.note(0, &format!("excepted from what speaks of risk: {excepted}"));
    }
    let mut properties: Vec<Property> = Vec::new();
    for proof in &report.proofs {
        if !properties.contains(&proof.property) {
            properties.push(proof.property);
        }
    }
    for property in properties {
        let proofs: Vec<&Proof> = report.proofs.iter().filter(|proof| proof.property == property).collect();
        section(&mut page, property, &proofs, details);
    }
    let [proved, refuted, undecided] = report.counts();
    page.remark(&format!("{proved} proved, {refuted} refuted, {undecided} not decided."));
    page.end()
}

/// Why there is nothing to ask of a policy for a claim.
#[must_use]
pub fn why_nothing_is_asked(property: Property, policy: &Policy) -> &'static str {
    let needs_tiers =
        matches!(property, Property::AlwaysATier | Property::Law | Property::MoreRisk | Property::MissingFact);
    let program = policy.program();
    match property {
        _ if needs_tiers && policy.tiers().is_empty() => "it gives no tier",
        Property::Law if program.laws.is_empty() => "it has no law, a function `law_...(person, tier)`",
        Property::Law => "none of its laws holds on a date that is asked about",
        Property::MoreRisk => "no input that speaks of risk bears on its tier, but for those that `NOT_RISK` excepts",
        Property::MissingFact => {
            "no rule that bears on the tier asks whether a fact is known, and what is not known is taken as what asks for most"
        }
        Property::Contact if !program.has("contact") => "it has no function `contact`",
        Property::Contact => "it has not two tiers in an order",
        Property::CanBeRaised => "it raises no flag",
        Property::BothWays => "none of its rules has a condition",
        _ => "it has no rule in force",
    }
}

fn section(page: &mut Page, property: Property, proofs: &[&Proof], details: bool) {
    page.section(property.sentence());
    for proof in proofs {
        match &proof.verdict {
            Verdict::Refuted { shown } => {
                page.note(2, &format!("REFUTED{}", about(proof)));
                if let Some(shown) = shown {
                    draw(page, shown);
                }
            }
            Verdict::NotDecided { why } => {
                page.note(2, &format!("not decided{}", about(proof)));
                page.aside(4, why);
            }
            Verdict::Proved { .. } => {}
        }
    }
    let proved: Vec<&&Proof> = proofs.iter().filter(|proof| matches!(proof.verdict, Verdict::Proved { .. })).collect();
    let regions: usize = proved.iter().map(|proof| proof.regions).sum();
    match proved.as_slice() {
        [] => {}
        [only] => page.note(2, &format!("proved{}, {}", about(only), count_of(regions, "region"))),
        all if details => {
            for proof in all {
                page.note(2, &format!("proved{}, {}", about(proof), count_of(proof.regions, "region")));
            }
        }
        all => page.note(2, &format!("proved of {}, {}", all.len(), count_of(regions, "region"))),
    }
}

fn about(proof: &Proof) -> String {
    if proof.about.is_empty() { String::new() } else { format!(" of {}", proof.about) }
}

fn draw(page: &mut Page, shown: &Shown) {
    page.aside(4, &format!("{}, on {}", shown.said, date(shown.on)));
    for (at, case) in shown.cases.iter().enumerate() {
        let of_two = if at == 0 { "the one case:" } else { "the other:" };
        page.aside(4, if shown.cases.len() == 1 { "the case:" } else { of_two });
        page.verbatim(&format!("{}\n", case.trim_end()));
    }
}
