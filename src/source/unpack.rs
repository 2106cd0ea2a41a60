//! `.gz` and `.zst` unpacked, UTF-16 rewritten as UTF-8, within limits.
//!
//! Floor 2. Kinds are told by the first bytes, not by the file's name. A damaged end costs only what follows it.

use std::collections::TryReserveError;
use std::io::{self, Read};

use ruzstd::decoding::StreamingDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};

use super::limits::{MAX_PACKINGS, MAX_UNPACK_RATIO, MAX_UNPACKED_BYTES, RATIO_FROM_BYTES};
use super::{LoadError, Progress};

/// What came out of a packed file.
pub(super) struct Unpacked {
    /// The bytes inside.
    pub bytes: Vec<u8>,
    /// How it was packed, for people.
    pub packing: &'static str,
    /// What is wrong with the packing although bytes came out.
    pub warning: Option<String>,
}

/// The bytes inside of `packed`; `None` where they are not packed at all.
pub(super) fn unpack(
    packed: &[u8],
    stored_len: u64,
    origin: &str,
    progress: &Progress,
) -> Result<Option<Unpacked>, LoadError> {
    let mut result: Option<Unpacked> = None;
    for _ in 0..=MAX_PACKINGS {
        let bytes = result.as_ref().map_or(packed, |unpacked| &unpacked.bytes);
        match unpack_once(bytes, stored_len, origin, progress)? {
            None => return Ok(result),
            Some(next) => {
                // People know the outermost packing: the file's name tells it.
                result = Some(match result {
                    None => next,
                    Some(outer) => {
                        Unpacked { bytes: next.bytes, warning: outer.warning.or(next.warning), ..outer }
                    }
                });
            }
        }
    }
    Err(LoadError::Unpack {
        reason: "it is packed again and again inside; unpack it by hand".into(),
        origin: origin.into(),
    })
}

/// Unpacks one layer of packing of what was stored as so many bytes.
fn unpack_once(
    packed: &[u8],
    stored_len: u64,
    origin: &str,
    progress: &Progress,
) -> Result<Option<Unpacked>, LoadError> {
    if packed.starts_with(b"\x1F\x8B") {
        let reader = flate2::read::MultiGzDecoder::new(packed);
        return read_limited(reader, stored_len, "gzip", origin, progress).map(Some);
    }
    if packed.starts_with(b"\x28\xB5\x2F\xFD") {
        let reader = ZstdFrames { rest: packed, frame: None };
        return read_limited(reader, stored_len, "zstd", origin, progress).map(Some);
    }
    let text = utf8_from_utf16(packed).map_err(|_| no_memory(packed.len(), origin))?;
    Ok(text.map(|bytes| Unpacked { bytes, packing: "UTF-16", warning: None }))
}

fn read_limited(
    mut reader: impl Read,
    stored_len: u64,
    packing: &'static str,
    origin: &str,
    progress: &Progress,
) -> Result<Unpacked, LoadError> {
    let mut bytes = Vec::new();
    let mut block = vec![0; 1 << 18];
    loop {
        if progress.is_cancelled() {
            return Err(LoadError::Cancelled);
        }
        let warning = match reader.read(&mut block) {
            Ok(0) => None,
            Ok(length) => {
                check_size((bytes.len() + length) as u64, stored_len, origin)?;
                bytes.try_reserve(length).map_err(|_| no_memory(bytes.len() + length, origin))?;
                bytes.extend_from_slice(&block[..length]);
                continue;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) if bytes.is_empty() => {
                let reason = format!("the {packing} data is damaged ({error})");
                return Err(LoadError::Unpack { reason, origin: origin.into() });
            }
            Err(error) => {
                Some(format!("the {packing} file is cut off or damaged ({error}); what came out is shown"))
            }
        };
        return Ok(Unpacked { bytes, packing, warning });
    }
}

fn no_memory(bytes: usize, origin: &str) -> LoadError {
    let reason = format!("there is no memory for {} MiB of it unpacked", bytes >> 20);
    LoadError::TooBig { reason, origin: origin.into() }
}

/// Of all layers of packing together.
fn check_size(unpacked: u64, stored: u64, origin: &str) -> Result<(), LoadError> {
    let reason = if unpacked > MAX_UNPACKED_BYTES {
        format!("unpacked it is larger than {} GiB", MAX_UNPACKED_BYTES >> 30)
    } else if unpacked > RATIO_FROM_BYTES && unpacked / MAX_UNPACK_RATIO > stored {
        format!(
            "unpacked it is larger than {} MiB and more than {MAX_UNPACK_RATIO} times its size, as no real layer is",
            RATIO_FROM_BYTES >> 20
        )
    } else {
        return Ok(());
    };
    Err(LoadError::TooBig { reason, origin: origin.into() })
}

/// All frames of a Zstandard file, one after the other.
struct ZstdFrames<'a> {
    rest: &'a [u8],
    frame: Option<StreamingDecoder<&'a [u8], ruzstd::decoding::FrameDecoder>>,
}

impl Read for ZstdFrames<'_> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let length = frame.read(block)?;
                if length > 0 {
                    return Ok(length);
                }
                self.rest = self.frame.take().map_or(&[][..], StreamingDecoder::into_inner);
            }
            if self.rest.is_empty() {
                return Ok(0);
            }
            match StreamingDecoder::new(self.rest) {
                Ok(frame) => self.frame = Some(frame),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    // Magic number, length, and the content.
                    self.rest = self.rest.get(8 + length as usize..).unwrap_or_default();
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
    }
}

