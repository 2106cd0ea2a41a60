//! The same; its seeds are packed with gzip and zstd, or written in UTF-16.
#![no_main]

use sitmap_fuzz::properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    properties::layer(bytes);
});
