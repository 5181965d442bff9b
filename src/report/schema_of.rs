//! What there is a JSON Schema of: what the program reads, and every answer that it writes as JSON. Those of answers are made of the
//! types that are written, and of what is said of their fields.

use crate::{
    authoring::diff_cause::Difference,
    case::schema::case_schema,
    decision::explain::Explanation,
    decision_log::entry::SealedEntry,
    mapping::mapping_schema,
    policy::parameters::parameters_schema,
    report::{
        answers::Record, book_diff_json::BookDiffDocument, caseload_json::CaseloadDocument, check_json::CheckDocument,
        compare_json::CompareDocument, due::DueRecord, failed::Failed, map_check::MapCheckDocument,
        mutants::MutantsDocument, rating::RatingDocument, replay::ReplayDocument, schema_form::AsWritten,
        test_summary::TestDocument,
    },
    verify::Report,
};
use clap::ValueEnum;
use schemars::{
    JsonSchema, Schema, SchemaGenerator,
    generate::SchemaSettings,
    json_schema,
    transform::{RestrictFormats, Transform},
};
use serde_json::Value;

/// What a schema is of. Its sentence is the title of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// A case file
    Case,
    /// The numbers of a policy
    Parameters,
    /// A mapping of a service's own data
    Mapping,
    /// An answer of `brag assess`
    #[value(alias = "assess")]
    Decision,
    /// An answer of `brag explain`
    Explain,
    /// An answer of `brag due`
    Due,
    /// The book of an office, as `brag caseload` writes it
    Caseload,
    /// The comparison of two policies, as `brag compare` writes it
    #[value(alias = "compare")]
    Comparison,
    /// What changed between two books, as `brag diff` writes it
    #[value(alias = "diff")]
    BookDiff,
    /// What was found in a policy, as `brag check` writes it
    Check,
    /// What became of worked cases, as `brag test` writes it
    Test,
    /// The changed answers that wait for a decision, as `brag review` writes them
    Review,
    /// What became of mutants, as `brag test --mutants` writes it
    Mutants,
    /// What was proved of a policy, as `brag verify` writes it
    Verify,
    /// What a sample of judged cases comes to, as `brag rate` writes it
    #[value(alias = "rate")]
    Rating,
    /// A decision log worked out again, as `brag replay` writes it
    Replay,
    /// A line of a decision log, as `--log` writes it
    Log,
    /// What a mapping makes of a source, as `brag map check` writes it
    MapCheck,
    /// A case without an answer, as it stands among answers
    Failed,
}

impl SchemaOf {
    /// What is called so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::from_str(name, false).ok()
    }

    /// The name of each.
    #[must_use]
    pub fn names() -> Vec<String> {
        Self::value_variants().iter().map(|one| one.name()).collect()
    }

    /// Its name, by which `brag show schema` and the file of the schema are called.
    #[must_use]
    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// What it is, in a few words.
    #[must_use]
    pub fn title(self) -> String {
        let help = self.to_possible_value().and_then(|value| value.get_help().map(ToString::to_string));
        help.unwrap_or_default()
    }

    /// The schema.
    #[must_use]
    pub fn schema(self) -> Value {
        match self {
            Self::Case => case_schema().to_value(),
            Self::Parameters => parameters_schema(),
            Self::Mapping => mapping_schema(),
            Self::Decision => self.made(one_or_many::<Record<'_>>),
            Self::Explain => self.made(one_or_many::<Explanation>),
            Self::Due => self.made(one_or_many::<DueRecord<'_>>),
            Self::Caseload => self.made(CaseloadDocument::json_schema),
            Self::Comparison => self.made(CompareDocument::json_schema),
            Self::BookDiff => self.made(BookDiffDocument::json_schema),
            Self::Check => self.made(CheckDocument::json_schema),
            Self::Test => self.made(TestDocument::json_schema),
            Self::Review => self.made(Vec::<Difference>::json_schema),
            Self::Mutants => self.made(MutantsDocument::json_schema),
            Self::Verify => self.made(Report::json_schema),
            Self::Rating => self.made(RatingDocument::json_schema),
            Self::Replay => self.made(ReplayDocument::json_schema),
            Self::Log => self.made(SealedEntry::json_schema),
            Self::MapCheck => self.made(MapCheckDocument::json_schema),
            Self::Failed => self.made(Failed::json_schema),
        }
    }

    /// A whole document of the schema of a type, as it is written.
    fn made(self, of_type: fn(&mut SchemaGenerator) -> Schema) -> Value {
        let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        let made = of_type(&mut generator);
        let id = format!("{}/docs/{}.schema.json", env!("CARGO_PKG_REPOSITORY"), self.name());
        let mut schema =
            json_schema!({ "$schema": generator.settings().meta_schema, "$id": id, "title": self.title() });
        let fields = schema.ensure_object();
        fields.extend(made.as_object().cloned().unwrap_or_default());
        fields.insert("$defs".to_owned(), Value::Object(generator.take_definitions(false)));
        RestrictFormats::default().transform(&mut schema);
        AsWritten.transform(&mut schema);
        schema.to_value()
    }
}

/// An answer of one case, and the list of those of several.
fn one_or_many<T: JsonSchema>(of: &mut SchemaGenerator) -> Schema {
    let one = of.subschema_for::<T>();
    let many = json_schema!({ "description": "Several cases.", "type": "array", "items": one });
    json_schema!({
        "description": "For one case one object, for several a list of them; `jsonl`, where the verb has it, writes one a line.",
        "oneOf": [one, many],
    })
}
