//! Templates of tile servers' addresses.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    sitmap_fuzz::tiles::fuzzing::template_is_read(text);
});
