//! Supervision: who holds the case, from where, and how it has gone: contacts, ratings, events.

use super::{
    day::Day,
    number::Count,
    record::record,
    text::{FreeWord, Label, Sentence},
    words::{ContactMode, ContactOutcome, ContactWith, Grade, Place, Provider, RatingTrigger, Status},
};

record! {
    /// Who supervises, from where.
    pub struct Supervision {
        /// The kind of provider.
        provider: Option<Provider> = Detail, "nDelius",
        /// Local delivery unit.
        office: Option<Label> = Detail, "nDelius",
        /// From where the case is managed.
        managed_from: Option<Place> = Fact, "nDelius",
        /// The case manager.
        officer or default: Officer = Detail, "nDelius",
        /// A female case manager was offered.
        female_officer_offered: Option<bool> = Fact, "nDelius",
        /// A probation officer oversees the case.
        po_oversight: Option<bool> = Register, "nDelius",
        /// A reason is recorded why a home visit is not appropriate.
        home_visit_not_appropriate: Option<bool> = Register, "nDelius",
        /// How often the case manager has changed.
        officer_changes: Option<Count> = Detail, "nDelius",
        /// Transfers from another area.
        transfers or default: Vec<Transfer> = History, "nDelius",
        /// Where the person stood in supervision.
        status or default: Vec<StatusPeriod> = History, "nDelius"
    }

    /// A case manager.
    pub struct Officer {
        /// Reference of the officer.
        id: Option<Label> = Detail, "nDelius",
        /// Grade.
        grade: Option<Grade> = Detail, "nDelius",
        /// Months in the role.
        months_in_role: Option<Count> = Detail, "nDelius",
        /// Cases held.
        caseload: Option<Count> = Detail, "nDelius",
        /// Training still to come.
        training_gaps or default: Vec<FreeWord> = History, "nDelius"
    }

    /// A transfer from another area.
    pub entry Transfer {
        /// When.
        date: Day = Required Dates, "nDelius"
    }

    /// Where the person stood in supervision for a time.
    pub entry StatusPeriod {
        /// Where.
        status: Status = Required, "nDelius",
        /// From when.
        from: Day = Required Dates, "nDelius",
        /// The day it ended; open while it lasts.
        to: Option<Day> = Detail Ahead, "nDelius",
        /// There is evidence on file.
        evidence: Option<bool> = Register, "nDelius"
    }

    /// A BRAG rating as recorded.
    pub entry Rating {
        /// When.
        date: Day = Required Dates, "nDelius",
        /// The tier, one of the policy's.
        tier: Label = Required, "nDelius",
        /// Why it was made.
        trigger: Option<RatingTrigger> = Detail, "nDelius",
        /// By whom.
        by: Option<Label> = Detail, "nDelius",
        /// It is the assessment for release.
        pre_release: Option<bool> = Register, "nDelius",
        /// It addresses non-compliance.
        addresses_noncompliance: Option<bool> = Register, "nDelius",
        /// Other agencies had a say.
        agencies_input: Option<bool> = Register, "nDelius",
        /// The override that it rests on.
        r#override: Option<RatingOverride> = Detail, "nDelius"
    }

    /// An override that a rating rests on.
    pub struct RatingOverride {
        /// The tier that was overridden.
        from: Option<Label> = Detail, "nDelius",
        /// Why.
        reason: Option<Sentence> = Detail, "nDelius",
        /// Who authorised it.
        authorised_by: Option<Label> = Detail, "nDelius"
    }

    /// A contact, held, missed or planned.
    pub entry Contact {
        /// When.
        date: Day = Required Dates, "nDelius",
        /// How.
        mode: Option<ContactMode> = Detail, "nDelius",
        /// With whom.
        with: Option<ContactWith> = Detail, "nDelius",
        /// How it went.
        outcome: Option<ContactOutcome> = Detail, "nDelius"
    }

    /// Something that happened.
    pub entry Event {
        /// When.
        date: Day = Required Dates, "nDelius",
        /// What kind of thing; a policy's parameters name those that matter.
        r#type: FreeWord = Required, "nDelius",
        /// It asks for a review at once.
        significant: Option<bool> = Register, "nDelius"
    }

    /// Professional judgement that moves the tier.
    pub entry Override {
        /// The tier decided on.
        tier: Label = Required, "manager",
        /// Why.
        reason: Option<Sentence> = Detail, "manager",
        /// By whom.
        by: Option<Label> = Detail, "manager",
        /// When.
        date: Option<Day> = Detail Dates, "manager",
        /// The manager who agreed.
        authorised_by: Option<Label> = Detail, "manager"
    }

    /// A quality flag that somebody has looked at. It stays on the record, marked as such.
    pub entry Acknowledgement {
        /// Code of the flag.
        code: FreeWord = Required, "manager",
        /// By whom.
        by: Label = Required, "manager",
        /// Why nothing needs doing, or what was done.
        reason: Sentence = Required, "manager",
        /// When.
        date: Day = Required Dates, "manager"
    }
}
