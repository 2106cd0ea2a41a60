//! The language of filters, asked of a small layer.
#![no_main]

use sitmap_fuzz::properties;

libfuzzer_sys::fuzz_target!(|text: &str| {
    properties::expression(text);
});
