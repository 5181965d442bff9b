//! The expression language of zen, through `zen-expression`. As with CEL, what several rules share is worked out once a case
//! and bound, each rule is one expression, and the highest floor is found outside.

use crate::{
    answer::{Effects, Standards, Tier},
    eager::{Whole, effect, parameters, standards},
    facts::{Fact, Value as FactValue},
    inputs::fact_value,
};
use serde_json::{Map, Value as Json};
use zen_expression::{Expression, Scope, Variable, compile_expression, expression::Standard, vm::VM};

const SHARED: [(&str, &str); 10] = [
    ("levels", "[rosh, rosh_public, rosh_children, rosh_known_adult, rosh_staff]"),
    (
        "level",
        "'very_high' in levels ? 'very_high' : ('high' in levels ? 'high' : ('medium' in levels ? 'medium' : 'low'))",
    ),
    (
        "disputed",
        "some(registrations, # in p.disputing) or mappa or some(previous_offences, # in p.disputing_offences) \
         or victim_vulnerable or category in p.disputing_offences",
    ),
    ("harm", "level == 'low' and disputed ? 'medium' : level"),
    (
        "likely",
        "ogrs3 >= 90 or ogp >= 85 or ovp >= 80 ? 'very_high' : (ogrs3 >= 75 or ogp >= 67 or ovp >= 60 ? 'high' : \
         (ogrs3 >= 50 or ogp >= 34 or ovp >= 30 ? 'medium' : 'low'))",
    ),
    (
        "needs",
        "(accommodation >= 2 ? 1 : 0) + (ete >= 3 ? 1 : 0) + (relationships >= 2 ? 1 : 0) + (lifestyle >= 2 ? 1 : 0) \
         + (drugs >= 2 ? 1 : 0) + (alcohol >= 4 ? 1 : 0) + (thinking >= 4 ? 1 : 0) + (attitudes >= 2 ? 1 : 0)",
    ),
    ("is_vulnerable", "domestic_abuse_victim or vulnerable or some(registrations, # in p.vulnerable)"),
    ("is_safeguarding", "some(registrations, # in p.safeguarding)"),
    (
        "engages_poorly",
        "engagement == 'poor' or count(contacts, #.outcome == 'unacceptable_absence' and #.day >= today - 90) >= 2",
    ),
    (
        "risk",
        "harm == 'medium' and likely == 'low' and needs <= 1 and not is_vulnerable and not is_safeguarding \
         and not engages_poorly and not disputed ? 'Green' : p.matrix[harm][likely]",
    ),
];

const RULES: [&str; 13] = [
    "in_custody and not iom ? 'Blue' : ''",
    "not iom ? '' : (harm != 'low' or likely == 'very_high' ? 'Red' : 'Red-Amber')",
    "risk",
    "rsr >= 6.9 ? 'Red' : (rsr >= 3 ? 'Amber' : '')",
    "is_safeguarding ? 'Amber' : ''",
    "needs >= 5 ? p.one_step_up[risk] : ''",
    "is_vulnerable ? p.one_step_up[risk] : ''",
    "engages_poorly ? p.one_step_up[risk] : ''",
    "level == 'low' and disputed ? 'reassess_rosh' : ''",
    "weeks_to_release >= 0 and weeks_to_release < 12 ? 'assess_for_release' : ''",
    "vulnerable or learning_difficulty or interpreter_required or domestic_abuse_victim or rural \
     ? 'induction_one_to_one' : ''",
    "rural or evening_reporting or caring_responsibilities or interpreter_required ? 'reporting_arrangements' : ''",
    "sex == 'female' and not female_officer_asked ? 'offer_female_officer' : ''",
];

const CONTACT: &str = "in_custody ? (iom ? 'iom_custody' : '') : (tier != 'Green' ? tier : \
    (managed_from == 'operational_hub' and single_unpaid_work and level == 'low' ? 'hub' : \
    (level == 'low' ? 'green_low' : 'green_medium')))";
const REVIEW: &str = "in_community ? 42 : 0";
const ALLOCATION: &str = "tier == 'Green' and single_unpaid_work and level == 'low' ? 'hub' : \
    (tier == 'Red' or (tier == 'Blue' and iom) ? 'po' : 'pso')";