/// The text as UTF-8 where it is UTF-16 by its byte order mark, or by the zeros that stand beside Latin letters.
fn utf8_from_utf16(bytes: &[u8]) -> Result<Option<Vec<u8>>, TryReserveError> {
    let (unit, text): (fn([u8; 2]) -> u16, _) = match bytes {
        [0xFF, 0xFE, text @ ..] => (u16::from_le_bytes, text),
        [0xFE, 0xFF, text @ ..] => (u16::from_be_bytes, text),
        text if is_utf16(text, u16::from_le_bytes) => (u16::from_le_bytes, text),
        text if is_utf16(text, u16::from_be_bytes) => (u16::from_be_bytes, text),
        _ => return Ok(None),
    };
    let units = text.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::new();
    // At most three bytes for two.
    text.try_reserve_exact(bytes.len() / 2 * 3)?;
    text.extend(char::decode_utf16(units).map(|decoded| decoded.unwrap_or(char::REPLACEMENT_CHARACTER)));
    text.shrink_to_fit();
    Ok(Some(text.into_bytes()))
}

/// Whether the first letters are text in this order of bytes, and most of them Latin.
fn is_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> bool {
    const HEAD_BYTES: usize = 128;
    const FEWEST: usize = 4;
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let units = || head.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let is_printed = |unit: u16| matches!(unit, 0x9 | 0xA | 0xD | 0x20..=0x7E | 0xA0..);
    let latin = units().filter(|unit| *unit < 0x80).count();
    latin >= FEWEST && 2 * latin >= units().count() && units().all(is_printed)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn unpacked(packed: &[u8]) -> Unpacked {
        unpack(packed, packed.len() as u64, "test", &Progress::default()).unwrap().unwrap()
    }

    #[test]
    fn packed_files_come_out_as_they_went_in_also_in_several_members() {
        assert_eq!(unpacked(&gz(b"hello")).bytes, b"hello");
        assert_eq!(unpacked(&gz(&gz(b"twice"))).bytes, b"twice");
        assert_eq!(unpacked(&[gz(b"one "), gz(b"two")].concat()).bytes, b"one two");
        let zst = |text: &[u8]| {
            ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
        };
        let skipped = b"\x50\x2A\x4D\x18\x03\0\0\0abc".to_vec();
        assert_eq!(unpacked(&[zst(b"one "), skipped, zst(b"two")].concat()).bytes, b"one two");
    }

    #[test]
    fn a_cut_file_gives_what_came_before_the_cut() {
        let text: Vec<u8> =
            (0..200_000_u32).flat_map(|n| (n.wrapping_mul(2_654_435_761) >> 7).to_le_bytes()).collect();
        let packed = gz(&text);
        let cut = unpacked(&packed[..packed.len() / 2]);
        assert!(cut.warning.is_some() && !cut.bytes.is_empty() && text.starts_with(&cut.bytes));
    }

    #[test]
    fn endless_packing_is_refused() {
        let bomb = gz(&gz(&gz(&gz(b"x"))));
        assert!(matches!(
            unpack(&bomb, bomb.len() as u64, "test", &Progress::default()),
            Err(LoadError::Unpack { .. })
        ));
    }

    #[test]
    fn a_bomb_is_refused_before_it_fills_the_memory() {
        assert!(check_size(RATIO_FROM_BYTES + 1, RATIO_FROM_BYTES / 101, "test").is_err());
        assert!(check_size(RATIO_FROM_BYTES + 1, RATIO_FROM_BYTES / 30, "test").is_ok());
    }

    #[test]
    fn a_bomb_within_a_packed_file_is_measured_by_what_is_stored() {
        // Each layer for itself stays below the limit: the inner one is large, and packs well.
        let noise: Vec<u8> =
            (0..1_500_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let member = gz(&[noise, vec![b' '; 24 << 20]].concat());
        let inner = member.repeat(9);
        let ratio_of_inner = 9 * (30 << 20) / inner.len();
        assert!(ratio_of_inner < MAX_UNPACK_RATIO as usize);
        let stored_len = 1 << 20;
        let result = unpack_once(&inner, stored_len, "test", &Progress::default());
        let told = result.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(told.contains("100 times") && told.contains("48 MiB"), "{told}");
        assert!(unpack_once(&inner, 3 * stored_len, "test", &Progress::default()).is_ok());
    }

    #[test]
    fn utf_16_is_read_in_both_byte_orders() {
        let little: Vec<u8> = "\u{FEFF}{\"ا\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{FEFF}{\"ا\"}".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(unpacked(&little).bytes, "{\"ا\"}".as_bytes());
        assert_eq!(unpacked(&big).bytes, "{\"ا\"}".as_bytes());
    }

    #[test]
    fn utf16_is_known_without_a_byte_order_mark() {
        let text = "name,lat,lon\nسراقب,35.8,36.8\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            assert_eq!(utf8_from_utf16(&bytes).unwrap().as_deref(), Some(text.as_bytes()));
        }
        for bytes in
            [text.as_bytes(), b"II*\0\x08\0\0\0\x0c\0", b"\0\0\x27\x0A\0\0\0\0", b"a,b\0c\n\0,1\n2,\0\n"]
        {
            assert_eq!(utf8_from_utf16(bytes).unwrap(), None);
        }
    }
}
