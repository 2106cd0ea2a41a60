//! Reads PMTiles version 3 from a file: the header, the directories, and the bytes of one tile.
//!
//! Floor 4. The format: <https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md>. Read and not
//! memory-mapped: a file on a drive that is pulled out is then an error and not a crash.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use flate2::read::GzDecoder;
use walkers::TileId;

use super::error::PackError;
use super::protobuf::varint;

const HEADER_BYTES: usize = 127;
/// One directory as it lies in the file; the largest packs of the whole planet stay below a tenth of this.
pub const MAX_DIRECTORY_PACKED: u64 = 2 * 1024 * 1024;
/// One directory unpacked.
pub const MAX_DIRECTORY_UNPACKED: u64 = 4 * 1024 * 1024;
/// How many directories may lead to one tile; the format needs two.
pub const MAX_DIRECTORY_DEPTH: usize = 4;
/// The metadata, packed and unpacked.
pub const MAX_METADATA_BYTES: u64 = 8 * 1024 * 1024;
/// One tile as it lies in the file.
pub const MAX_TILE_PACKED: u64 = 4 * 1024 * 1024;
/// One tile unpacked.
pub const MAX_TILE_UNPACKED: u64 = 16 * 1024 * 1024;
/// The deepest zoom whose tiles can be numbered.
const MAX_ZOOM: u8 = 26;
/// Leaf directories kept in memory.
const KEPT_DIRECTORIES: usize = 16;

/// How a part of the file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compression {
    None,
    Gzip,
}

/// What the tiles are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TileKind {
    Vector,
    Raster,
}

/// A part of the file, in bytes from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Section {
    start: u64,
    length: u64,
}

#[derive(Debug, Clone)]
pub(super) struct PmHeader {
    root: Section,
    metadata: Section,
    leaves: Section,
    tiles: Section,
    internal: Compression,
    packed: Compression,
    pub kind: TileKind,
    pub min_zoom: u8,
    pub max_zoom: u8,
    /// West, south, east, north, degrees.
    pub bounds_deg: [f64; 4],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub tile: u64,
    offset: u64,
    length: u32,
    /// How many tiles in a row share these bytes; 0 for a leaf directory.
    run: u32,
}

type Directory = Arc<Vec<Entry>>;

/// An open pack. Workers take turns at the file: reading is quick, unpacking is not, and happens outside the lock.
pub(super) struct PmTiles {
    pub header: PmHeader,
    file: Mutex<File>,
    file_bytes: u64,
    root: Directory,
    leaves: Mutex<HashMap<LeafKey, Directory>>,
}

/// Where a leaf lies: its start and length.
type LeafKey = (u64, u64);

impl PmTiles {
    pub fn open(path: &Path) -> Result<Self, PackError> {
        let mut file = File::open(path)?;
        let file_bytes = file.metadata()?.len();
        let mut bytes = [0; HEADER_BYTES];
        file.read_exact(&mut bytes).map_err(|_| PackError::NotPmTiles)?;
        let header = read_header(&bytes)?;
        let mut pack = Self {
            header,
            file: Mutex::new(file),
            file_bytes,
            root: Directory::default(),
            leaves: Mutex::default(),
        };
        pack.root = pack.read_directory(pack.header.root)?;
        Ok(pack)
    }

    /// The JSON text that describes the pack.
    pub fn metadata(&self) -> Result<Vec<u8>, PackError> {
        let packed = self.read(self.header.metadata, "its description", MAX_METADATA_BYTES)?;
        unpacked(packed, self.header.internal, "its description", MAX_METADATA_BYTES)
    }

    /// The unpacked bytes of a tile; `None` where the pack has none.
    pub fn tile(&self, tile: TileId) -> Result<Option<Vec<u8>>, PackError> {
        let Some(section) = self.find(tile)? else { return Ok(None) };
        let packed = self.read(section, "a tile", MAX_TILE_PACKED)?;
        unpacked(packed, self.header.packed, "a tile", MAX_TILE_UNPACKED).map(Some)
    }

    /// Whether the pack has this tile, without reading it.
    pub fn has(&self, tile: TileId) -> Result<bool, PackError> {
        Ok(self.find(tile)?.is_some())
    }

