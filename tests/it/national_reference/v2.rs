//! The second version.

use super::{Cases, Value, decimal, json, without_nulls};

const ON: &str = "2026-06-15";
const COMPLEX: [&str; 10] = [
    "mental_health",
    "suicide_self_harm",
    "vulnerability",
    "child_concerns",
    "child_protection",
    "risk_to_children",
    "public_interest",
    "adult_at_risk",
    "street_gangs",
    "terrorism",
];
const PLAIN: [&str; 4] = ["two_thirds", "stalking", "lifer", "mental_health"];
/// Need, weight, standard and severe, the same with SAN, highest score.
type Need = (&'static str, i64, [i64; 2], [i64; 2], i64);

const NEEDS: [Need; 10] = [
    ("accommodation", 1, [2, 7], [3, 5], 8),
    ("ete", 1, [3, 7], [3, 7], 8),
    ("relationships", 1, [2, 5], [2, 5], 6),
    ("lifestyle", 1, [2, 5], [2, 5], 6),
    ("drugs", 1, [2, 8], [2, 6], 10),
    ("alcohol", 1, [4, 7], [2, 4], 8),
    ("thinking", 2, [4, 7], [3, 5], 8),
    ("attitudes", 2, [2, 7], [1, 5], 8),
    ("finance", 0, [1, 2], [1, 2], 10),
    ("wellbeing", 0, [1, 2], [1, 2], 10),
];
const ANSWERS: [(&str, i64); 10] = [
    ("none", 0),
    ("some", 1),
    ("significant", 2),
    ("missing", 0),
    ("yes", 2),
    ("no", 0),
    ("unknown", 0),
    ("never", 0),
    ("previous", 1),
    ("currently", 2),
];
const PROBLEMS: [&str; 4] = ["none", "some", "significant", "missing"];

#[derive(Clone)]
struct Sentence {
    kind: &'static str,
    terminated: Option<&'static str>,
    requirements: Vec<(&'static str, Option<bool>)>,
}

enum Section {
    Score(i64),
    Answers(Vec<(&'static str, i64)>),
    Both(i64, Vec<(&'static str, i64)>),
}

pub struct Facts {
    sex: Option<&'static str>,
    iom: bool,
    enforcement: bool,
    mappa: Option<i64>,
    registrations: Vec<&'static str>,
    sentences: Vec<Sentence>,
    completed: bool,
    san: Option<bool>,
    rosh: Option<&'static str>,
    rsr: Option<i64>,
    ogrs3: Option<i64>,
    parenting: Option<&'static str>,
    impulsivity: Option<&'static str>,
    temper: Option<&'static str>,
    sections: Vec<(usize, Section)>,
}

impl Facts {
    pub fn generate(cases: &mut Cases) -> Self {
        let mut registrations = cases.several(&COMPLEX, 4);
        registrations.extend(cases.several(&PLAIN, 4));
        let sentences = (0..cases.below(4)).map(|_| sentence(cases)).collect();
        let needs: Vec<usize> = (0..NEEDS.len()).collect();
        let needs = cases.several(&needs, 2);
        Self {
            sex: cases.some(&["female", "female", "male"]),
            iom: cases.one_in(4),
            enforcement: cases.one_in(3),
            mappa: cases.some(&[1, 1, 2, 3]).filter(|_| cases.one_in(2)),
            registrations,
            sentences,
            completed: !cases.one_in(5),
            san: cases.some(&[true, false]),
            rosh: cases.some(&["low", "medium", "high", "very_high"]),
            rsr: (!cases.one_in(5)).then(|| cases.score(&[0, 3_000, 6_990, 6_995, 7_000, 99_990])),
            ogrs3: (!cases.one_in(5)).then(|| cases.below(101) as i64),
            parenting: cases.some(&["yes", "no", "unknown"]),
            impulsivity: cases.some(&PROBLEMS),
            temper: cases.some(&PROBLEMS),
            sections: needs.into_iter().map(|need| (need, section(cases, NEEDS[need].4))).collect(),
        }
    }

    pub fn to_json(&self) -> Value {
        let mut sentences = self.sentences.iter().map(Sentence::to_json);
        let sections = self.sections.iter().map(|(need, section)| (NEEDS[*need].0.to_owned(), section.to_json()));
        without_nulls(json!({
            "crn": "T200000",
            "assessed_on": ON,
            "sex": self.sex,
            "iom": self.iom,
            "previous_enforcement_activity": self.enforcement,
            "mappa": self.mappa.map(|level| json!({ "level": level })),
            "registrations": self.registrations,
            "sentence": sentences.next(),
            "other_sentences": sentences.collect::<Vec<_>>(),
            "oasys": {
                "completed_on": self.completed.then_some("2026-02-01"),
                "san": self.san,
                "rosh": self.rosh,
                "rsr": self.rsr.map(decimal),
                "ogrs3": self.ogrs3,
                "parenting_responsibilities": self.parenting,
                "impulsivity": self.impulsivity,
                "temper_control": self.temper,
                "sections": sections.collect::<serde_json::Map<_, _>>(),
            },
        }))
    }

    /// The tier, the protect points and the change points.
    pub fn expected(&self) -> (String, i64, i64) {
        let protect = self.protect();
        let letter = match protect {
            150.. => 'A',
            20.. => 'B',
            10.. => 'C',
            _ => 'D',
        };
        let (level, change) = self.change();
        (format!("{letter}{level}"), protect, change)
    }

    fn protect(&self) -> i64 {
        let rsr = match self.rsr {
            Some(7_000..99_990) => 20,
            Some(3_000..=6_990) => 10,
            _ => 0,
        };
        let rosh = match self.rosh {
            Some("very_high") => 150,
            Some("high") => 20,
            Some("medium") => 10,
            _ => 0,
        };
        let mappa = match self.mappa {
            Some(2 | 3) => 150,
            Some(1) => 5,
            _ => 0,
        };
        let complex = COMPLEX.iter().filter(|kind| self.registrations.contains(kind)).count() as i64;
        let is_problem = |answer: Option<&str>| matches!(answer, Some("some" | "significant"));
        let factors =
            [self.parenting == Some("yes"), is_problem(self.impulsivity) || is_problem(self.temper), self.enforcement];
        let woman = self.sex == Some("female");
        let women = factors.into_iter().filter(|factor| woman && *factor).count() as i64;
        rsr + rosh + mappa + 2 * complex + 2 * women - rsr.min(rosh)
    }

    fn change(&self) -> (i64, i64) {
        if !self.sentences.iter().any(Sentence::is_mandate) {
            return (0, 0);
        }
        if !self.completed {
            return (2, 0);
        }
        let san = self.san == Some(true);
        let needs: i64 = self.sections.iter().map(|(need, section)| section.points(*need, san)).sum();
        let points = needs + self.ogrs3.unwrap_or(0) / 10 + if self.iom { 2 } else { 0 };
        let level = match points {
            20.. => 3,
            10.. => 2,
            _ => 1,
        };
        (level, points)
    }
}

fn sentence(cases: &mut Cases) -> Sentence {
    let kinds = ["custody", "community_order", "community_order", "suspended_sentence_order"];
    let requirement = |cases: &mut Cases| {
        let kind = cases.pick(&["unpaid_work", "unpaid_work", "other", "curfew", "rehabilitation_activity"]);
        (kind, cases.some(&[true, false]))
    };
    Sentence {
        kind: cases.pick(&kinds),
        terminated: cases.some(&["2025-05-11", "2026-06-15", "2026-08-14"]).filter(|_| cases.one_in(3)),
        requirements: (0..cases.below(3)).map(|_| requirement(cases)).collect(),
    }
}

impl Sentence {
    fn is_mandate(&self) -> bool {
        let counts = |(kind, restrictive): &(&str, Option<bool>)| *kind != "unpaid_work" && *restrictive != Some(true);
        self.terminated.is_none() && (self.kind == "custody" || self.requirements.iter().any(counts))
    }

    fn to_json(&self) -> Value {
        let requirement = |(kind, restrictive): &(&str, Option<bool>)| {
            without_nulls(json!({ "type": kind, "restrictive": restrictive }))
        };
        let requirements: Vec<Value> = self.requirements.iter().map(requirement).collect();
        without_nulls(json!({
            "type": self.kind,
            "imposed_on": "2021-01-04",
            "terminated_on": self.terminated,
            "requirements": requirements,
        }))
    }
}

fn section(cases: &mut Cases, highest: i64) -> Section {
    let score = cases.below(highest as usize + 1) as i64;
    let answers = (0..cases.below(6)).map(|_| cases.pick(&ANSWERS)).collect();
    match cases.below(5) {
        0 => Section::Score(score),
        1 => Section::Both(score, answers),
        _ => Section::Answers(answers),
    }
}

impl Section {
    fn points(&self, need: usize, san: bool) -> i64 {
        let score = match self {
            Self::Score(score) | Self::Both(score, _) => *score,
            Self::Answers(answers) => answers.iter().map(|(_, score)| score).sum(),
        };
        let (_, weight, usual, with_san, _) = NEEDS[need];
        let [standard, severe] = if san { with_san } else { usual };
        weight * if score >= severe { 2 } else { i64::from(score >= standard) }
    }

    fn to_json(&self) -> Value {
        let answers = |answers: &[(&str, i64)]| {
            let numbered = answers.iter().enumerate();
            Value::Object(numbered.map(|(index, (answer, _))| (format!("question{index}"), json!(answer))).collect())
        };
        match self {
            Self::Score(score) => json!(score),
            Self::Answers(given) => json!({ "answers": answers(given) }),
            Self::Both(score, given) => json!({ "score": score, "answers": answers(given) }),
        }
    }
}
