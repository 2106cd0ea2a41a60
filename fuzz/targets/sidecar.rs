//! Sidecars: a good one, changed here and there; checksums are believed.
#![no_main]

libfuzzer_sys::fuzz_target!(|patches: &[u8]| {
    sitmap_fuzz::given::sidecar_is_read(patches);
});
