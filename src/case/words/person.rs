//! Words about the person.

use crate::case::leaf::words;

words! {
    /// Sex as recorded; an input of diversity rules, never of a tier.
    pub enum Sex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
    }

    /// The officer's judgement of how the person engages.
    pub enum Engagement {
        /// Good.
        Good = "good",
        /// Mixed.
        Mixed = "mixed",
        /// Poor.
        Poor = "poor",
    }

    /// A register flag on the person's record, with the code that nDelius gives it.
    pub enum Registration {
        /// Mental health.
        MentalHealth = "mental_health" or "RMDO",
        /// Suicide or self-harm.
        SuicideSelfHarm = "suicide_self_harm" or "ALSH",
        /// Vulnerability.
        Vulnerability = "vulnerability" or "RVLN",
        /// Child concerns.
        ChildConcerns = "child_concerns" or "RCCO",
        /// Child protection.
        ChildProtection = "child_protection" or "RCPR",
        /// Risk to children.
        RiskToChildren = "risk_to_children" or "RCHD",
        /// Of public interest.
        PublicInterest = "public_interest" or "RPIR",
        /// Adult at risk.
        AdultAtRisk = "adult_at_risk" or "RVAD",
        /// Street gangs.
        StreetGangs = "street_gangs" or "STRG",
        /// Terrorism.
        Terrorism = "terrorism" or "RTAO",
        /// Perpetrator of domestic abuse.
        DomesticAbusePerpetrator = "domestic_abuse_perpetrator" or "ADVP",
        /// History of domestic abuse.
        DomesticAbuseHistory = "domestic_abuse_history" or "REG30",
        /// Victim of domestic abuse.
        DomesticAbuseVictim = "domestic_abuse_victim" or "ADVV",
        /// Stalking.
        Stalking = "stalking" or "SPO",
        /// Life sentence.
        Lifer = "lifer" or "INLL",
        /// Registered sex offender.
        SexOffender = "sex_offender" or "ARSO",
        /// Two thirds point.
        TwoThirds = "two_thirds" or "PRC",
        /// Warrant.
        Warrant = "warrant" or "WRSM",
    }
}
