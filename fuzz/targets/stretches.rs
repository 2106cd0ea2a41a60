//! GeoJSON read by three threads as by one.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    sitmap_fuzz::source::fuzzing::documents_are_read_alike(bytes, 1 + bytes.len() % 97);
});
