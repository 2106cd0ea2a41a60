//! Writes what the fuzz targets begin with: for each a folder of seeds and a dictionary, from the generators of the
//! property tests. Every run writes the same.
//!
//! `sitmap-fuzz-seeds FOLDER` makes `FOLDER/TARGET/*` and `FOLDER/TARGET.dict`.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use arbitrary::{Result, Unstructured};
use flate2::Compression;
use flate2::write::GzEncoder;

#[path = "../../../tests/support/generated.rs"]
mod generated;

/// Seeds of each target.
const SEEDS: usize = 200;
/// Random bytes that a seed is made of.
const RANDOM_BYTES: usize = 2000;

type Make = fn(&mut Unstructured<'_>) -> Result<Vec<u8>>;

/// A target, what its seeds are made by, and the pieces of its format.
const TARGETS: [(&str, Make, &[&str]); 25] = [
    ("layer", generated::document, generated::JSON),
    ("packed", packed, generated::JSON),
    ("stretches", generated::document, generated::JSON),
    ("table", told_table, generated::TABLE),
    ("table_stretches", generated::table, generated::TABLE),
    ("wkt", |u| bytes_of(generated::wkt(u)), generated::WKT),
    ("edtf", |u| bytes_of(generated::date(u)), generated::DATES),
    ("dates", |u| bytes_of(generated::date(u)), generated::DATES),
    ("figures", |u| bytes_of(generated::figure(u)), generated::FIGURES),
    ("position", |u| bytes_of(generated::written_position(u)), generated::POSITIONS),
    ("expression", |u| bytes_of(generated::expression(u)), generated::EXPRESSION),
    ("words", |u| bytes_of(generated::words(u)), generated::TEXT),
    ("search", |u| bytes_of(generated::words(u)), generated::TEXT),
    ("address", |u| bytes_of(generated::address(u)), generated::ADDRESS),
    ("tile_address", |u| bytes_of(generated::address(u)), generated::ADDRESS),
    ("headers", |u| bytes_of(generated::headers(u)), generated::HEADERS),
    ("style", |u| bytes_of(generated::style(u)), generated::STYLE),
    ("vector_tile", generated::vector_tile, &[]),
    ("pack", generated::pack, &["PMTiles\u{3}"]),
    ("directory", generated::directory, &[]),
    ("picture", |u| Ok(picture(u.arbitrary()?)), &["IHDR", "IDAT", "IEND", "PLTE", "tRNS"]),
    (
        "stored_tile",
        stored_tile,
        &["sitmap tile 1\n", "\"url\":", "\"etag\":", "\"fresh_until\":", "\"body_crc\":"],
    ),
    ("sidecar", |u| Ok(u.bytes(12)?.to_vec()), &[]),
    ("session", |u| bytes_of(generated::session(u)), generated::JSON),
    ("project", generated::project, generated::PROJECT),
];

fn bytes_of(text: Result<String>) -> Result<Vec<u8>> {
    text.map(String::into_bytes)
}

/// A table behind the two bytes that stand for what a user says of it.
fn told_table(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    Ok([u.bytes(2)?.to_vec(), generated::table(u)?].concat())
}

fn packed(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let bytes = generated::document(u)?;
    Ok(match u.int_in_range(0..=3_u8)? {
        0 => gzip(&bytes),
        1 => gzip(&gzip(&bytes)),
        2 => zstd(&bytes),
        _ => utf16(&String::from_utf8_lossy(&bytes)),
    })
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).and_then(|()| packer.finish()).unwrap_or_default()
}

/// One frame of one block that is not packed.
fn zstd(bytes: &[u8]) -> Vec<u8> {
    let length = bytes.len() as u32;
    let block = length << 3 | 1;
    [&b"\x28\xB5\x2F\xFD\xA0"[..], &length.to_le_bytes(), &block.to_le_bytes()[..3], bytes].concat()
}

fn utf16(text: &str) -> Vec<u8> {
    let words = std::iter::once(0xFEFF).chain(text.encode_utf16());
    words.flat_map(u16::to_le_bytes).collect()
}

/// A grey PNG of 8 × 8 pixels, or an empty JPEG.
fn picture(is_png: bool) -> Vec<u8> {
    if !is_png {
        return b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xD9".to_vec();
    }
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), Compression::default());
    let pixels = packer.write_all(&[0; 72]).and_then(|()| packer.finish()).unwrap_or_default();
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    for (name, content) in
        [(b"IHDR", &b"\0\0\0\x08\0\0\0\x08\x08\0\0\0\0"[..]), (b"IDAT", &pixels), (b"IEND", b"")]
    {
        let mut sum = flate2::Crc::new();
        sum.update(name);
        sum.update(content);
        bytes.extend_from_slice(&(content.len() as u32).to_be_bytes());
        bytes.extend_from_slice(name);
        bytes.extend_from_slice(content);
        bytes.extend_from_slice(&sum.sum().to_be_bytes());
    }
    bytes
}

fn stored_tile(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let body = u.bytes(5)?;
    let mut sum = flate2::Crc::new();
    sum.update(body);
    let header = format!(
        r#"{{"url":"https://example.org/1","etag":null,"last_modified":null,"fresh_until":{},"lifetime_s":1,"body_len":5,"body_crc":{}}}"#,
        u.arbitrary::<u64>()?,
        sum.sum()
    );
    Ok([b"sitmap tile 1\n", header.as_bytes(), b"\n", body].concat())
}

/// Pseudo-random bytes, the same for the same number (SplitMix64).
fn random_bytes(number: usize) -> Vec<u8> {
    let mut state = number as u64;
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    };
    (0..RANDOM_BYTES / 8).flat_map(|_| next().to_le_bytes()).collect()
}

/// A line of a dictionary: what is not plain is written in hexadecimal.
fn entry(piece: &str) -> String {
    let letter = |byte: u8| match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\x{byte:02X}"),
    };
    format!("\"{}\"\n", piece.bytes().map(letter).collect::<String>())
}

fn write_target(root: &Path, (name, make, pieces): (&str, Make, &[&str])) -> io::Result<()> {
    let folder = root.join(name);
    fs::create_dir_all(&folder)?;
    for number in 0..SEEDS {
        let random = random_bytes(number);
        if let Ok(seed) = make(&mut Unstructured::new(&random)) {
            fs::write(folder.join(number.to_string()), seed)?;
        }
    }
    let dictionary: String = pieces.iter().map(|piece| entry(piece)).collect();
    fs::write(folder.with_extension("dict"), dictionary)
}

fn main() -> io::Result<()> {
    let root = std::env::args_os().nth(1).ok_or_else(|| io::Error::other("which folder?"))?;
    TARGETS.into_iter().try_for_each(|target| write_target(Path::new(&root), target))
}
