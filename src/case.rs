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
pub mod leaf;
pub mod local;
pub mod number;
pub mod oasys;
pub mod phase;
pub mod planning;
pub mod read;
pub mod record;
pub mod registered;
pub mod row;
pub mod schema;
pub mod sentence;
pub mod strict;
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

/// The longest text read without a tree, in bytes.
const MAX_QUICK: usize = 100_000;

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
        circumstances or default: Circumstances = Register, "induction, OASys",
        /// How the person engages.
        engagement: Option<Engagement> = Fact, "officer",
        /// Managed under Integrated Offender Management.
        iom: Option<bool> = Register, "Integrated Offender Management",
        /// Multi-agency public protection arrangements.
        mappa or default: Mappa = Register, "MAPPA",
        /// Register flags in force.
        registrations or default: Vec<Registered> = Register, "nDelius",
        /// The sentence.
        sentence or default: Sentence = Fact, "court",
        /// Further current sentences.
        other_sentences or default: Vec<Sentence> = History, "court",
        /// Earlier offences, by category.
        previous_offences or default: Vec<Offence> = History, "PNC",
        /// Periods in custody.
        custody or default: Vec<Custody> = History, "prison",
        /// The release, past or to come.
        release or default: Release = Detail, "prison",
        /// Breach or recall in the last year.
        previous_enforcement_activity: Option<bool> = Register, "nDelius",
        /// What was done about non-compliance.
        enforcement or default: Vec<Enforcement> = History, "nDelius",
        /// Under supervision at all; taken as true when absent.
        active_event: Option<bool> = Standing, "nDelius",
        /// Who supervises, from where.
        supervision or default: Supervision = Detail, "nDelius",
        /// The OASys assessment.
        oasys or default: Oasys = Fact, "OASys",
        /// The sentence plan.
        plan or default: Plan = Fact, "OASys",
        /// The plan for managing the risk of serious harm.
        risk_management_plan or default: RiskManagementPlan = Fact, "OASys",
        /// The induction appointment.
        induction or default: Induction = Detail, "nDelius",
        /// Other agencies.
        agencies or default: Vec<Agency> = History, "nDelius",
        /// Checks with other agencies.
        checks or default: Checks = Fact, "nDelius",
        /// Needs that were disclosed.
        disclosed_needs or default: Vec<DisclosedNeed> = History, "OASys",
        /// Resettlement.
        through_the_gate or default: ThroughTheGate = Detail, "resettlement",
        /// Earlier ratings.
        ratings or default: Vec<Rating> = History, "nDelius",
        /// Contacts held, missed and planned.
        contacts or default: Vec<Contact> = History, "nDelius",
        /// What happened.
        events or default: Vec<Event> = History, "nDelius",
        /// Professional judgement that moves the tier.
        r#override: Option<Override> = Detail, "manager",
        /// Quality flags that somebody has looked at.
        acknowledged or default: Vec<Acknowledgement> = History, "manager",
        /// A policy's own inputs, declared in its parameters.
        local or default: Local = Fact, "the policy",
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

    /// Reads a case from JSON text, if that can be done without a tree in between, which is quick and knows no places. What is
    /// taken is the same case; what is refused, rightly or out of caution, is for [`Case::parse_json`] to read or explain.
    ///
    /// ```
    /// use brag::case::Case;
    /// let text = r#"{ "crn": "X320741", "oasys": { "rsr": 1.40 } }"#;
    /// assert_eq!(Case::quick_json(text).unwrap(), Case::parse_json(text).unwrap().0);
    /// assert!(Case::quick_json(r#"["X320741"]"#).is_none());
    /// ```
    #[must_use]
    pub fn quick_json(text: &str) -> Option<Self> {
        // A longer text could hold more values than a case may have.
        let case = (text.len() <= MAX_QUICK).then(|| serde_json::from_str(text).ok()).flatten()?;
        check::check_dates(&case, None).ok().map(|()| case)
    }

    fn from_document(document: document::Node) -> Result<(Self, document::Node), fault::Fault> {
        let case: Self = read::from_node(&document)?;
        check::check_dates(&case, Some(&document))?;
        Ok((case, document))
    }
}
