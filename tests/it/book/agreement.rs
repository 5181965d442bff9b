//! The quick reader of JSON takes nothing that the careful one refuses, and gives the same case; so does a row.

use super::cases;
use crate::sampling::runner;
use brag::case::{Case, row::Header};
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};

/// Checks that the readers agree, and says whether the quick one read the text.
fn agree(text: &str) -> Result<bool, TestCaseError> {
    let careful = Case::parse_json(text).map(|(case, _)| case);
    match Case::quick_json(text) {
        None => Ok(false),
        Some(quick) => {
            prop_assert_eq!(careful.as_ref(), Ok(&quick), "{}", text);
            Ok(true)
        }
    }
}

#[test]
fn every_worked_case_is_read_quickly_and_the_same_as_by_yaml() {
    for case in cases() {
        let text = case.to_string();
        assert!(agree(&text).unwrap(), "{text}");
        assert_eq!(Case::parse(&text).unwrap().0, Case::parse_json(&text).unwrap().0);
    }
}

/// Values that one reader or another could take for something that they are not.
const ODD: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "1.0",
    "62.0",
    "1.40",
    "0.1",
    "1e2",
    "1E-1",
    "1e999",
    "100.00000000000000000001",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "0.30000000000000004",
    "6.990000000000000001",
    "6.9900000000000006",
    "-0.0",
    "1e-9",
    "99.99999999999999",
    "[]",
    "{}",
    "[[]]",
    "[1]",
    r#""""#,
    r#""low""#,
    r#""LOW""#,
    r#"["low"]"#,
    r#"{"low":null}"#,
    r#"{"score":1}"#,
    r#"{"score":1,"score":1}"#,
    r#"[1,{},true,true]"#,
    r#""2019-05-20""#,
    r#""2019-02-30""#,
    r#""caf\u00e9""#,
    r#""\ud83d\ude00""#,
    r#""\ud83d""#,
    "\"\u{feff}\"",
    "\"\u{2028}\"",
    "\"\u{fffe}\"",
    "\"\u{e000}\"",
    "\"\u{10ffff}\"",
    "\"\u{7f}\"",
    "\"\u{85}\"",
    r#""a\/b""#,
    r#""a\tb""#,
    r#""true""#,
    r#""1""#,
    r#"{"a":"some","a":"some"}"#,
    r#"{"a":"some","b":"none"}"#,
    r#"{"a":"some","\u0061":"none"}"#,
    r#"{"type":"lifer"}"#,
    r#"{"type":"INLL","date":"2019-01-01"}"#,
    r#"["lifer",{"type":"lifer","type":"lifer"}]"#,
    r#"{"tier":"Red"}"#,
    r#"{"at_least":"Red"}"#,
    r#"["2019-05-20"]"#,
    "\"a\u{0}b\"",
];

/// Every place of a document that holds a value.
fn places(value: &Value, at: &str, places: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            places.push(format!("{at}/{name}"));
            self::places(value, &format!("{at}/{name}"), places);
        }),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| {
            places.push(format!("{at}/{index}"));
            self::places(value, &format!("{at}/{index}"), places);
        }),
        _ => {}
    }
}

/// A case as broad as the model allows, so that every kind of field is met.
fn broad() -> Value {
    json!({
        "crn": "X100001", "sex": "female", "iom": false, "registrations": ["lifer", { "type": "INLL", "date": "2019-01-01" }],
        "oasys": { "rosh": "low", "rsr": 1.4, "ogp": 30, "layer": 3, "arp": { "score": 1.05 }, "sources_used": ["police"],
            "sections": { "drugs": 5, "alcohol": { "score": 1, "answers": { "a": "some" } } }, "rosh_history": [{ "date": "2019-01-01", "level": "low" }] },
        "contacts": [{ "date": "2019-05-01" }], "local": { "a": 1, "b": "word", "d": true },
        "override": { "tier": "Red", "reason": "caf\u{e9}" }, "custody": [{ "from": "2019-01-01", "to": "2019-02-01" }],
        "expect": { "tier": { "at_least": "Red" }, "points": { "harm": 2 }, "flags": { "include": ["one"] } }
    })
}

