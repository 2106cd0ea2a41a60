//! PMTiles files: header, directories, description, tiles.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    sitmap_fuzz::tiles::fuzzing::pack_is_read(&sitmap_fuzz::given::file_of(bytes));
});
