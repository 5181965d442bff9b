//! Sources that are nearly the word for a value which no source settles: its owner would never be asked to confirm it.

use crate::{
    case::fault::nearest,
    language::fault::PolicyFault,
    policy::{Policy, parameters::ASSUMPTION},
};

/// What is found of the sources of numbers and presumptions.
pub(super) fn sources(policy: &Policy) -> Vec<PolicyFault> {
    let parameters = policy.parameters();
    let of_numbers = parameters.by_name.values().flat_map(|parameter| match policy.law() {
        Some(law) => parameter.on(law).map(|(_, dated)| dated).into_iter().collect(),
        None => parameter.values.values().collect::<Vec<_>>(),
    });
    let of_numbers = of_numbers.map(|dated| (&dated.source, dated.at));
    let of_presumptions = parameters.presumed.values().map(|presumed| (&presumed.source, presumed.at));
    let is_meant = |source: &str| source != ASSUMPTION && nearest(source, &[ASSUMPTION]).is_some();
    let found = of_numbers.chain(of_presumptions).filter(|(source, _)| is_meant(source));
    let said = found.map(|(source, at)| {
        let message = format!("the source `{source}` counts as one that settles the value");
        let fault = PolicyFault::invalid(&parameters.file, message).code("unknown-word");
        fault.at(Some(at.line), Some(at.column)).text(&parameters.text).help(format!("did you mean `{ASSUMPTION}`?"))
    });
    said.collect()
}
