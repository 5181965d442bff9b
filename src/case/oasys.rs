//! The OASys assessment: risk of serious harm, predictors, and the criminogenic needs.

use super::{
    day::Day,
    domain::Domain,
    number::{ExactDecimal, Percent, Whole},
    record::{Part, Shape, View, record},
    text::{FreeWord, Label},
    value::Value,
    words::{Answer, AssessmentStatus, Level, Need, PredictorType, Problem, SexualBand, YesNo},
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor, value::MapAccessDeserializer},
};
use std::{collections::BTreeMap, fmt};

record! {
    /// What the OASys assessment says.
    pub struct Oasys {
        /// When the assessment was completed.
        completed_on: Option<Day> = Fact, "OASys",
        /// Layer 1 (brief) or 3 (full).
        layer: Option<Whole<1, 3>> = Fact, "OASys",
        /// Whether it is finished.
        status: Option<AssessmentStatus> = Fact, "OASys",
        /// Made with the Strengths and Needs tool, which has cut-offs of its own.
        san: Option<bool> = Fact, "OASys",
        /// Date of the assessment that this one was pulled through from.
        copied_from: Option<Day> = Detail, "OASys",
        /// Sections carried forward unchanged.
        #[serde(default)]
        sections_carried_forward: Vec<Need> = History, "OASys",
        /// The assessment contradicts itself.
        contradictions: Option<bool> = Register, "OASys",
        /// Sources that were to be had.
        #[serde(default)]
        sources_available: Vec<FreeWord> = History, "OASys",
        /// Sources that were used.
        #[serde(default)]
        sources_used: Vec<FreeWord> = History, "OASys",
        /// Risk of serious harm, overall.
        rosh: Option<Level> = Fact, "OASys R10, or the nDelius register",
        /// Risk of serious harm to each group.
        #[serde(default)]
        rosh_to: RoshTo = Fact, "OASys",
        /// Earlier levels of risk of serious harm.
        #[serde(default)]
        rosh_history: Vec<RoshRecord> = History, "OASys",
        /// OGRS3, two-year, percent.
        ogrs3: Option<Percent> = Fact, "OGRS3",
        /// OGP, two-year, percent.
        ogp: Option<Percent> = Fact, "OGP",
        /// OVP, two-year, percent.
        ovp: Option<Percent> = Fact, "OVP",
        /// Risk of Serious Recidivism, percent, exact.
        rsr: Option<ExactDecimal> = Fact, "Risk of Serious Recidivism",
        /// All reoffending predictor.
        #[serde(default)]
        arp: Predictor = Fact, "OGRS4 generation",
        /// Combined serious reoffending predictor.
        #[serde(default)]
        csrp: Predictor = Fact, "OGRS4 generation",
        /// Direct-contact sexual reoffending predictor.
        #[serde(default)]
        dc_srp: SexualPredictor = Fact, "direct-contact sexual reoffending",
        /// The scored sections.
        #[serde(default)]
        sections: Sections = Fact, "OASys 3-12",
        /// Has parenting responsibilities.
        parenting_responsibilities: Option<YesNo> = Fact, "OASys 6.9",
        /// Impulsivity.
        impulsivity: Option<Problem> = Fact, "OASys 11.2",
        /// Temper control.
        temper_control: Option<Problem> = Fact, "OASys 11.4",
        /// Has ever committed a sexual offence.
        ever_committed_sexual_offence: Option<bool> = Register, "OASys"
    }
}

record! {
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
}

record! {
    /// A level of risk of serious harm as it stood from a date.
    pub entry RoshRecord {
        /// From when.
        date: Day = Required, "OASys",
        /// The level.
        level: Level = Required, "OASys",
        /// It rests on new evidence.
        new_evidence: Option<bool> = Register, "OASys"
    }
}

record! {
    /// A predictor of the OGRS4 generation.
    pub struct Predictor {
        /// Percent, exact.
        score: Option<ExactDecimal> = Fact, "OGRS4 generation",
        /// Scored from static or from dynamic factors.
        r#type: Option<PredictorType> = Fact, "OGRS4 generation"
    }
}

record! {
    /// The direct-contact sexual reoffending predictor.
    pub struct SexualPredictor {
        /// Percent, exact.
        score: Option<ExactDecimal> = Fact, "direct-contact sexual reoffending",
        /// Its band.
        band: Option<SexualBand> = Fact, "direct-contact sexual reoffending"
    }
}

