//! The OASys assessment: risk of serious harm, predictors, and the criminogenic needs.

use super::{
    day::Day,
    domain::Domain,
    number::{ExactDecimal, Percent, Whole},
    record::{Part, Shape, View, record},
    strict::{self, short_or_full},
    text::{FreeWord, Label},
    value::Value,
    words::{Answer, AssessmentStatus, Level, Need, PredictorType, Problem, SexualBand, YesNo},
};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

record! {
    /// What the OASys assessment says.
    pub struct Oasys {
        /// When the assessment was completed.
        completed_on: Option<Day> = Fact Dates, "OASys",
        /// Layer 1 (brief) or 3 (full).
        layer: Option<Whole<1, 3>> = Fact, "OASys",
        /// Whether it is finished.
        status: Option<AssessmentStatus> = Fact, "OASys",
        /// Made with the Strengths and Needs tool, which has cut-offs of its own.
        san: Option<bool> = Fact, "OASys",
        /// Date of the assessment that this one was pulled through from.
        copied_from: Option<Day> = Detail Ahead, "OASys",
        /// Sections carried forward unchanged.
        sections_carried_forward or default: Vec<Need> = History, "OASys",
        /// The assessment contradicts itself.
        contradictions: Option<bool> = Register, "OASys",
        /// Sources that were to be had.
        sources_available or default: Vec<FreeWord> = History, "OASys",
        /// Sources that were used.
        sources_used or default: Vec<FreeWord> = History, "OASys",
        /// Risk of serious harm, overall.
        rosh: Option<Level> = Fact, "OASys R10, or the nDelius register",
        /// Risk of serious harm to each group.
        rosh_to or default: RoshTo = Fact, "OASys",
        /// Earlier levels of risk of serious harm.
        rosh_history or default: Vec<RoshRecord> = History, "OASys",
        /// OGRS3, two-year, percent.
        ogrs3: Option<Percent> = Fact, "OGRS3",
        /// OGP, two-year, percent.
        ogp: Option<Percent> = Fact, "OGP",
        /// OVP, two-year, percent.
        ovp: Option<Percent> = Fact, "OVP",
        /// Risk of Serious Recidivism, percent, exact.
        rsr: Option<ExactDecimal> = Fact, "Risk of Serious Recidivism",
        /// All reoffending predictor.
        arp or default: Predictor = Fact, "OGRS4 generation",
        /// Combined serious reoffending predictor.
        csrp or default: Predictor = Fact, "OGRS4 generation",
        /// Direct-contact sexual reoffending predictor.
        dc_srp or default: SexualPredictor = Fact, "direct-contact sexual reoffending",
        /// The scored sections.
        sections or default: Sections = Fact, "OASys 3-12",
        /// Has parenting responsibilities.
        parenting_responsibilities: Option<YesNo> = Fact, "OASys 6.9",
        /// Impulsivity.
        impulsivity: Option<Problem> = Fact, "OASys 11.2",
        /// Temper control.
        temper_control: Option<Problem> = Fact, "OASys 11.4",
        /// Has ever committed a sexual offence.
        ever_committed_sexual_offence: Option<bool> = Register, "OASys"
    }

    /// Risk of serious harm to each group, in the community.
    pub struct RoshTo {
        /// To the public.
        public: Option<Level> = Fact, "OASys",
        /// To children.
        children: Option<Level> = Fact, "OASys",
        /// To a known adult.
        known_adult: Option<Level> = Fact, "OASys",
        /// To staff.
        staff: Option<Level> = Fact, "OASys"
    }

    /// A level of risk of serious harm as it stood from a date.
    pub entry RoshRecord {
        /// From when.
        date: Day = Required Dates, "OASys",
        /// The level.
        level: Level = Required, "OASys",
        /// It rests on new evidence.
        new_evidence: Option<bool> = Register, "OASys"
    }

    /// A predictor of the OGRS4 generation.
    pub struct Predictor {
        /// Percent, exact.
        score: Option<ExactDecimal> = Fact, "OGRS4 generation",
        /// Scored from static or from dynamic factors.
        r#type: Option<PredictorType> = Fact, "OGRS4 generation"
    }

