//! Projects: files that are none, and any map, log and data sealed as one.
#![no_main]

use sitmap_fuzz::properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    properties::project(bytes, &sitmap_fuzz::given::file_of(&[]));
});
