//! Any file as a table, with what a user may say of it, and its events.
#![no_main]

use sitmap_fuzz::properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    properties::table(bytes);
});
