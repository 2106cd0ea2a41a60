//! Dates in EDTF.
#![no_main]

use sitmap_fuzz::properties;

libfuzzer_sys::fuzz_target!(|text: &str| {
    properties::edtf(text);
});
