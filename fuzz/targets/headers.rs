//! The headers of a tile server's answer.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    sitmap_fuzz::tiles::fuzzing::headers_are_read(text);
});
