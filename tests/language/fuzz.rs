//! The targets of `fuzz/` without a fuzzer: everything that was found once, and what ships with bytes changed at random.

use crate::{
    cases::root,
    draw::{Draw, many},
    oracle::with_room,
    targets::TARGETS,
};
use std::{fs, panic, path::Path};

/// Every file below a folder whose name ends so, in order.
fn files(folder: &Path, ending: &str, into: &mut Vec<Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files(&path, ending, into);
        } else if path.to_str().unwrap().ends_with(ending) {
            into.push(fs::read(&path).unwrap());
        }
    }
}

/// Texts of the kind that a target reads, as they ship.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let policies = root().join("policies");
    match target {
        "case" => files(&policies, ".yaml", &mut found),
        "parameters" => files(&policies, "parameters.yaml", &mut found),
        "mapping" => {
            let (mut mappings, mut records) = (Vec::new(), Vec::new());
            files(&root().join("mappings"), "mapping.yaml", &mut mappings);
            files(&root().join("mappings"), ".json", &mut records);
            let pairs = mappings.iter().flat_map(|mapping| records.iter().map(move |record| (mapping, record)));
            found.extend(pairs.map(|(mapping, record)| [&mapping[..], b"\n===\n", record].concat()));
        }
        "script" => files(&policies, ".rhai", &mut found),
        "snapshot" => files(&root().join("snapshots"), ".snap", &mut found),
        "ics" => found.extend([b"X320741: contact due".to_vec(), b"a\r\nSUMMARY:b\\n,;\xc2\x85".to_vec()]),
        "output" => found.extend([
            br#"{"crn":"X320741","assessed_on":"2019-05-20","tier":"Red","next":{"contact":{"due":"2019-05-01"},"review":{"due":null}}}"#.to_vec(),
            br#"{"crn":null,"file":"a","error":{"code":"case","message":"unknown key"}}"#.to_vec(),
            b"crn,on,tier,computed,next_contact_due,next_review_due,error\nX320741,2019-05-20,Red,Red,2019-05-01,,\nX1,,,,,,bad\n".to_vec(),
        ]),
        "log" => {
            let line = brag::decision_log::chain::sealed("{\"log\":1,\"crn\":\"X320741\"}", brag::decision_log::chain::FIRST);
            found.extend([format!("{line}\n").into_bytes(), format!("{line}\n{line}\n").into_bytes()]);
        }
        "table" => {
            found.extend(
                ["crn;iom\nX1;true\n\"a\nb\";;\n", "A title\n\nsep=|\ncrn|iom|\nX1|true|\n"].map(Into::into),
            );
            found.push("\u{feff}crn\tiom\nX1\ttrue\n".encode_utf16().flat_map(u16::to_le_bytes).collect());
            let mut book = rust_xlsxwriter::Workbook::new();
            let sheet = book.add_worksheet();
            sheet.write_string(0, 0, "crn").unwrap().write_string(1, 0, "X1").unwrap();
            found.push(book.save_to_buffer().unwrap());
        }
        "grammar" => found.extend((0..40_u8).map(|at| vec![at; 200])),
        _ => {
            let people = crate::cases::made_up(5, 20).into_iter().map(|(_, case)| case.to_string().into_bytes());
            match target {
                "book" => found.extend(people.flat_map(|text| (0..4).map(move |form| [&[form][..], &text].concat()))),
                "row" => found.push(b"crn,oasys.ogrs3,registrations,contacts\nX320741,51,\"a;b\",\"[{}]\"".to_vec()),
                _ => found.extend(people),
            }
        }
    }
    found
}

/// A text with a few bytes changed, left out, said twice or put in from another.
fn changed(seeds: &[Vec<u8>], draw: &mut Draw) -> Vec<u8> {
    let mut text = draw.one(seeds).clone();
    // A long text is mostly looked at in part.
    if text.len() > 2_000 {
        let from = draw.below(text.len() - 1_000);
        text = text[from..from + 1_000].to_vec();
    }
    for _ in 0..=draw.below(6) {
        let at = draw.below(text.len());
        let upto = (at + 1 + draw.below(24)).min(text.len());
        match draw.below(6) {
            0 if !text.is_empty() => text[at] = draw.below(256) as u8,
            1 => drop(text.drain(at..upto)),
            2 => {
                let again = text[at..upto].to_vec();
                text.splice(at..at, again);
            }
            3 => {
                let other = draw.one(seeds).clone();
                let from = draw.below(other.len());
                let part = other[from..(from + draw.below(60)).min(other.len())].to_vec();
                text.splice(at..at, part);
            }
            4 => {
                text.splice(at..at, draw.one(&["-1", "{", "[", "\"", "\n", "\0", "&a ", "*a", "~", "::"]).bytes());
            }
            _ => {
                text.splice(at..upto, draw.one(&["9223372036854775807", "1e400", "()", "é", "\u{202e}"]).bytes());
            }
        }
    }
    text
}

#[test]
fn nothing_that_was_found_breaks_it_again_and_no_changed_byte_does() {
    with_room(|| {
        for (name, target) in TARGETS {
            let mut found = Vec::new();
            files(&root().join("tests/language/found").join(name), "", &mut found);
            let (seeds, draw) = (seeds(name), Draw::of(name));
            let runs = many(if name == "grammar" { 60 } else { 400 }, 20_000);
            let drawn = (0..runs as u64).map(|number| changed(&seeds, &mut draw.stream(number)));
            for bytes in found.into_iter().chain(seeds.iter().cloned()).chain(drawn) {
                if let Err(panic) = panic::catch_unwind(|| target(&bytes)) {
                    println!("{name}: {:?}", String::from_utf8_lossy(&bytes));
                    panic::resume_unwind(panic);
                }
            }
        }
    });
}