/// The compiled expressions, the machine that runs them, and a scope for each case.
pub struct Zen {
    vm: VM,
    cases: Vec<Variable>,
    shared: Vec<(&'static str, Expression<Standard>)>,
    rules: Vec<Expression<Standard>>,
    contact: Expression<Standard>,
    review: Expression<Standard>,
    allocation: Expression<Standard>,
    /// The scope of the case that was decided last, for its standards.
    last: Option<(usize, Scope)>,
}

impl Zen {
    /// Compiles the expressions.
    ///
    /// # Errors
    ///
    /// What is wrong with one of them.
    pub fn new() -> Result<Self, String> {
        let shared = SHARED.iter().map(|(name, text)| Ok((*name, compile(text)?)));
        Ok(Self {
            vm: VM::new(),
            cases: Vec::new(),
            shared: shared.collect::<Result<_, String>>()?,
            rules: RULES.iter().map(|text| compile(text)).collect::<Result<_, String>>()?,
            contact: compile(CONTACT)?,
            review: compile(REVIEW)?,
            allocation: compile(ALLOCATION)?,
            last: None,
        })
    }

    fn scope(&self, at: usize, extra: &[(Fact, FactValue)]) -> Result<Scope, String> {
        let mut scope = Scope::new(self.cases.get(at).ok_or("no such case")?.clone());
        for (fact, value) in extra {
            scope.set_local(fact.name().into(), Variable::from(fact_value(*value)));
        }
        Ok(scope)
    }
}

impl Whole for Zen {
    const NAME: &'static str = "zen-expression";

    fn prepare(&mut self, cases: Vec<Map<String, Json>>) -> Result<(), String> {
        self.last = None;
        let parameters = Variable::from(parameters());
        let with_parameters = |inputs| {
            let case = Variable::from(Json::Object(inputs));
            case.dot_insert("p", parameters.clone());
            case
        };
        self.cases = cases.into_iter().map(with_parameters).collect();
        Ok(())
    }

    fn rules(&mut self, at: usize, extra: &[(Fact, FactValue)]) -> Result<Effects, String> {
        let mut effects = Effects::default();
        let mut scope = self.scope(at, extra)?;
        for (name, expression) in &self.shared {
            let value = run(expression, &scope, &mut self.vm)?;
            scope.set_local((*name).into(), value);
        }
        for (rule, (expression, said)) in self.rules.iter().zip(&mut effects).enumerate() {
            let value = run(expression, &scope, &mut self.vm)?;
            *said = effect(rule, value.as_str().ok_or("a rule gives no word")?);
        }
        self.last = extra.is_empty().then_some((at, scope));
        Ok(effects)
    }

    fn standards(&mut self, at: usize, extra: &[(Fact, FactValue)], tier: Tier) -> Result<Standards, String> {
        let mut scope = match self.last.take() {
            Some((last, scope)) if last == at && extra.is_empty() => scope,
            _ => {
                let mut scope = self.scope(at, extra)?;
                for (name, expression) in self.shared.iter().take(2) {
                    let value = run(expression, &scope, &mut self.vm)?;
                    scope.set_local((*name).into(), value);
                }
                scope
            }
        };
        scope.set_local("tier".into(), Variable::String(tier.as_str().into()));
        let contact = run(&self.contact, &scope, &mut self.vm)?;
        let review = run(&self.review, &scope, &mut self.vm)?.as_number().ok_or("a review is no number")?;
        let allocation = run(&self.allocation, &scope, &mut self.vm)?;
        let days = i64::try_from(review).map_err(|error| error.to_string())?;
        Ok(standards(contact.as_str().unwrap_or_default(), days, allocation.as_str().unwrap_or_default()))
    }
}

fn compile(text: &str) -> Result<Expression<Standard>, String> {
    compile_expression(text).map_err(|error| format!("{text}: {error}"))
}

fn run(expression: &Expression<Standard>, scope: &Scope, vm: &mut VM) -> Result<Variable, String> {
    expression.evaluate_with_scope(scope, vm).map_err(|error| error.to_string())
}
