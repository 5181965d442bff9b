#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| brag_fuzz::targets::table(bytes));
