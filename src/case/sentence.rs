//! The sentence: what the court ordered, custody and release, and what became of it.

use super::{
    day::Day,
    number::{Count, Whole},
    record::record,
    words::{CustodyReason, EnforcementAction, Offence, Relationship, ReleaseType, RequirementType, SentenceType},
};

record! {
    /// A sentence or order.
    pub struct Sentence {
        /// The kind of sentence.
        r#type: Option<SentenceType> = Fact, "court",
        /// When it was imposed.
        imposed_on: Option<Day> = Detail Dates, "court",
        /// When it starts.
        starts_on: Option<Day> = Detail Ahead, "court",
        /// When it ends.
        ends_on: Option<Day> = Detail Ahead, "court",
        /// When it was terminated, if it was.
        terminated_on: Option<Day> = Detail Ahead, "court",
        /// The offence it is for.
        index_offence or default: IndexOffence = Detail, "court",
        /// What the court requires.
        requirements or default: Vec<Requirement> = History, "court"
    }

    /// The offence that a sentence is for.
    pub struct IndexOffence {
        /// Its category.
        category: Option<Offence> = Fact, "court",
        /// Its victim.
        victim or default: Victim = Detail, "court"
    }

    /// The victim of an offence.
    pub struct Victim {
        /// Who the victim is to the person.
        relationship: Option<Relationship> = Detail, "court",
        /// Known to the person.
        known: Option<bool> = Register, "court",
        /// Vulnerable.
        vulnerable: Option<bool> = Register, "court"
    }

    /// A requirement of a sentence, with what was done of it.
    pub entry Requirement {
        /// The kind of requirement.
        r#type: RequirementType = Required, "court",
        /// Days ordered.
        days: Option<Count> = Detail, "court",
        /// Hours ordered.
        hours: Option<Count> = Detail, "court",
        /// Sessions ordered.
        sessions: Option<Count> = Detail, "court",
        /// Months ordered.
        months: Option<Count> = Detail, "court",
        /// How much of it is done, in the unit ordered.
        done: Option<Count> = Detail, "nDelius",
        /// Whether it is completed.
        completed: Option<bool> = Register, "nDelius",
        /// When it was begun.
        first_session_on: Option<Day> = Detail Happened, "nDelius",
        /// Sessions missed without a good reason.
        missed_on or default: Vec<Day> = History Happened, "nDelius",
        /// Times that the person came and was sent away for want of work.
        stand_downs: Option<Count> = Detail, "nDelius",
        /// Restrictive: a curfew, an exclusion and the like.
        restrictive: Option<bool> = Register, "nDelius",
        /// The placement conflicts with a recorded risk.
        placement_conflict: Option<bool> = Register, "nDelius",
        /// The recorded risk was considered for the placement.
        risk_considered: Option<bool> = Register, "nDelius"
    }

    /// A period in custody.
    pub entry Custody {
        /// From when.
        from: Day = Required Dates, "prison",
        /// The day of release; open while in custody.
        to: Option<Day> = Detail Ahead, "prison",
        /// Why.
        reason: Option<CustodyReason> = Detail, "prison"
    }

    /// A release, past or to come.
    pub struct Release {
        /// When.
        date: Option<Day> = Detail Ahead, "prison",
        /// How.
        r#type: Option<ReleaseType> = Detail, "prison",
        /// The date on which the date became known.
        known_on: Option<Day> = Detail Dates, "prison"
    }

    /// Something done about non-compliance.
    pub entry Enforcement {
        /// When.
        date: Day = Required Dates, "nDelius",
        /// What.
        action: EnforcementAction = Required, "nDelius",
        /// It concerned a previous order.
        previous_order: Option<bool> = Register, "nDelius"
    }

    /// Multi-agency public protection arrangements.
    pub struct Mappa {
        /// Category.
        category: Option<Whole<1, 4>> = Register, "MAPPA",
        /// Level.
        level: Option<Whole<1, 3>> = Register, "MAPPA"
    }
}
