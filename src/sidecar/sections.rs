//! A file of named flat arrays: what a sidecar is on disk.
//!
//! Floor 3. Head: magic, byte order, format number, count; then a table with one line a section (name, offset, length in
//! bytes, CRC-32); then the CRC-32 of all that; then the sections. Nothing of a damaged file is taken: whoever reads
//! gets `None` and goes back to the source.

use std::fs::File;
use std::io::{self, Write};

use bytemuck::{AnyBitPattern, NoUninit, Pod, Zeroable};
use flate2::Crc;
use rayon::prelude::*;

use crate::source::read_exact_at;

const MAGIC: [u8; 8] = *b"sitmap\x1As";
/// Written as the machine writes numbers: elsewhere it reads as another one, and the file is not taken.
const BYTE_ORDER: u32 = 0x0102_0304;
/// Raised whenever what stands in the sections changes its meaning, or the reader reads a file otherwise than before.
const FORMAT: u32 = 2;
/// Sections begin at multiples of this, so that a later reader may map them.
const ALIGNMENT: usize = 64;
/// No fuzzer gets past a checksum.
const CHECKS_SUMS: bool = !cfg!(fuzzing);
/// A table longer than this is not one of ours.
const MAX_SECTIONS: u32 = 65_536;

/// The name of a section: what it holds, and which column it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct SectionName {
    pub kind: [u8; 4],
    pub number: u32,
}

impl SectionName {
    pub const fn new(kind: [u8; 4], number: u32) -> Self {
        Self { kind, number }
    }
}

#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct Head {
    magic: [u8; 8],
    byte_order: u32,
    format: u32,
    count: u32,
    unused: u32,
}

#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct Line {
    name: SectionName,
    offset: u64,
    length: u64,
    crc: u32,
    unused: u32,
}

/// Sections that are going to be written, in their order.
#[derive(Default)]
pub(super) struct SectionWriter<'a> {
    sections: Vec<(SectionName, &'a [u8])>,
}

impl<'a> SectionWriter<'a> {
    /// Adds an array as it lies in memory.
    pub fn push<T: NoUninit>(&mut self, name: SectionName, values: &'a [T]) {
        self.sections.push((name, bytemuck::cast_slice(values)));
    }

    /// Writes everything.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let crcs: Vec<u32> = self.sections.par_iter().map(|(_, bytes)| crc(bytes)).collect();
        let head = Head {
            magic: MAGIC,
            byte_order: BYTE_ORDER,
            format: FORMAT,
            count: self.sections.len() as u32,
            unused: 0,
        };
        let mut at = first_section(self.sections.len());
        let mut table = Vec::with_capacity(self.sections.len());
        for (&(name, bytes), &crc) in self.sections.iter().zip(&crcs) {
            table.push(Line { name, offset: at as u64, length: bytes.len() as u64, crc, unused: 0 });
            at = (at + bytes.len()).next_multiple_of(ALIGNMENT);
        }
        let mut front = bytemuck::bytes_of(&head).to_vec();
        front.extend_from_slice(bytemuck::cast_slice(&table));
        front.extend_from_slice(&crc(&front).to_ne_bytes());
        write_padded(out, &front)?;
        self.sections.iter().try_for_each(|(_, bytes)| write_padded(out, bytes))
    }
}

/// A file of sections, its table read and checked.
pub(super) struct SectionReader {
    file: File,
    table: Vec<Line>,
}

impl SectionReader {
    /// `None` where the file is not one of ours, or its table is damaged.
    pub fn open(file: File) -> Option<Self> {
        let length = file.metadata().ok()?.len();
        let mut head = Head::zeroed();
        read_exact_at(&file, bytemuck::bytes_of_mut(&mut head), 0).ok()?;
        let known = head.magic == MAGIC && head.byte_order == BYTE_ORDER && head.format == FORMAT;
        if !known || head.count > MAX_SECTIONS {
            return None;
        }
        let mut front = vec![0; table_end(head.count as usize) + size_of::<u32>()];
        read_exact_at(&file, &mut front, 0).ok()?;
        let (front, stored) = front.split_at(table_end(head.count as usize));
        if CHECKS_SUMS && crc(front).to_ne_bytes() != stored {
            return None;
        }
        let table: Vec<Line> = bytemuck::pod_collect_to_vec(&front[size_of::<Head>()..]);
        let inside = |line: &Line| line.offset.checked_add(line.length).is_some_and(|end| end <= length);
        table.iter().all(inside).then_some(Self { file, table })
    }

