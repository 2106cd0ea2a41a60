//! Raster tiles.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    sitmap_fuzz::tiles::fuzzing::picture_is_read(bytes);
});
