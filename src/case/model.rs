//! The case: everything that is known about one person, field by field.

use super::{
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
        assessed_on: Option<Day> = Detail Ahead, "",
        /// Date of birth.
        date_of_birth: Option<Day> = Fact Happened, "nDelius",
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
        /// The index sentence: of several that are current, the one for the most serious offence. Rules read the offence here.
        sentence or default: Sentence = Fact, "court",
        /// Further current sentences. One that is over counts no more.
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
        /// Several OASys assessments, of which the latest complete one on the date counts.
        assessments or default: Vec<Oasys> = History, "OASys",
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