    fn find(&self, tile: TileId) -> Result<Option<Section>, PackError> {
        let Some(number) = number_of(tile) else { return Ok(None) };
        let mut directory = self.root.clone();
        for _ in 0..MAX_DIRECTORY_DEPTH {
            let after = directory.partition_point(|entry| entry.tile <= number);
            let Some(entry) = after.checked_sub(1).map(|at| directory[at]) else { return Ok(None) };
            if entry.run > 0 {
                let inside = number - entry.tile < u64::from(entry.run);
                return if inside { within(self.header.tiles, entry).map(Some) } else { Ok(None) };
            }
            directory = self.leaf(within(self.header.leaves, entry)?)?;
        }
        Err(PackError::Damaged("its directories lead in a circle"))
    }

    fn leaf(&self, section: Section) -> Result<Directory, PackError> {
        let key = (section.start, section.length);
        if let Some(known) = self.leaves.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(known.clone());
        }
        let directory = self.read_directory(section)?;
        let mut leaves = self.leaves.lock().unwrap_or_else(PoisonError::into_inner);
        if leaves.len() >= KEPT_DIRECTORIES {
            leaves.clear();
        }
        leaves.insert(key, directory.clone());
        Ok(directory)
    }

    fn read_directory(&self, section: Section) -> Result<Directory, PackError> {
        let packed = self.read(section, "a directory", MAX_DIRECTORY_PACKED)?;
        let bytes = unpacked(packed, self.header.internal, "a directory", MAX_DIRECTORY_UNPACKED)?;
        parse_directory(&bytes).map(Arc::new)
    }

    fn read(&self, section: Section, what: &'static str, limit: u64) -> Result<Vec<u8>, PackError> {
        if section.length > limit {
            return Err(PackError::TooLarge { what, limit });
        }
        let end = section.start.checked_add(section.length);
        if end.is_none_or(|end| end > self.file_bytes) {
            return Err(PackError::Damaged("it points past its own end"));
        }
        let mut bytes = vec![0; section.length as usize];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(section.start))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

fn read_header(bytes: &[u8; HEADER_BYTES]) -> Result<PmHeader, PackError> {
    if !bytes.starts_with(b"PMTiles\x03") {
        return Err(PackError::NotPmTiles);
    }
    let long = |at: usize| u64::from_le_bytes(std::array::from_fn(|i| bytes[at + i]));
    let degrees = |at: usize| f64::from(i32::from_le_bytes(std::array::from_fn(|i| bytes[at + i]))) / 1e7;
    let section = |at: usize| Section { start: long(at), length: long(at + 8) };
    let header = PmHeader {
        root: section(8),
        metadata: section(24),
        leaves: section(40),
        tiles: section(56),
        internal: compression(bytes[97])?,
        packed: compression(bytes[98])?,
        kind: kind(bytes[99])?,
        min_zoom: bytes[100],
        max_zoom: bytes[101],
        bounds_deg: [degrees(102), degrees(106), degrees(110), degrees(114)],
    };
    if header.min_zoom > header.max_zoom || header.max_zoom > MAX_ZOOM {
        return Err(PackError::Damaged("its zoom levels make no sense"));
    }
    Ok(header)
}

fn compression(code: u8) -> Result<Compression, PackError> {
    match code {
        1 => Ok(Compression::None),
        2 => Ok(Compression::Gzip),
        3 => Err(PackError::Compression("Brotli")),
        4 => Err(PackError::Compression("Zstandard")),
        _ => Err(PackError::Compression("an unknown method")),
    }
}

fn kind(code: u8) -> Result<TileKind, PackError> {
    match code {
        1 => Ok(TileKind::Vector),
        2 | 3 => Ok(TileKind::Raster),
        4 => Err(PackError::TileType("WebP")),
        5 => Err(PackError::TileType("AVIF")),
        6 => Err(PackError::TileType("MapLibre")),
        _ => Err(PackError::TileType("unknown")),
    }
}

fn within(section: Section, entry: Entry) -> Result<Section, PackError> {
    let end = entry.offset.checked_add(u64::from(entry.length));
    if end.is_none_or(|end| end > section.length) {
        return Err(PackError::Damaged("a directory points past its section"));
    }
    let start = section.start.checked_add(entry.offset).ok_or(PackError::Damaged("an offset overflows"))?;
    Ok(Section { start, length: u64::from(entry.length) })
}

