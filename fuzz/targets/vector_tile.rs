//! Vector tiles, drawn by the light style.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    sitmap_fuzz::tiles::fuzzing::vector_tile_is_drawn(bytes, sitmap_fuzz::given::style());
});
