//! Streams of cases that vary in a few fields, for small policies: every kind of value, given or not.

use proptest::{prelude::*, sample::select};
use serde_json::{Map, Value, json};

/// The fields that vary, each with the values it can have; a field that is not given is one of them.
pub fn fields() -> Vec<(&'static str, Vec<Value>)> {
    let n = Value::Null;
    let contact = |day: u8, outcome: &str| json!({ "date": format!("2019-04-{day:02}"), "outcome": outcome });
    vec![
        ("oasys.ogrs3", vec![json!(0), json!(1), json!(3), json!(3), json!(60), n.clone()]),
        ("oasys.rsr", vec![raw("3.0"), raw("3.00"), raw("3"), raw("6.9"), raw("0.5"), n.clone()]),
        ("oasys.rosh", vec![json!("low"), json!("high"), json!("high"), n.clone()]),
        ("sex", vec![json!("female"), json!("male"), n.clone()]),
        ("iom", vec![json!(true), json!(false), n.clone()]),
        ("mappa.category", vec![json!(1), json!(3), n.clone()]),
        ("release.date", vec![json!("2019-06-01"), json!("2019-03-01"), n.clone()]),
        (
            "registrations",
            vec![n.clone(), json!(["stalking"]), json!(["mental_health", "stalking"]), json!(["mental_health"])],
        ),
        (
            "contacts",
            vec![
                n.clone(),
                json!([contact(3, "unacceptable_absence")]),
                json!([contact(3, "attended"), contact(9, "unacceptable_absence")]),
                json!([contact(9, "unacceptable_absence"), contact(3, "unacceptable_absence"), { "date": "2019-04-20" }]),
            ],
        ),
        ("local.count", vec![json!(0), json!(1), json!(2), json!(3), json!(-3), json!(9), n.clone()]),
        ("local.share", vec![raw("3"), raw("3.0"), raw("2.5"), raw("0"), n.clone()]),
        ("local.note", vec![json!("high"), json!("low"), json!("n"), json!("3"), n.clone()]),
        ("local.team", vec![json!("north"), json!("high"), n.clone()]),
        ("local.open", vec![json!(true), json!(false), n.clone()]),
        ("local.day", vec![json!("2019-04-03"), json!("2019-05-20"), json!("9990-01-01"), n]),
    ]
}

/// A number with its digits as they are written.
fn raw(number: &str) -> Value {
    json!(format!("#{number}"))
}

/// The case in which each field has the value of this number.
fn case(fields: &[(&'static str, Vec<Value>)], picks: &[prop::sample::Index]) -> Value {
    let mut case = json!({ "crn": "X100001" });
    for ((path, values), pick) in fields.iter().zip(picks) {
        let value = pick.get(values);
        if !value.is_null() {
            put(&mut case, path, value);
        }
    }
    case
}

pub fn put(record: &mut Value, path: &str, value: &Value) {
    let fields = record.as_object_mut().unwrap();
    match path.split_once('.') {
        None => drop(fields.insert(path.to_owned(), value.clone())),
        Some((name, rest)) => put(fields.entry(name).or_insert_with(|| Value::Object(Map::new())), rest, value),
    }
}

/// Any case, with its own reference.
pub fn any_case() -> impl Strategy<Value = Value> {
    let fields = fields();
    let picks = prop::collection::vec(any::<prop::sample::Index>(), fields.len());
    (picks, select(vec!["X100001", "X100002", "X100003"])).prop_map(move |(picks, crn)| {
        let mut case = case(&fields, &picks);
        case["crn"] = json!(crn);
        case
    })
}

/// Any stream of cases.
pub fn any_stream(size: usize) -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(any_case(), size)
}
