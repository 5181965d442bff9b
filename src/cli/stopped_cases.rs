//! Worked cases that could not be run: a slip in a rule that stops many of them is told once.

use crate::{authoring::trial::Trial, cli::terminal::Terminal, error::Error, language::fault::PolicyFault};

/// Most cases that are named after an error.
const MAX_NAMED: usize = 5;

/// Draws why cases of a policy could not be run: a slip in a rule that stops many of them once, with their number.
pub fn complain(trials: &[Trial], policy: &str, terminal: &mut Terminal) {
    let mut said: Vec<&PolicyFault> = Vec::new();
    for trial in trials.iter().filter(|trial| trial.policy == policy) {
        let Some(error) = trial.error.as_deref() else { continue };
        let Error::Policy { fault, .. } = error else {
            terminal.complain(error);
            continue;
        };
        if said.contains(&fault) {
            continue;
        }
        said.push(fault);
        let is_same = |trial: &&Trial| matches!(trial.error.as_deref(), Some(Error::Policy { fault: other, .. }) if other == fault);
        let stopped: Vec<&str> =
            trials.iter().filter(|trial| trial.policy == policy).filter(is_same).map(|trial| &*trial.case).collect();
        if stopped.len() < 2 {
            terminal.complain(error);
            continue;
        }
        let named: Vec<&str> = stopped.iter().take(MAX_NAMED).copied().collect();
        let more = stopped.len() - named.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        terminal.say_after_error(Some(format!("stops {} cases: {}{more}", stopped.len(), named.join(", "))));
        terminal.complain(&Error::Policy { crn: None, fault: fault.clone() });
    }
}
