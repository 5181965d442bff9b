//! The closed lists of words that a case is written in.

mod assessment;
mod court;
mod person;
mod preparing;
mod supervising;

pub use self::{
    assessment::{Answer, AssessmentStatus, Level, Need, PredictorType, Problem, SexualBand, YesNo},
    court::{CustodyReason, EnforcementAction, Offence, Relationship, ReleaseType, RequirementType, SentenceType},
    person::{Engagement, Registration, Sex},
    preparing::{
        Check, Contingency, InductionMode, InductionOutcome, PlanQuality, ReleaseAccommodation, ResettlementBasis,
    },
    supervising::{ContactMode, ContactOutcome, ContactWith, Grade, Place, Provider, RatingTrigger, Status},
};
