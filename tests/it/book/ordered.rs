//! Entries are worked on by many threads and come out in their order; whoever stops early stops all.

use brag::caseload::ordered_map::ordered_map;
use std::{
    num::NonZeroUsize,
    ops::ControlFlow::{Break, Continue},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicUsize, Ordering},
    thread::sleep,
    time::Duration,
};

/// As large as no entry is here.
const fn size<T>(_: &T) -> usize {
    1
}

fn threads(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).unwrap()
}

#[test]
fn results_come_in_order_with_their_texts_however_long_each_takes() {
    for number in [1, 2, 3, 8] {
        let work = |calls: &mut usize, entry: usize, text: &mut Vec<u8>| {
            *calls += 1;
            if entry.is_multiple_of(97) {
                sleep(Duration::from_millis(1));
            }
            text.extend(entry.to_string().bytes());
            entry * 2
        };
        let mut next = 0;
        ordered_map(
            0..5_000,
            threads(number),
            size,
            || 0,
            work,
            |result, text| {
                assert_eq!((result, text), (next * 2, next.to_string().as_bytes()));
                next += 1;
                Continue(())
            },
        )
        .unwrap();
        assert_eq!(next, 5_000);
    }
}

#[test]
fn an_endless_source_is_read_no_further_than_a_few_batches() {
    for number in [1, 2, 5] {
        let (taken, mut received) = (AtomicUsize::new(0), 0);
        let source = std::iter::repeat_with(|| taken.fetch_add(1, Ordering::Relaxed));
        ordered_map(
            source,
            threads(number),
            size,
            || (),
            |(), entry, _| entry,
            |_, _| {
                received += 1;
                sleep(Duration::from_millis(if received == 1 { 200 } else { 0 }));
                if received == 100 { Break(()) } else { Continue(()) }
            },
        )
        .unwrap();
        assert_eq!(received, 100);
        let taken = taken.into_inner();
        assert!(taken <= 64 * (13 * number + 3), "{taken} with {number} threads");
    }
}

/// A panic is handed on, wherever it happens; nobody waits for what will not come.
#[test]
fn a_panic_ends_the_run() {
    let panics = |run: &dyn Fn()| assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
    for number in [1, 2, 5] {
        let all = |_: usize, _: &[u8]| Continue(());
        let work = |entry: usize, at: usize| if entry == at { panic!("meant to") } else { entry };
        panics(&|| ordered_map(0.., threads(number), size, || (), |(), entry, _| work(entry, 3_000), all).unwrap());
        panics(&|| {
            ordered_map((0..).map(|entry| work(entry, 3_000)), threads(number), size, || (), |(), entry, _| entry, all)
                .unwrap();
        });
        panics(&|| {
            ordered_map(
                0..,
                threads(number),
                size,
                || (),
                |(), entry, _| entry,
                |entry, _| {
                    work(entry, 3_000);
                    Continue(())
                },
            )
            .unwrap();
        });
    }
}
