//! The closed lists of words that a case is written in.

use super::record::words;

words! {
    /// Sex as recorded; an input of diversity rules, never of a tier.
    pub enum Sex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
    }
}

words! {
    /// The officer's judgement of how the person engages.
    pub enum Engagement {
        /// Good.
        Good = "good",
        /// Mixed.
        Mixed = "mixed",
        /// Poor.
        Poor = "poor",
    }
}

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
}

words! {
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

words! {
    /// The kind of sentence or order.
    pub enum SentenceType {
        /// Community order.
        CommunityOrder = "community_order",
        /// Suspended sentence order.
        SuspendedSentenceOrder = "suspended_sentence_order",
        /// Custodial sentence.
        Custody = "custody",
        /// Custodial sentence under the Offender Rehabilitation Act.
        CustodyOra = "custody_ora",
        /// Post-sentence supervision.
        PostSentenceSupervision = "post_sentence_supervision",
        /// None.
        None = "none",
    }
}

words! {
    /// The category of an offence. What a rule takes as serious or as domestic abuse is a list in its policy.
    pub enum Offence {
        /// Murder.
        Murder = "murder",
        /// Manslaughter.
        Manslaughter = "manslaughter",
        /// Rape.
        Rape = "rape",
        /// Another sexual offence.
        Sexual = "sexual",
        /// Robbery.
        Robbery = "robbery",
        /// Aggravated burglary.
        AggravatedBurglary = "aggravated_burglary",
        /// Wounding or grievous bodily harm.
        WoundingGbh = "wounding_gbh",
        /// Arson endangering life.
        ArsonEndangerLife = "arson_endanger_life",
        /// Kidnap.
        Kidnap = "kidnap",
        /// Firearm offence.
        Firearm = "firearm",
        /// Breach of a non-molestation order.
        NonMolestationOrderBreach = "non_molestation_order_breach",
        /// Breach of a restraining order.
        RestrainingOrderBreach = "restraining_order_breach",
        /// Stalking.
        Stalking = "stalking",
        /// Assault within a relationship or family.
        DomesticAssault = "domestic_assault",
        /// Coercive or controlling behaviour.
        CoerciveControl = "coercive_control",
        /// Affray.
        Affray = "affray",
        /// Assault occasioning actual bodily harm.
        AssaultAbh = "assault_abh",
        /// Assault on an emergency worker.
        AssaultEmergencyWorker = "assault_emergency_worker",
        /// Common assault.
        CommonAssault = "common_assault",
        /// Breach of a community order.
        BreachCommunityOrder = "breach_community_order",
        /// Burglary of a dwelling.
        BurglaryDwelling = "burglary_dwelling",
        /// Burglary other than of a dwelling.
        BurglaryNonDwelling = "burglary_non_dwelling",
        /// Criminal damage.
        CriminalDamage = "criminal_damage",
        /// Drink driving.
        DrinkDrive = "drink_drive",
        /// Driving while disqualified.
        DrivingDisqualified = "driving_disqualified",
        /// Driving without insurance.
        DrivingNoInsurance = "driving_no_insurance",
        /// Possession of drugs.
        DrugPossession = "drug_possession",
        /// Supply of drugs.
        DrugSupply = "drug_supply",
        /// Supply of drugs to a minor.
        DrugSupplyMinor = "drug_supply_minor",
        /// Fraud.
        Fraud = "fraud",
        /// Benefit fraud.
        FraudBenefit = "fraud_benefit",
        /// Fraud on a vulnerable person.
        FraudOnVulnerable = "fraud_on_vulnerable",
        /// Public order offence.
        PublicOrder = "public_order",
        /// Theft.
        Theft = "theft",
        /// Theft from a shop.
        TheftShop = "theft_shop",
        /// Theft from a shop with an assault.
        TheftShopAndAssault = "theft_shop_and_assault",
        /// Theft from a vulnerable person.
        TheftFromVulnerable = "theft_from_vulnerable",
        /// Possession of a weapon.
        WeaponPossession = "weapon_possession",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// Who the victim is to the person.
    pub enum Relationship {
        /// No victim.
        None = "none",
        /// A stranger.
        Stranger = "stranger",
        /// An acquaintance.
        Acquaintance = "acquaintance",
        /// A partner.
        Partner = "partner",
        /// A former partner.
        FormerPartner = "former_partner",
        /// A parent.
        Parent = "parent",
        /// A child.
        Child = "child",
        /// Another member of the family.
        OtherFamily = "other_family",
    }
}

words! {
    /// What a court has required.
    pub enum RequirementType {
        /// Rehabilitation activity.
        RehabilitationActivity = "rehabilitation_activity",
        /// Unpaid work.
        UnpaidWork = "unpaid_work",
        /// Accredited programme.
        AccreditedProgramme = "accredited_programme",
        /// Drug rehabilitation.
        DrugRehabilitation = "drug_rehabilitation",
        /// Alcohol treatment.
        AlcoholTreatment = "alcohol_treatment",
        /// Mental health treatment.
        MentalHealthTreatment = "mental_health_treatment",
        /// Curfew.
        Curfew = "curfew",
        /// Exclusion.
        Exclusion = "exclusion",
        /// Residence.
        Residence = "residence",
        /// Another requirement.
        Other = "other",
    }
}

words! {
    /// Why somebody is in custody.
    pub enum CustodyReason {
        /// Serving a sentence.
        Sentence = "sentence",
        /// Recalled.
        Recall = "recall",
        /// On remand.
        Remand = "remand",
    }
}

words! {
    /// How somebody is released.
    pub enum ReleaseType {
        /// Automatically, at the date that the law gives.
        Automatic = "automatic",
        /// On home detention curfew.
        Hdc = "hdc",
        /// On parole.
        Parole = "parole",
        /// At the end of a fixed-term recall.
        FixedTermRecall = "fixed_term_recall",
    }
}

words! {
    /// What was done about non-compliance.
    pub enum EnforcementAction {
        /// A warning.
        Warning = "warning",
        /// Breach considered and waived.
        BreachWaived = "breach_waived",
        /// Breach proceedings begun.
        BreachInitiated = "breach_initiated",
        /// Recall requested.
        RecallRequested = "recall_requested",
        /// The order ended.
        OrderTerminated = "order_terminated",
    }
}

words! {
    /// Who supervises.
    pub enum Provider {
        /// A community rehabilitation company.
        Crc = "crc",
        /// The National Probation Service.
        Nps = "nps",
    }
}

words! {
    /// From where a case is managed.
    pub enum Place {
        /// A front office.
        FrontOffice = "front_office",
        /// An operational hub.
        OperationalHub = "operational_hub",
        /// A community hub.
        CommunityHub = "community_hub",
    }
}

words! {
    /// Grade of an officer.
    pub enum Grade {
        /// Probation officer.
        Po = "po",
        /// Probation services officer.
        Pso = "pso",
        /// Trainee probation officer (professional qualification in probation).
        Pqip = "pqip",
        /// Senior probation officer, a manager.
        Spo = "spo",
    }
}

words! {
    /// Where a person stands in supervision.
    pub enum Status {
        /// Under supervision.
        Active = "active",
        /// Supervision suspended.
        Suspended = "suspended",
        /// Absconded.
        Absconded = "absconded",
        /// Unlawfully at large.
        UnlawfullyAtLarge = "unlawfully_at_large",
        /// In hospital.
        Hospital = "hospital",
    }
}

words! {
    /// Whether an OASys assessment is finished.
    pub enum AssessmentStatus {
        /// Complete.
        Complete = "complete",
        /// Locked before it was complete.
        LockedIncomplete = "locked_incomplete",
    }
}

words! {
    /// Whether a predictor was scored from static or from dynamic factors.
    pub enum PredictorType {
        /// From static factors alone.
        Static = "static",
        /// With dynamic factors.
        Dynamic = "dynamic",
    }
}

words! {
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
}

words! {
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
}

words! {
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
}

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
}

words! {
    /// Whether there is a contingency plan.
    pub enum Contingency {
        /// There is.
        Present = "present",
        /// A poor one.
        Poor = "poor",
        /// There is none.
        Absent = "absent",
    }
}

words! {
    /// How an induction was held.
    pub enum InductionMode {
        /// One to one.
        OneToOne = "one_to_one",
        /// In a group.
        Group = "group",
    }
}

words! {
    /// How an induction went.
    pub enum InductionOutcome {
        /// Attended.
        Attended = "attended",
        /// The person was turned away.
        TurnedAway = "turned_away",
        /// The person did not come.
        Missed = "missed",
    }
}

words! {
    /// Whether a check was made.
    pub enum Check {
        /// Done.
        Done = "done",
        /// Not done.
        NotDone = "not_done",
        /// Not needed.
        NotNeeded = "not_needed",
    }
}

words! {
    /// What a resettlement plan rests on.
    pub enum ResettlementBasis {
        /// Verified information.
        Verified = "verified",
        /// The person's own report alone.
        SelfReportOnly = "self_report_only",
    }
}

words! {
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

words! {
    /// Why a rating was made.
    pub enum RatingTrigger {
        /// The first.
        Initial = "initial",
        /// The six-weekly review.
        SixWeekly = "six_weekly",
        /// A significant change.
        SignificantChange = "significant_change",
        /// Before release.
        PreRelease = "pre_release",
        /// On release.
        Release = "release",
        /// On transfer.
        Transfer = "transfer",
        /// On recall.
        Recall = "recall",
    }
}

words! {
    /// How a contact was held.
    pub enum ContactMode {
        /// At an office.
        Office = "office",
        /// At the person's home.
        HomeVisit = "home_visit",
        /// At a community hub.
        CommunityHub = "community_hub",
        /// At a women's centre.
        WomensCentre = "womens_centre",
        /// By telephone.
        Telephone = "telephone",
        /// By video.
        Video = "video",
        /// In prison.
        PrisonVisit = "prison_visit",
        /// By letter.
        Letter = "letter",
        /// In a group.
        Group = "group",
    }
}

words! {
    /// With whom a contact was.
    pub enum ContactWith {
        /// The case manager.
        CaseManager = "case_manager",
        /// The designated case manager.
        DesignatedCaseManager = "designated_case_manager",
        /// A duty officer.
        DutyOfficer = "duty_officer",
        /// A supervisor of unpaid work.
        UpwSupervisor = "upw_supervisor",
        /// A group facilitator.
        GroupFacilitator = "group_facilitator",
        /// A partner agency.
        PartnerAgency = "partner_agency",
    }
}

words! {
    /// How a contact went.
    pub enum ContactOutcome {
        /// Attended.
        Attended = "attended",
        /// An absence with a good reason.
        AcceptableAbsence = "acceptable_absence",
        /// An absence without a good reason.
        UnacceptableAbsence = "unacceptable_absence",
        /// Moved to another time.
        Rearranged = "rearranged",
        /// Still to come.
        Planned = "planned",
    }
}

words! {
    /// Yes, no or unknown; `true` and `false` are read as yes and no.
    pub enum YesNo {
        /// Yes.
        Yes = "yes" or "true",
        /// No.
        No = "no" or "false",
        /// Not known.
        Unknown = "unknown",
    }
}

words! {
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
