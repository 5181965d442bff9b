//! Words of the OASys assessment.

use crate::case::leaf::words;

words! {
    /// A level of risk of serious harm.
    pub enum Level {
        /// No current evidence of likely serious harm.
        Low = "low",
        /// Identifiable indicators of serious harm.
        Medium = "medium",
        /// Serious harm could happen at any time.
        High = "high",
        /// Serious harm is imminent.
        VeryHigh = "very_high",
    }

    /// Whether an OASys assessment is finished.
    pub enum AssessmentStatus {
        /// Complete.
        Complete = "complete",
        /// Locked before it was complete.
        LockedIncomplete = "locked_incomplete",
    }

    /// Whether a predictor was scored from static or from dynamic factors.
    pub enum PredictorType {
        /// From static factors alone.
        Static = "static",
        /// With dynamic factors.
        Dynamic = "dynamic",
    }

    /// Band of the direct-contact sexual reoffending predictor.
    pub enum SexualBand {
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
        /// Very high.
        VeryHigh = "very_high",
        /// The predictor does not apply.
        NotApplicable = "not_applicable",
    }

    /// A problem question's answer.
    pub enum Problem {
        /// No problems.
        None = "none",
        /// Some problems.
        Some = "some",
        /// Significant problems.
        Significant = "significant",
        /// Not answered.
        Missing = "missing",
    }

    /// A need of OASys: sections 3 to 12.
    pub enum Need {
        /// Section 3.
        Accommodation = "accommodation",
        /// Section 4, education, training and employability.
        Ete = "ete",
        /// Section 5.
        Finance = "finance",
        /// Section 6.
        Relationships = "relationships",
        /// Section 7, lifestyle and associates.
        Lifestyle = "lifestyle",
        /// Section 8.
        Drugs = "drugs",
        /// Section 9.
        Alcohol = "alcohol",
        /// Section 10, emotional well-being.
        Wellbeing = "wellbeing",
        /// Section 11, thinking and behaviour.
        Thinking = "thinking",
        /// Section 12.
        Attitudes = "attitudes",
    }

    /// Yes, no or unknown; `true` and `false` are read as yes and no.
    pub enum YesNo {
        /// Yes.
        Yes = "yes" or "true",
        /// No.
        No = "no" or "false",
        /// Not known.
        Unknown = "unknown",
    }

    /// The answer to a scored question of an OASys section; `true` and `false` are read as yes and no.
    pub enum Answer {
        /// No problems.
        None = "none",
        /// Some problems.
        Some = "some",
        /// Significant problems.
        Significant = "significant",
        /// Not answered.
        Missing = "missing",
        /// Yes.
        Yes = "yes" or "true",
        /// No.
        No = "no" or "false",
        /// Not known.
        Unknown = "unknown",
        /// Never.
        Never = "never",
        /// Previously.
        Previous = "previous",
        /// Currently.
        Currently = "currently",
    }
}
