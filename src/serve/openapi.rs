//! The document that describes the operations for programs: `OpenAPI` 3.1, made of the list of operations, what the command line says of
//! its options, and the JSON Schemas of cases and answers.

use super::{
    answer::content_type,
    body::{EXIT_CODE, WARNING},
    operation::{FORMAT, OPERATIONS, Operation},
};
use crate::report::schema_of::SchemaOf;
use clap::{Arg, ArgAction, Command};
use serde_json::{Map, Value, json};

/// What operations take and answer, under the names that the document gives it.
const SCHEMAS: &[(&str, SchemaOf)] = &[
    ("Case", SchemaOf::Case),
    ("Assessment", SchemaOf::Decision),
    ("Explanation", SchemaOf::Explain),
    ("Due", SchemaOf::Due),
    ("Caseload", SchemaOf::Caseload),
    ("Comparison", SchemaOf::Comparison),
    ("Findings", SchemaOf::Check),
    ("Tests", SchemaOf::Test),
];

/// The document, of a command line.
#[must_use]
pub fn openapi(command: &Command) -> Value {
    let mut schemas = Map::new();
    let made = SCHEMAS.iter().map(|(name, of)| (*name, of.schema()));
    for (name, schema) in made.chain([("Problem", problem())]) {
        hoist(name, schema, &mut schemas);
    }
    let mut paths: Map<String, Value> =
        OPERATIONS.iter().map(|one| (one.path.to_owned(), path(one, command))).collect();
    let plain = |id: &str, about: &str, kind: &str, schema: &Value| {
        let content = json!({ kind: { "schema": schema } });
        json!({ "get": { "operationId": id, "summary": about,
            "responses": { "200": { "description": "As it is now", "content": content }, "default": wrong() } } })
    };
    let status = json!({ "type": "object", "properties": { "status": { "const": "ok" } }, "required": ["status"] });
    paths.insert("/v1/health".to_owned(), plain("health", "Whether the server answers", "application/json", &status));
    let text = json!({ "type": "string" });
    paths.insert("/v1/metrics".to_owned(), plain("metrics", "What it has done, for Prometheus", "text/plain", &text));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "brag",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Case tiering as code: what tier, why, what would change it, and what is due. Each operation is a verb of the \
                command line, its options are those of the verb, and its answer has the same bytes. What lies below /v1/workbench is \
                for the page at / alone and changes with it: it is no interface, and not described here.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }, {}],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas,
        },
    })
}

fn path(operation: &Operation, command: &Command) -> Value {
    let verb = operation.words.first().and_then(|verb| command.find_subcommand(verb));
    let arg = |name: &str| {
        let all = verb.into_iter().chain([command]).flat_map(Command::get_arguments);
        all.into_iter().find(|arg| arg.get_long() == Some(name))
    };
    let mut parameters: Vec<Value> = Vec::new();
    let one_of = (operation.one_of)();
    if !one_of.is_empty() {
        let schema = json!({ "type": "string", "enum": one_of });
        parameters.push(json!({ "name": "what", "in": "path", "required": true, "schema": schema }));
    }
    parameters.extend(operation.options.iter().map(|name| option(operation, name, arg(name))));
    let words = operation.path.trim_start_matches("/v1/");
    let name = words.split('/').next().unwrap_or(words);
    let mut said = json!({
        "operationId": name,
        "summary": operation.about,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "The answer, byte by byte as the command line writes it",
                "headers": { EXIT_CODE.as_str(): exit_code(), WARNING.as_str(): warning() },
                "content": answers(operation, name, arg("format")),
            },
            "default": wrong(),
        },
    });
    if let (true, Some(said)) = (operation.takes_cases, said.as_object_mut()) {
        said.insert("requestBody".to_owned(), cases());
    }
    let method = if operation.takes_cases { "post" } else { "get" };
    json!({ method: said })
}

/// Any other answer than the one that was asked for.
fn wrong() -> Value {
    let problem = json!({ "application/problem+json": { "schema": named("Problem") } });
    json!({ "description": "What is wrong, where, and what to do", "content": problem })
}

