//! Words of supervision: officers, ratings, contacts.

use crate::case::leaf::words;

words! {
    /// Who supervises.
    pub enum Provider {
        /// A community rehabilitation company.
        Crc = "crc",
        /// The National Probation Service.
        Nps = "nps",
    }

    /// From where a case is managed.
    pub enum Place {
        /// A front office.
        FrontOffice = "front_office",
        /// An operational hub.
        OperationalHub = "operational_hub",
        /// A community hub.
        CommunityHub = "community_hub",
    }

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
