//! Words of the sentence, custody and enforcement.

use crate::case::leaf::words;

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

    /// Why somebody is in custody.
    pub enum CustodyReason {
        /// Serving a sentence.
        Sentence = "sentence",
        /// Recalled.
        Recall = "recall",
        /// On remand.
        Remand = "remand",
    }

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
