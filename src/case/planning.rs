//! What is planned and done with the person: plan, induction, agencies, checks, resettlement.

use super::{
    day::Day,
    record::record,
    text::FreeWord,
    words::{
        Check, Contingency, InductionMode, InductionOutcome, PlanQuality, ReleaseAccommodation, ResettlementBasis,
    },
};

record! {
    /// Circumstances that bear on how somebody is supervised.
    pub struct Circumstances {
        /// Is or was a victim of domestic abuse.
        domestic_abuse_victim: Option<bool> = Register, "induction, OASys",
        /// Mental health.
        mental_health: Option<bool> = Register, "induction, OASys",
        /// Learning difficulty.
        learning_difficulty: Option<bool> = Register, "induction, OASys",
        /// Physical disability.
        physical_disability: Option<bool> = Register, "induction, OASys",
        /// Neurodivergent.
        neurodivergent: Option<bool> = Register, "induction, OASys",
        /// Needs an interpreter.
        interpreter_required: Option<bool> = Register, "induction, OASys",
        /// Has been in care.
        care_leaver: Option<bool> = Register, "induction, OASys",
        /// Cares for somebody.
        caring_responsibilities: Option<bool> = Register, "induction, OASys",
        /// Children live in the household.
        children_in_household: Option<bool> = Register, "induction, OASys",
        /// Vulnerable in another way.
        vulnerable: Option<bool> = Register, "induction, OASys",
        /// Homeless.
        homeless: Option<bool> = Register, "induction, OASys",
        /// Lives in a rural area.
        rural: Option<bool> = Register, "induction, OASys",
        /// Has to report in the evening.
        evening_reporting: Option<bool> = Register, "induction, OASys"
    }

    /// The sentence plan.
    pub struct Plan {
        /// When it was completed.
        completed_on: Option<Day> = Fact Dates, "OASys",
        /// The person had a part in it.
        person_involved: Option<bool> = Fact, "OASys",
        /// Diversity was considered.
        diversity_considered: Option<bool> = Fact, "OASys"
    }

    /// The plan for managing the risk of serious harm.
    pub struct RiskManagementPlan {
        /// How good it is.
        quality: Option<PlanQuality> = Fact, "OASys",
        /// Whether it says what to do when things change.
        contingency: Option<Contingency> = Fact, "OASys",
        /// It protects the victim.
        victim_safety: Option<bool> = Fact, "OASys"
    }

    /// The induction appointment.
    pub struct Induction {
        /// When.
        date: Option<Day> = Detail Dates, "nDelius",
        /// How.
        mode: Option<InductionMode> = Detail, "nDelius",
        /// How it went.
        outcome: Option<InductionOutcome> = Detail, "nDelius"
    }

    /// Another agency.
    pub entry Agency {
        /// Which.
        name: FreeWord = Required, "nDelius",
        /// It is involved.
        involved: Option<bool> = Register, "nDelius",
        /// There is liaison with it.
        liaison: Option<bool> = Register, "nDelius"
    }

    /// Checks with other agencies.
    pub struct Checks {
        /// Domestic abuse call-outs, with the police.
        police_domestic_abuse: Option<Check> = Fact, "nDelius",
        /// Children's services.
        childrens_services: Option<Check> = Fact, "nDelius"
    }

    /// A need that the person or a source disclosed.
    pub entry DisclosedNeed {
        /// Which.
        need: FreeWord = Required, "OASys",
        /// It was explored.
        explored: Option<bool> = Detail, "OASys"
    }

    /// Resettlement: what was prepared through the gate.
    pub struct ThroughTheGate {
        /// What the resettlement plan rests on.
        based_on: Option<ResettlementBasis> = Detail, "resettlement",
        /// Where the person was to live.
        accommodation_on_release: Option<ReleaseAccommodation> = Detail, "resettlement",
        /// Referrals to other services.
        referrals or default: Vec<Referral> = History, "resettlement",
        /// Something that happened in custody was not passed on.
        undisclosed_custody_event: Option<bool> = Register, "resettlement"
    }

    /// A referral to another service.
    pub entry Referral {
        /// To which.
        to: FreeWord = Required, "resettlement",
        /// It was followed up.
        followed_up: Option<bool> = Detail, "resettlement"
    }
}