    /// A section as the array it was; `None` where it is missing or damaged.
    pub fn read<T: AnyBitPattern + NoUninit>(&self, name: SectionName) -> Option<Vec<T>> {
        let line = self.table.iter().find(|line| line.name == name)?;
        let length = usize::try_from(line.length).ok()?;
        if size_of::<T>() == 0 || length % size_of::<T>() != 0 {
            return None;
        }
        let mut values: Vec<T> = bytemuck::try_zeroed_vec(length / size_of::<T>()).ok()?;
        let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut values);
        read_exact_at(&self.file, bytes, line.offset).ok()?;
        (!CHECKS_SUMS || crc(bytes) == line.crc).then_some(values)
    }
}

fn table_end(sections: usize) -> usize {
    size_of::<Head>() + sections * size_of::<Line>()
}

fn first_section(sections: usize) -> usize {
    (table_end(sections) + size_of::<u32>()).next_multiple_of(ALIGNMENT)
}

fn write_padded(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    out.write_all(bytes)?;
    out.write_all(&[0; ALIGNMENT][..bytes.len().next_multiple_of(ALIGNMENT) - bytes.len()])
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: SectionName = SectionName::new(*b"nums", 3);
    const TEXT: SectionName = SectionName::new(*b"text", 0);

    fn written() -> Vec<u8> {
        let numbers = [1.5_f64, -2.5];
        let mut writer = SectionWriter::default();
        writer.push(NUMBERS, &numbers);
        writer.push(TEXT, b"abc");
        let mut bytes = Vec::new();
        writer.write(&mut bytes).unwrap();
        bytes
    }

    fn open(bytes: &[u8]) -> Option<SectionReader> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        SectionReader::open(file)
    }

    #[test]
    fn what_is_written_is_read_back() {
        let reader = open(&written()).unwrap();
        assert_eq!(reader.read::<f64>(NUMBERS).unwrap(), [1.5, -2.5]);
        assert_eq!(reader.read::<u8>(TEXT).unwrap(), b"abc");
        assert!(reader.read::<u8>(SectionName::new(*b"none", 0)).is_none());
        assert!(reader.read::<u64>(TEXT).is_none());
    }

    #[test]
    fn a_section_longer_than_the_memory_is_not_taken() {
        let mut bytes = written();
        let line = size_of::<Head>();
        let length = (1_u64 << 61) - (1 << 12);
        bytes[line + 16..line + 24].copy_from_slice(&length.to_ne_bytes());
        let crc = crc(&bytes[..table_end(2)]).to_ne_bytes();
        bytes[table_end(2)..table_end(2) + 4].copy_from_slice(&crc);
        let file = tempfile::tempfile().unwrap();
        (&file).write_all(&bytes).unwrap();
        let mut table: Vec<Line> = bytemuck::pod_collect_to_vec(&bytes[line..table_end(2)]);
        assert_eq!(table[0].length, length);
        table[0].offset = 0;
        let reader = SectionReader { file, table };
        assert!(reader.read::<f64>(NUMBERS).is_none());
    }

    #[test]
    fn no_flipped_bit_and_no_missing_byte_goes_unnoticed() {
        let whole = written();
        let is_whole = |bytes: &[u8]| {
            open(bytes).is_some_and(|reader| {
                reader.read::<f64>(NUMBERS).is_some_and(|numbers| numbers == [1.5, -2.5])
                    && reader.read::<u8>(TEXT).is_some_and(|text| text == b"abc")
            })
        };
        assert!(is_whole(&whole));
        let payload = [(0, table_end(2) + 4), (first_section(2), first_section(2) + 16)];
        for at in payload.into_iter().flat_map(|(start, end)| start..end) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x10;
            assert!(!is_whole(&damaged), "byte {at}");
        }
        for length in (0..whole.len() - ALIGNMENT).step_by(7) {
            assert!(!is_whole(&whole[..length]), "cut to {length}");
        }
    }
}
