//! Any file as a layer: GeoJSON in all its forms, packed or not.
#![no_main]

use sitmap_fuzz::properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    properties::layer(bytes);
});
