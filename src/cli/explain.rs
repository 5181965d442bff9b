//! `brag explain`: why a case has its tier, why not another, and what would change it.

use crate::{
    cli::{
        Run, case_files, global::Global, input_form::TableOptions, mapping_choice::MappingOptions, out::spare_inputs,
        policy_choice, terminal::Terminal, what_if::WhatIf,
    },
    decision::explain::{Explanation, explain, explain_why_not},
    error::{Error, Exit},
    policy::Policy,
    report::{Format, View, explain_page::ExplainPage},
    schedule::assess::Uncounted,
};
use clap::Args;
use std::path::PathBuf;

/// Why a case has its tier.
#[derive(Debug, Args)]
pub struct Explain {
    /// A file of one case (YAML, JSON, CSV or .xlsx), or `-` for standard input
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// What keeps the case from this tier, and what would give it
    #[arg(long, value_name = "TIER")]
    why_not: Option<String>,
    #[command(flatten)]
    mapping: MappingOptions,
    #[command(flatten)]
    table: TableOptions,
    #[command(flatten)]
    what_if: WhatIf,
}

const FORMATS: &[Format] = &[Format::Text, Format::Md, Format::Json];

impl Run for Explain {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = global.format_among(FORMATS)?;
        spare_inputs(None, || Ok(vec![self.case.clone()]), &[global.policy.as_deref()], global)?;
        let policy = policy_choice::load(global, &self.what_if.set, terminal)?;
        let asked = self.why_not.as_ref().map(|tier| tier_of(tier, &policy)).transpose()?;
        let explanation = self.explanation(&policy, asked, global, terminal).map_err(|error| *error)?;
        let page = ExplainPage { explanation: &explanation, every_condition: global.verbose };
        terminal.answer(page.written(format))?;
        Ok(Exit::Done)
    }
}

impl Explain {
    fn explanation(
        &self,
        policy: &Policy,
        asked: Option<&str>,
        global: &Global,
        terminal: &mut Terminal,
    ) -> Result<Explanation, Box<Error>> {
        let case = case_files::read_one(&self.case, &self.mapping, &self.table, &policy.recorded_tiers(), terminal)?;
        let on = global.date(case.case.assessed_on.map(|day| day.0))?;
        Uncounted::of(&case.case, on).in_words().inspect(|said| terminal.say(said));
        let failed = |fault: Box<_>| Error::Policy { crn: Some(case.case.crn.to_string()), fault: *fault };
        let explained = match asked {
            Some(tier) => explain_why_not(policy, &case, on, tier),
            None => explain(policy, &case, on),
        };
        explained.map_err(|fault| Box::new(failed(fault)))
    }
}

/// The tier that is asked about, as the policy spells it.
fn tier_of<'p>(tier: &str, policy: &'p Policy) -> Result<&'p str, Error> {
    let tiers = policy.tiers();
    if let Some(spelt) = tiers.spelt(tier) {
        return Ok(spelt);
    }
    let meant = tiers.meant(tier).map(|meant| format!("did you mean `{meant}`? ")).unwrap_or_default();
    let help = match tiers.all().as_slice() {
        [] => format!("policy `{}` gives no tiers", policy.name()),
        known => format!("{meant}policy `{}` has {}", policy.name(), known.join(", ")),
    };
    Err(Error::input("--why-not", format!("unknown tier `{tier}`")).with_help(help))
}
