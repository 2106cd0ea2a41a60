//! Addresses that may be opened.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    sitmap_fuzz::links::links_are_plain(text);
});