    /// The direct-contact sexual reoffending predictor.
    pub struct SexualPredictor {
        /// Percent, exact.
        score: Option<ExactDecimal> = Fact, "direct-contact sexual reoffending",
        /// Its band.
        band: Option<SexualBand> = Fact, "direct-contact sexual reoffending"
    }

    /// The ten needs. A section is written as its score alone, or in full.
    pub struct Sections {
        /// Accommodation.
        #[schemars(with = "Scored<8>")]
        accommodation or default: Section<8> = Fact, "OASys 3",
        /// Education, training and employability.
        #[schemars(with = "Scored<8>")]
        ete or default: Section<8> = Fact, "OASys 4",
        /// Finance, not scored in the national models.
        #[schemars(with = "Scored<10>")]
        finance or default: Section<10> = Fact, "OASys 5",
        /// Relationships.
        #[schemars(with = "Scored<6>")]
        relationships or default: Section<6> = Fact, "OASys 6",
        /// Lifestyle and associates.
        #[schemars(with = "Scored<6>")]
        lifestyle or default: Section<6> = Fact, "OASys 7",
        /// Drug misuse.
        #[schemars(with = "Scored<10>")]
        drugs or default: Section<10> = Fact, "OASys 8",
        /// Alcohol misuse.
        #[schemars(with = "Scored<8>")]
        alcohol or default: Section<8> = Fact, "OASys 9",
        /// Emotional well-being, not scored in the national models.
        #[schemars(with = "Scored<10>")]
        wellbeing or default: Section<10> = Fact, "OASys 10",
        /// Thinking and behaviour.
        #[schemars(with = "Scored<8>")]
        thinking or default: Section<8> = Fact, "OASys 11",
        /// Attitudes.
        #[schemars(with = "Scored<8>")]
        attitudes or default: Section<8> = Fact, "OASys 12"
    }

    /// One section with a score of at most `MAX`, in full.
    #[serde(remote = "Section")]
    pub struct Section<const MAX> {
        /// Its score.
        score: Option<Whole<0, MAX>> = Fact, "OASys",
        /// The answer to each scored question, by the question's key.
        answers or default: Answers = History, "OASys",
        /// Linked to the risk of serious harm.
        linked_to_harm: Option<bool> = Fact, "OASys",
        /// Linked to reoffending.
        linked_to_reoffending: Option<bool> = Fact, "OASys"
    }
}

impl Oasys {
    /// By what it is told which of several counts: a complete one before another, then the later.
    #[must_use]
    pub fn ranked(&self) -> (bool, Option<Day>) {
        let is_complete = self.status != Some(AssessmentStatus::LockedIncomplete) && self.completed_on.is_some();
        (is_complete, self.completed_on)
    }
}

/// The path of the need that the path of its score belongs to: there the score may stand alone.
#[must_use]
pub fn need_of(path: &str) -> Option<&str> {
    path.strip_suffix(".score").filter(|need| need.starts_with("oasys.sections."))
}

/// The answers of a section, by the question's key.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Answers(#[serde(deserialize_with = "strict::map")] pub BTreeMap<Label, Answer>);

impl Part for Answers {
    fn shape() -> Shape {
        Shape::Leaf(Domain::Answers)
    }

    fn view(&self) -> View<'_> {
        let answers = self.0.iter().map(|(question, answer)| (question.to_string(), Value::Word(answer.as_str())));
        View::Leaf(Value::record(answers))
    }
}

/// A section as it is written: its score alone, or in full.
struct Scored<const MAX: i64>;

short_or_full! {
    const MAX in Section<MAX>, Scored, true,
    format_args!("a section: {}, or its fields", Domain::Whole { min: 0, max: MAX }.describe_as_expected()),
    visit_i64(i64) | visit_u64(u64) =>
        Whole<0, MAX>: |score| Section { score: Some(score), ..Section::default() },
    Section<MAX>: |section| section,
    nothing: Section::default()
}