#[test]
fn the_readers_agree_on_odd_values_in_every_place() {
    let mut documents = cases();
    documents.push(broad());
    let mut quick = 0;
    for document in documents.iter().rev().take(4) {
        let mut found = Vec::new();
        places(document, "", &mut found);
        for place in &found {
            for odd in ODD {
                let mut document = document.clone();
                *document.pointer_mut(place).unwrap() = json!("@odd@");
                let text = document.to_string().replacen("\"@odd@\"", odd, 1);
                quick += usize::from(agree(&text).unwrap());
            }
        }
    }
    assert!(quick > 300, "the quick reader took {quick}");
}

#[test]
fn the_readers_agree_on_text_with_slips() {
    let texts: Vec<String> = cases().into_iter().chain([broad()]).map(|case| case.to_string()).collect();
    let slip =
        (any::<Index>(), 0..4_u8, prop::sample::select(ODD), prop::sample::select(b"{}[]\",:\\ 0-e\t\n".to_vec()));
    let slips = prop::collection::vec(slip, 1..4);
    runner(3_000)
        .run(&(prop::sample::select(texts), slips), |(mut text, slips)| {
            for (place, kind, odd, letter) in slips {
                let at = (0..=place.index(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
                let next = text[at..].chars().next().map_or(at, |letter| at + letter.len_utf8());
                match kind {
                    0 => text.insert(at, char::from(letter)),
                    1 => text.replace_range(at..next, ""),
                    2 => text.insert_str(at, odd),
                    // A part that stands twice.
                    _ => text.insert_str(at, &text[at..].chars().take(40).collect::<String>()),
                }
            }
            agree(&text).map(|_| ())
        })
        .unwrap();
}

#[test]
fn blanks_between_values_change_nothing() {
    let text = broad().to_string().replace(',', " ,\n\t ").replace("\":", "\"\r\n:  ");
    assert!(agree(&text).unwrap());
    assert_eq!(Case::quick_json(&text), Case::quick_json(&broad().to_string()));
    assert!(agree(r#"{"crn":"X1","local":{"a":0.1}}"#).unwrap());
    assert!(agree(r#"{"crn":"X1","oasys":{"rsr":0.1}}"#).unwrap());
    // Digits past what a binary fraction holds count: this is over 6.99.
    let rsr = Case::quick_json(r#"{"crn":"X1","oasys":{"rsr":6.990000000000000001}}"#).unwrap().oasys.rsr;
    assert_eq!(rsr.unwrap().0.to_string(), "6.990000000000000001");
}

// ---- Rows -------------------------------------------------------------------------------------------------------------

fn through_a_row(case: &Value) -> Result<Case, String> {
    let own: Vec<String> = case["local"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    let header = Header::all(own.iter().map(String::as_str));
    let row = header.row(case)?;
    assert!(!row.contains('\n'));
    let read = Header::parse(&header.line()).unwrap().read(&row).map_err(|fault| format!("{fault}: {row}"));
    read.inspect(|_| assert_eq!(header.paths().count(), header.line().split(',').count()))
}

#[test]
fn every_worked_case_is_the_same_by_way_of_a_row() {
    for case in cases().into_iter().chain([broad()]) {
        assert_eq!(through_a_row(&case), Ok(Case::parse_json(&case.to_string()).unwrap().0), "{case:#}");
    }
}

#[test]
fn a_case_with_other_values_is_the_same_by_way_of_a_row() {
    let mut found = Vec::new();
    places(&broad(), "", &mut found);
    let odd: Vec<Value> = ODD.iter().filter_map(|odd| serde_json::from_str(odd).ok()).collect();
    let texts = ["a;b", "a,b", "say \"yes\"", "[a", "true", "1", "\"", ";", " a ", "-", "1 "].map(Value::from);
    let odd: Vec<Value> = odd.into_iter().chain(texts).collect();
    let mut same = 0;
    for place in &found {
        for odd in &odd {
            let mut case = broad();
            *case.pointer_mut(place).unwrap() = odd.clone();
            // In a cell nothing but blanks is nothing.
            if odd.as_str().is_some_and(|text| !text.is_empty() && text.trim().is_empty()) {
                continue;
            }
            let Ok((read, _)) = Case::parse_json(&case.to_string()) else { continue };
            match through_a_row(&case) {
                // A group that is there and holds nothing has no cell; only in what is expected does that matter.
                Ok(row) if place.starts_with("/expect") => assert_eq!(row.oasys, read.oasys),
                Ok(row) => assert_eq!(row, read, "{place} {odd}"),
                Err(said) => panic!("{place} {odd}: {said}"),
            }
            same += 1;
        }
    }
    assert!(same > 300, "{same}");
}