fn named(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

/// What an operation answers, by its content type.
fn answers(operation: &Operation, name: &str, format: Option<&Arg>) -> Value {
    let schema = match name {
        "assess" => named("Assessment"),
        "explain" => named("Explanation"),
        "due" => named("Due"),
        "caseload" => named("Caseload"),
        "compare" => named("Comparison"),
        "check" => named("Findings"),
        "test" => named("Tests"),
        _ => json!({}),
    };
    let mut content = Map::new();
    content.insert(content_type(FORMAT).to_owned(), json!({ "schema": schema }));
    for format in format.filter(|_| operation.options.contains(&"format")).map(text_values).unwrap_or_default() {
        let text = json!({ "schema": { "type": "string" } });
        let kind = content_type(&format).split(';').next().unwrap_or_default();
        content.entry(kind).or_insert(text);
    }
    Value::Object(content)
}

/// How a run ended.
fn exit_code() -> Value {
    let about = "The exit code that the command line would end with: 0, or 1 and more where a case of many has no answer. In the trailer of \
        this name where the answer is sent before the run is at its end and the request has `TE: trailers`";
    json!({ "description": about, "schema": { "type": "integer" } })
}

/// What is said beside an answer.
fn warning() -> Value {
    let about = "What the command line would say on standard error, each in a header of its own: registrations that no list knows, references that \
        stand twice. In the trailer of this name as `brag-exit-code` is";
    json!({ "description": about, "schema": { "type": "string" } })
}

/// The values that an option of a verb takes, where it lists them. A workbook is no text, and needs a file.
fn text_values(arg: &Arg) -> Vec<String> {
    let values = arg.get_possible_values();
    let values = values.iter().map(|value| value.get_name().to_owned()).filter(|value| value != "xlsx");
    if arg.get_action().takes_values() { values.collect() } else { Vec::new() }
}

/// What an operation on cases is sent.
fn cases() -> Value {
    let text = json!({ "schema": { "type": "string" } });
    let schema = json!({ "oneOf": [named("Case"), { "type": "array", "items": named("Case") }] });
    json!({
        "required": true,
        "description": "One case, or many",
        "content": {
            "application/json": { "schema": schema },
            "application/x-ndjson": text,
            "application/yaml": text,
            "text/csv": text,
        },
    })
}

/// An option of a verb as a parameter of a request.
fn option(operation: &Operation, name: &str, arg: Option<&Arg>) -> Value {
    let about = match (name, arg) {
        ("old", _) => "The name of the policy as it is [default: the policy that is served]".to_owned(),
        ("new", _) => {
            "The name of the policy as it is to be; `set` and `law` change it [default: the policy that is served]"
                .to_owned()
        }
        ("policy", _) => "The name of a policy [default: the one that is served]".to_owned(),
        ("format", _) if operation.words == ["show"] => {
            "How the answer is written [default: json]; csv is for `inputs` alone, rhai for `words` alone".to_owned()
        }
        ("format", _) => {
            "How the answer is written [default: json; of JSON lines jsonl, where each case has an answer]".to_owned()
        }
        ("input-format", _) => {
            "How the cases are written [default: as the content type says, else by how they begin]".to_owned()
        }
        (_, arg) => arg.and_then(Arg::get_help).map(ToString::to_string).unwrap_or_default(),
    };
    let values = arg.map(text_values).unwrap_or_default();
    let is_switch = arg.is_some_and(|arg| !arg.get_action().takes_values());
    let mut schema = if is_switch { json!({ "type": "boolean" }) } else { json!({ "type": "string" }) };
    if let (false, Some(schema)) = (values.is_empty(), schema.as_object_mut()) {
        schema.insert("enum".to_owned(), json!(values));
    }
    if arg.is_some_and(|arg| matches!(arg.get_action(), ArgAction::Append)) {
        schema = json!({ "type": "array", "items": schema });
    }
    json!({ "name": name, "in": "query", "description": about, "schema": schema })
}

/// The schema of a problem.
fn problem() -> Value {
    let text = || json!({ "type": "string" });
    let maybe = |kind: &str| json!({ "type": [kind, "null"] });
    json!({
        "type": "object",
        "description": "RFC 9457, with the code, the place and the remedy that the command line gives",
        "properties": {
            "type": { "type": "string", "format": "uri" },
            "title": text(),
            "status": { "type": "integer" },
            "detail": text(),
            "code": { "type": "string", "description": "A stable word for it" },
            "help": maybe("string"),
            "path": { "type": ["string", "null"], "description": "The field that it is about" },
            "file": text(),
            "line": maybe("integer"),
            "column": maybe("integer"),
            "others": { "type": "array", "description": "What else is wrong with the case", "items": { "type": "object" } },
            "further": { "type": "array", "description": "What else was complained of", "items": { "type": "object" } },
        },
        "required": ["type", "title", "status", "detail", "code"],
    })
}

/// Puts a schema among those of the document, its definitions beside it, each under a name of its own.
fn hoist(name: &str, mut schema: Value, schemas: &mut Map<String, Value>) {
    renamed(&mut schema, name);
    let Some(fields) = schema.as_object_mut() else { return };
    fields.shift_remove("$schema");
    // A reference is one of the whole document, and not of where the schema is published.
    fields.shift_remove("$id");
    if let Some(Value::Object(definitions)) = fields.shift_remove("$defs") {
        schemas.extend(definitions.into_iter().map(|(of, schema)| (format!("{name}.{of}"), schema)));
    }
    schemas.insert(name.to_owned(), schema);
}

fn renamed(schema: &mut Value, name: &str) {
    match schema {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(to) if key == "$ref" => {
                        if let Some(of) = to.strip_prefix("#/$defs/") {
                            *to = format!("#/components/schemas/{name}.{of}");
                        }
                    }
                    value => renamed(value, name),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| renamed(item, name)),
        _ => {}
    }
}
