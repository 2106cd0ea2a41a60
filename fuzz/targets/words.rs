//! Text in several directions, and on its way into a spreadsheet.
#![no_main]

use sitmap_fuzz::properties;

libfuzzer_sys::fuzz_target!(|text: &str| {
    properties::text(text);
});
