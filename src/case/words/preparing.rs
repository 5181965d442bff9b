//! Words of plans, induction, checks and resettlement.

use crate::case::leaf::words;

words! {
    /// How good a risk management plan is.
    pub enum PlanQuality {
        /// Sufficient.
        Sufficient = "sufficient",
        /// Superficial.
        Superficial = "superficial",
        /// Poor.
        Poor = "poor",
        /// Inadequate.
        Inadequate = "inadequate",
        /// There is none.
        Absent = "absent",
    }

    /// Whether there is a contingency plan.
    pub enum Contingency {
        /// There is.
        Present = "present",
        /// A poor one.
        Poor = "poor",
        /// There is none.
        Absent = "absent",
    }

    /// How an induction was held.
    pub enum InductionMode {
        /// One to one.
        OneToOne = "one_to_one",
        /// In a group.
        Group = "group",
    }

    /// How an induction went.
    pub enum InductionOutcome {
        /// Attended.
        Attended = "attended",
        /// The person was turned away.
        TurnedAway = "turned_away",
        /// The person did not come.
        Missed = "missed",
    }

    /// Whether a check was made.
    pub enum Check {
        /// Done.
        Done = "done",
        /// Not done.
        NotDone = "not_done",
        /// Not needed.
        NotNeeded = "not_needed",
    }

    /// What a resettlement plan rests on.
    pub enum ResettlementBasis {
        /// Verified information.
        Verified = "verified",
        /// The person's own report alone.
        SelfReportOnly = "self_report_only",
    }

    /// Where the person was to live on release.
    pub enum ReleaseAccommodation {
        /// Settled.
        Settled = "settled",
        /// Homeless.
        Homeless = "homeless",
        /// An application was supported.
        SupportedApplication = "supported_application",
    }
}
