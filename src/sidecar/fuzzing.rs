//! What fuzzing and tests ask of sidecars beyond their public functions: any bytes under a sidecar's name.
//!
//! Floor 3. Only in builds for tests and for fuzzing. A build for fuzzing believes the checksums.

use std::fs::File;
use std::io;

use super::contents::{Contents, Prepared};
use super::sections::SectionReader;
use crate::index::LayerData;
use crate::source::{Fingerprint, SourceBytes};

/// The sidecar of a layer that was read from `source`.
pub fn written(data: &LayerData, source: &SourceBytes) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    Contents { data, about: "how it went".to_owned() }.write(&fingerprint(source), &mut bytes)?;
    Ok(bytes)
}

/// What a file gives as the sidecar of `source`.
pub fn read(file: File, source: &SourceBytes) -> Option<Prepared> {
    Prepared::read(&SectionReader::open(file)?, &fingerprint(source), source)
}

/// That of a file that never changes.
fn fingerprint(source: &SourceBytes) -> Fingerprint {
    Fingerprint {
        path_sha256: String::new(),
        len: source.stored_len(),
        modified_ns: 0,
        change: None,
        ends_sha256: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Progress, read_layer};

    #[test]
    fn a_sidecar_with_any_one_byte_changed_is_not_taken_or_is_the_same() {
        let text = r#"{"type":"Feature","properties":{"n":1,"w":"a","d":"2018-09-08","b":true},
            "geometry":{"type":"LineString","coordinates":[[36,35],[37,36],[37,35]]}}"#;
        let source = SourceBytes::from_static("test", text.as_bytes()).unwrap();
        let data = LayerData::build(read_layer(&source, &Progress::default()).unwrap().value);
        let whole = written(&data, &source).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sidecar");
        let prepared = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            read(File::open(&path).unwrap(), &source)
        };
        assert!(prepared(&whole).is_some());
        let words = |data: &LayerData| {
            let store = &data.features;
            format!("{:?} {:?}", store.columns(), store.geometry(0).vertices())
        };
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            if let Some(changed) = prepared(&bytes) {
                // Nothing is written between the sections.
                assert_eq!(words(&changed.data), words(&data), "byte {at}");
            }
        }
    }
}
