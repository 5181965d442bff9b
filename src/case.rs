//! Stage one. In: a case file. Out: a [`Case`], what is known about one person, checked against the case model.
//! Next: a [`crate::policy`] decides it.
//!
//! A field is declared once, in a `record!` of this module: that gives its type, its line in the JSON Schema, its row in
//! the table of inputs, and its name in a policy script.

mod cells;
pub mod check;
mod column;
pub mod day;
pub mod derived;
pub mod document;
pub mod domain;
pub mod expect;
pub mod fault;
pub mod input;
pub mod json;
pub mod known_on;
pub mod later;
pub mod local;
pub mod number;
pub mod oasys;
pub mod phase;
pub mod planning;
mod quick;
pub mod read;
pub mod record;
pub mod registered;
pub mod row;
pub mod schema;
pub mod sentence;
pub mod supervision;
pub mod text;
pub mod value;
pub mod words;

use self::{
    day::Day,
    expect::Expect,
    local::Local,
    oasys::Oasys,
    planning::{Agency, Checks, Circumstances, DisclosedNeed, Induction, Plan, RiskManagementPlan, ThroughTheGate},
    record::record,
    registered::Registered,
    sentence::{Custody, Enforcement, Mappa, Release, Sentence},
    supervision::{Acknowledgement, Contact, Event, Override, Rating, Supervision},
    text::Reference,
    words::{Engagement, Offence, Sex},
};

record! {
    /// What is known about one person: the inputs of every policy.
    pub struct Case {
        /// Case reference.
        crn: Reference = Required, "nDelius",
        /// The date the answer is for, where the command line does not say.
        assessed_on: Option<Day> = Detail, "",
        /// Date of birth.
        date_of_birth: Option<Day> = Fact, "nDelius",
        /// Sex.
        sex: Option<Sex> = Fact, "nDelius",
        /// Circumstances that bear on how somebody is supervised.
        #[serde(default)]
        circumstances: Circumstances = Register, "induction, OASys",
        /// How the person engages.
        engagement: Option<Engagement> = Fact, "officer",
        /// Managed under Integrated Offender Management.
        iom: Option<bool> = Register, "Integrated Offender Management",
        /// Multi-agency public protection arrangements.
        #[serde(default)]
        mappa: Mappa = Register, "MAPPA",
        /// Register flags in force.
        #[serde(default)]
        registrations: Vec<Registered> = Register, "nDelius",
        /// The sentence.
        #[serde(default)]
        sentence: Sentence = Fact, "court",
        /// Further current sentences.
        #[serde(default)]
        other_sentences: Vec<Sentence> = History, "court",
        /// Earlier offences, by category.
        #[serde(default)]
        previous_offences: Vec<Offence> = History, "PNC",
        /// Periods in custody.
        #[serde(default)]
        custody: Vec<Custody> = History, "prison",
        /// The release, past or to come.
        #[serde(default)]
        release: Release = Detail, "prison",
        /// Breach or recall in the last year.
        previous_enforcement_activity: Option<bool> = Register, "nDelius",
        /// What was done about non-compliance.
        #[serde(default)]
        enforcement: Vec<Enforcement> = History, "nDelius",
        /// Under supervision at all; taken as true when absent.
        active_event: Option<bool> = Standing, "nDelius",
        /// Who supervises, from where.
        #[serde(default)]
        supervision: Supervision = Detail, "nDelius",
        /// The OASys assessment.
        #[serde(default)]
        oasys: Oasys = Fact, "OASys",
        /// The sentence plan.
        #[serde(default)]
        plan: Plan = Fact, "OASys",
        /// The plan for managing the risk of serious harm.
        #[serde(default)]
        risk_management_plan: RiskManagementPlan = Fact, "OASys",
        /// The induction appointment.
        #[serde(default)]
        induction: Induction = Detail, "nDelius",
        /// Other agencies.
        #[serde(default)]
        agencies: Vec<Agency> = History, "nDelius",
        /// Checks with other agencies.
        #[serde(default)]
        checks: Checks = Fact, "nDelius",
        /// Needs that were disclosed.
        #[serde(default)]
        disclosed_needs: Vec<DisclosedNeed> = History, "OASys",
        /// Resettlement.
        #[serde(default)]
        through_the_gate: ThroughTheGate = Detail, "resettlement",
        /// Earlier ratings.
        #[serde(default)]
        ratings: Vec<Rating> = History, "nDelius",
        /// Contacts held, missed and planned.
        #[serde(default)]
        contacts: Vec<Contact> = History, "nDelius",
        /// What happened.
        #[serde(default)]
        events: Vec<Event> = History, "nDelius",
        /// Professional judgement that moves the tier.
        r#override: Option<Override> = Detail, "manager",
        /// Quality flags that somebody has looked at.
        #[serde(default)]
        acknowledged: Vec<Acknowledgement> = History, "manager",
        /// A policy's own inputs, declared in its parameters.
        #[serde(default)]
        local: Local = Fact, "the policy",
        /// What must come out; read when worked cases are tested, never an input.
        expect: Option<Expect> = Detail, ""
    }
}

impl Case {
    /// Reads a case from YAML or JSON text.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, with its field and line: not well-formed, an unknown key, a wrong type, a value
    /// outside its domain, or dates that cannot stand in the order they do.
    ///
    /// ```
    /// use brag::case::Case;
    /// let case = Case::parse("crn: X320741\noasys: { rosh: medium, rsr: 1.40 }\n").unwrap().0;
    /// assert_eq!(case.crn.as_str(), "X320741");
    ///
    /// let fault = Case::parse("crn: X320741\noasys: { rohs: medium }\n").unwrap_err();
    /// assert_eq!(fault.to_string(), "`oasys.rohs`: unknown key");
    /// assert_eq!(fault.help().as_deref(), Some("did you mean `rosh`?"));
    /// ```
    pub fn parse(text: &str) -> Result<(Self, document::Node), fault::Fault> {
        Self::from_document(document::parse(text)?)
    }

    /// Reads a case from text that must be JSON, and not merely YAML that looks like it.
    ///
    /// # Errors
    ///
    /// As [`Case::parse`].
    pub fn parse_json(text: &str) -> Result<(Self, document::Node), fault::Fault> {
        Self::from_document(json::parse(text)?)
    }

    fn from_document(document: document::Node) -> Result<(Self, document::Node), fault::Fault> {
        let case: Self = read::from_node(&document)?;
        check::check_dates(&case, Some(&document))?;
        Ok((case, document))
    }
}
