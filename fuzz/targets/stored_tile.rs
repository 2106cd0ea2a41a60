//! Tiles as they lie in the cache folder.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    sitmap_fuzz::tiles::fuzzing::stored_tile_is_read(&sitmap_fuzz::given::file_of(bytes));
});
