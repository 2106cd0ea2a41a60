//! Well-known text.
#![no_main]

use sitmap_fuzz::properties;

libfuzzer_sys::fuzz_target!(|text: &str| {
    properties::wkt(text);
});
