//! Who holds the case. Offices and officers are the same for many cases: an area has two dozen offices, and about as many
//! cases as its officers can hold.

use crate::{dice::Dice, fields::Fields, person::Person, tier::Tier};

/// Cases of an area, all with numbers in a row.
const AREA: u64 = 12_000;
/// Officers of an office, by grade.
const PROBATION_OFFICERS: i64 = 4;
const SERVICES_OFFICERS: i64 = 7;
/// Streams of chance below this number are the cases; those of the officers follow.
const OFFICER_STREAMS: u64 = 1 << 62;

const OFFICES: [&str; 24] = [
    "Ashcombe",
    "Brackwell",
    "Calderley",
    "Dunmoor",
    "Eastholme",
    "Fernbridge",
    "Garrowby",
    "Hexford",
    "Inglemere",
    "Jarrowby",
    "Kelstone",
    "Langmoor",
    "Marlowe Cross",
    "Northolme",
    "Oakhanger",
    "Penwick",
    "Quarrydale",
    "Rookhope",
    "Saltersford",
    "Thornleigh",
    "Underwood",
    "Vale of Orme",
    "Westerdale",
    "Yarnbrook",
];

/// The case manager and the office.
pub struct Officer {
    /// Reference.
    pub id: String,
    /// Reference of the manager of the office.
    pub manager: String,
    office: String,
    grade: &'static str,
    months: i64,
    caseload: i64,
    gaps: Vec<&'static str>,
}

impl Officer {
    /// The officer of a case: a probation officer for the Red ones, nearly always.
    pub fn of(dice: &mut Dice, seed: u64, number: u64, tier: Tier) -> Self {
        let area = number / AREA;
        let place = dice.below(24);
        let is_po = if tier == Tier::Red { dice.happens(955) } else { dice.happens(160) };
        let (grade, of_grade) = if is_po { ("po", PROBATION_OFFICERS) } else { ("pso", SERVICES_OFFICERS) };
        let index = dice.between(1, of_grade);
        let name = OFFICES.get(place as usize).copied().unwrap_or("Ashcombe");
        let office = if area == 0 { name.to_owned() } else { format!("{name} {}", area + 1) };
        let id = format!("A{}{:02}{}{index:02}", area + 1, place + 1, grade.to_uppercase());
        let manager = format!("A{}{:02}SPO01", area + 1, place + 1);
        // What is known of an officer comes from a stream of the officer's own, so that all cases say the same.
        let stream = OFFICER_STREAMS
            + ((area * 24 + u64::from(place)) * 2 + u64::from(is_po)) * 16
            + u64::try_from(index).unwrap_or(0);
        let mut own = Dice::of(seed, stream);
        let caseload = if is_po { own.middling(27, 47) } else { own.middling(44, 68) };
        let months = own.between(4, 140);
        let gaps = if own.happens(40) { vec!["domestic_abuse"] } else { Vec::new() };
        Self { id, manager, office, grade, months, caseload, gaps }
    }

    /// Whether a probation services officer holds the case.
    pub fn is_services_officer(&self) -> bool {
        self.grade == "pso"
    }

    fn written(&self) -> Fields {
        Fields::default()
            .with("id", self.id.as_str())
            .with("grade", self.grade)
            .with("months_in_role", self.months)
            .with("caseload", self.caseload)
            .unless_empty("training_gaps", self.gaps.clone())
    }

    /// The supervision of a case up to its officer and what was offered.
    pub fn supervision(&self, dice: &mut Dice, person: &Person, tier: Tier, place: &str) -> Fields {
        let national =
            person.harm >= 2 || person.mappa.is_some() || person.rsr >= 690 || person.has_any(&["sex_offender"]);
        let provider = if national && !dice.happens(60) { "nps" } else { "crc" };
        let overseen = self.is_services_officer() && tier == Tier::Red && dice.happens(600);
        let changes = dice.one_of(&[(0, 560), (1, 280), (2, 125), (3, 28), (4, 7)]);
        Fields::default()
            .with("provider", provider)
            .with("office", self.office.as_str())
            .with("managed_from", place)
            .with("officer", self.written())
            .maybe("female_officer_offered", person.female.then(|| dice.happens(930)))
            .truth("po_oversight", overseen)
            .maybe("officer_changes", (changes > 0).then_some(changes))
    }
}