fn unpacked(
    packed: Vec<u8>,
    compression: Compression,
    what: &'static str,
    limit: u64,
) -> Result<Vec<u8>, PackError> {
    if compression == Compression::None {
        return Ok(packed);
    }
    let mut bytes = Vec::new();
    GzDecoder::new(packed.as_slice())
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| PackError::Damaged("a part of it does not unpack"))?;
    if bytes.len() as u64 > limit {
        return Err(PackError::TooLarge { what, limit });
    }
    Ok(bytes)
}

/// Four columns, one after the other: tile numbers as differences, runs, lengths, offsets.
pub(super) fn parse_directory(mut bytes: &[u8]) -> Result<Vec<Entry>, PackError> {
    let broken = |_| PackError::Damaged("a directory cannot be read");
    let mut next = || varint(&mut bytes).map_err(broken);
    let count = next()?;
    // Every entry takes at least four bytes: a count beyond that is a lie, and would cost memory.
    if count > MAX_DIRECTORY_UNPACKED / 4 {
        return Err(PackError::Damaged("a directory claims too many tiles"));
    }
    let mut entries = Vec::new();
    let mut tile = 0_u64;
    for index in 0..count {
        let step = next()?;
        tile = tile.checked_add(step).ok_or(PackError::Damaged("a tile number overflows"))?;
        if index > 0 && step == 0 {
            return Err(PackError::Damaged("a directory lists a tile twice"));
        }
        entries.push(Entry { tile, offset: 0, length: 0, run: 0 });
    }
    let narrow = |value: u64| u32::try_from(value).map_err(|_| PackError::Damaged("a number is too large"));
    for entry in &mut entries {
        entry.run = narrow(next()?)?;
    }
    for entry in &mut entries {
        entry.length = narrow(next()?)?;
    }
    let mut follows = None;
    for entry in &mut entries {
        entry.offset = match (next()?, follows) {
            (0, Some(follows)) => follows,
            (0, None) => return Err(PackError::Damaged("its first tile lies nowhere")),
            (offset, _) => offset - 1,
        };
        follows = entry.offset.checked_add(u64::from(entry.length));
    }
    Ok(entries)
}

/// The tile's number along the Hilbert curves of all zoom levels; `None` where the pack could not have it.
fn number_of(tile: TileId) -> Option<u64> {
    let side = 1_u64 << tile.zoom.min(MAX_ZOOM);
    let (mut x, mut y) = (u64::from(tile.x), u64::from(tile.y));
    if tile.zoom > MAX_ZOOM || x >= side || y >= side {
        return None;
    }
    let mut number = ((1_u64 << (2 * u32::from(tile.zoom))) - 1) / 3;
    let mut half = side / 2;
    while half > 0 {
        let (right, lower) = (u64::from(x & half > 0), u64::from(y & half > 0));
        number += half * half * ((3 * right) ^ lower);
        if lower == 0 {
            if right == 1 {
                x = side - 1 - x;
                y = side - 1 - y;
            }
            std::mem::swap(&mut x, &mut y);
        }
        half /= 2;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_are_numbered_as_the_format_says() {
        let number = |zoom, x, y| number_of(TileId { x, y, zoom });
        let expected = [(0, 0, 0, 0), (1, 0, 0, 1), (1, 0, 1, 2), (1, 1, 1, 3), (1, 1, 0, 4), (2, 0, 0, 5)];
        for (zoom, x, y, tile) in expected {
            assert_eq!(number(zoom, x, y), Some(tile), "{zoom}/{x}/{y}");
        }
        assert_eq!(number(12, 3423, 1763), Some(19_078_479), "the example of the format's description");
        assert_eq!((number(1, 2, 0), number(27, 0, 0)), (None, None));
    }

    #[test]
    fn a_directory_that_lies_about_its_size_is_refused() {
        for bytes in
            [&[0xff, 0xff, 0xff, 0xff, 0x0f][..], &[2, 1], &[1, 1, 1, 1, 0], &[2, 1, 0, 1, 1, 1, 1, 1, 1]]
        {
            assert!(parse_directory(bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn offsets_of_zero_mean_right_after_the_tile_before() {
        let entries = parse_directory(&[2, 5, 1, 1, 1, 10, 20, 1, 0]).unwrap();
        assert_eq!((entries[0].offset, entries[1].offset, entries[1].tile), (0, 10, 6));
    }
}
