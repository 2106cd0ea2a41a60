//! Directories of PMTiles, unpacked.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    sitmap_fuzz::tiles::fuzzing::directory_is_read(bytes);
});
