//! How long a decision takes: `cargo bench`. The comparison with other languages is in `benches/peers`.
#![expect(clippy::expect_used, reason = "a benchmark that cannot begin has nothing to say")]

use brag::{
    calendar::WorkingDays,
    case::Case,
    decision::{
        assessor::Assessor,
        decide::{CaseFile, decide},
    },
    policy::{Policy, source::Shelf},
};
use brag_made_up::{Book, DATE, lacks_a_fact};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

/// How many cases a book has.
const CASES: usize = 200;

fn policy() -> Policy {
    Policy::load(&Shelf::Shipped, "bgsw", &[]).expect("the shipped policy loads")
}

fn book(lacking: bool) -> Vec<CaseFile> {
    let days = WorkingDays::shipped();
    let book = Book::new(1, DATE, move |date| days.is_working(date).unwrap_or(true));
    let numbers = (0..).filter(|number| lacks_a_fact(1, *number) == lacking).take(CASES);
    let texts = numbers.map(|number| book.case(number).to_string());
    let cases = texts.map(|text| Case::parse(&text).expect("a made-up case is a case"));
    let files =
        cases.map(|(case, document)| CaseFile { case: case.into(), document: Some(document.into()), sourced: None });
    files.collect()
}

fn decide_all(policy: &Policy, book: &[CaseFile]) {
    let mut assessor = Assessor::new(policy);
    for file in book {
        black_box(decide(&mut assessor, file, DATE).expect("a made-up case is decided"));
    }
}

/// A book is decided once: what is kept of one case may help with the next, and nothing is kept of an earlier run.
fn books(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decide");
    group.sample_size(10).throughput(Throughput::Elements(CASES as u64));
    for (name, lacking) in [("complete", false), ("a_fact_missing", true)] {
        let book = book(lacking);
        group.bench_function(name, |bench| {
            bench.iter_batched_ref(policy, |policy| decide_all(policy, &book), BatchSize::PerIteration);
        });
    }
    group.finish();
}

criterion_group!(benches, books);
criterion_main!(benches);
