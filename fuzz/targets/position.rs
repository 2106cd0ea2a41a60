//! Written positions in all notations.
#![no_main]

use sitmap_fuzz::properties;

libfuzzer_sys::fuzz_target!(|text: &str| {
    properties::position(text);
});