record! {
    /// The ten needs. A section is written as its score alone, or in full.
    pub struct Sections {
        /// Accommodation.
        #[serde(default, deserialize_with = "score_or_section")]
        #[schemars(schema_with = "score_or_section_schema::<8>")]
        accommodation: Section<8> = Fact, "OASys 3",
        /// Education, training and employability.
        #[serde(default, deserialize_with = "score_or_section")]
        #[schemars(schema_with = "score_or_section_schema::<8>")]
        ete: Section<8> = Fact, "OASys 4",
        /// Finance, not scored in the national models.
        #[serde(default, deserialize_with = "score_or_section")]
        #[schemars(schema_with = "score_or_section_schema::<10>")]
        finance: Section<10> = Fact, "OASys 5",
        /// Relationships.
        #[serde(default, deserialize_with = "score_or_section")]
        #[schemars(schema_with = "score_or_section_schema::<6>")]
        relationships: Section<6> = Fact, "OASys 6",
        /// Lifestyle and associates.
        #[serde(default, deserialize_with = "score_or_section")]
        #[schemars(schema_with = "score_or_section_schema::<6>")]
        lifestyle: Section<6> = Fact, "OASys 7",
        /// Drug misuse.
        #[serde(default, deserialize_with = "score_or_section")]
        #[schemars(schema_with = "score_or_section_schema::<10>")]
        drugs: Section<10> = Fact, "OASys 8",
        /// Alcohol misuse.
        #[serde(default, deserialize_with = "score_or_section")]
        #[schemars(schema_with = "score_or_section_schema::<8>")]
        alcohol: Section<8> = Fact, "OASys 9",
        /// Emotional well-being, not scored in the national models.
        #[serde(default, deserialize_with = "score_or_section")]
        #[schemars(schema_with = "score_or_section_schema::<10>")]
        wellbeing: Section<10> = Fact, "OASys 10",
        /// Thinking and behaviour.
        #[serde(default, deserialize_with = "score_or_section")]
        #[schemars(schema_with = "score_or_section_schema::<8>")]
        thinking: Section<8> = Fact, "OASys 11",
        /// Attitudes.
        #[serde(default, deserialize_with = "score_or_section")]
        #[schemars(schema_with = "score_or_section_schema::<8>")]
        attitudes: Section<8> = Fact, "OASys 12"
    }
}

record! {
    /// One section with a score of at most `MAX`, in full.
    pub struct Section<const MAX> {
        /// Its score.
        score: Option<Whole<0, MAX>> = Fact, "OASys",
        /// The answer to each scored question, by the question's key.
        #[serde(default)]
        answers: Answers = History, "OASys",
        /// Linked to the risk of serious harm.
        linked_to_harm: Option<bool> = Fact, "OASys",
        /// Linked to reoffending.
        linked_to_reoffending: Option<bool> = Fact, "OASys"
    }
}

/// The answers of a section, by the question's key.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Answers(pub BTreeMap<Label, Answer>);

impl Part for Answers {
    fn shape() -> Shape {
        Shape::Leaf(Domain::Answers)
    }

    fn view(&self) -> View<'_> {
        let answers = self.0.iter().map(|(question, answer)| (question.to_string(), Value::Word(answer.as_str())));
        View::Leaf(Value::record(answers))
    }
}

/// Reads a section in its short form, the score alone, or in full.
fn score_or_section<'de, D: Deserializer<'de>, const MAX: i64>(from: D) -> Result<Section<MAX>, D::Error> {
    struct Either<const MAX: i64>;

    impl<'de, const MAX: i64> Visitor<'de> for Either<MAX> {
        type Value = Section<MAX>;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            let score = Domain::Whole { min: 0, max: MAX }.describe_as_expected();
            write!(out, "a section: {score}, or its fields")
        }

        fn visit_u64<E: de::Error>(self, score: u64) -> Result<Self::Value, E> {
            self.visit_i64(i64::try_from(score).unwrap_or(i64::MAX))
        }

        fn visit_i64<E: de::Error>(self, score: i64) -> Result<Self::Value, E> {
            let score = Whole::deserialize(de::value::I64Deserializer::new(score))?;
            Ok(Section { score: Some(score), ..Section::default() })
        }

        fn visit_f64<E: de::Error>(self, score: f64) -> Result<Self::Value, E> {
            let score = Whole::deserialize(de::value::F64Deserializer::new(score))?;
            Ok(Section { score: Some(score), ..Section::default() })
        }

        fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Self::Value, A::Error> {
            Section::deserialize(MapAccessDeserializer::new(fields))
        }
    }

    from.deserialize_any(Either)
}

fn score_or_section_schema<const MAX: i64>(of: &mut SchemaGenerator) -> Schema {
    json_schema!({ "anyOf": [of.subschema_for::<Whole<0, MAX>>(), of.subschema_for::<Section<MAX>>()] })
}
