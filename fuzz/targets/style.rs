//! Styles of vector maps, each with a tile drawn by it.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(style) = sitmap_fuzz::tiles::VectorStyle::from_json(text) {
        sitmap_fuzz::tiles::fuzzing::vector_tile_is_drawn(sitmap_fuzz::given::TILE, &style);
    }
});
