//! Dates as tables spell them, a line each.
#![no_main]

use sitmap_fuzz::properties;

libfuzzer_sys::fuzz_target!(|text: &str| {
    properties::dates(text);
});
