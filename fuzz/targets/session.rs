//! Saved sessions, brought back.
#![no_main]

use sitmap_fuzz::properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    properties::session(&sitmap_fuzz::given::file_of(bytes));
});
