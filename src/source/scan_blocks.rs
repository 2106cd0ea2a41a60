//! The bytes of many features, a block of neighbours at a time.
//!
//! Floor 2. Nothing is ever mapped here, since a mapping is only safe while a file is being read as a whole: blocks are read
//! into memory that fits the caches of a processor.

use std::ops::Range;

use super::SourceBytes;

/// Bytes that are read at once; a feature that is longer is a block of its own.
const BLOCK_BYTES: u64 = 1 << 18;
/// What lies between two features is read over up to so many bytes: skipping it costs as much.
const GAP_BYTES: u64 = 1 << 14;

/// Neighbouring features and their bytes.
pub(super) struct Block<'a> {
    /// From the first byte of the first feature on.
    pub bytes: &'a [u8],
    /// Where that byte is in the source.
    start: u64,
    /// Where the features are in the source.
    spans: &'a [Range<u64>],
    /// The place of the first among all that were asked for.
    first: usize,
}

impl<'a> Block<'a> {
    /// The place of each feature among all that were asked for, and its bytes.
    pub fn features(&self) -> impl Iterator<Item = (usize, &'a [u8])> {
        let (bytes, start) = (self.bytes, self.start);
        let of_span =
            move |span: &Range<u64>| &bytes[(span.start - start) as usize..(span.end - start) as usize];
        (self.first..).zip(self.spans.iter().map(of_span))
    }
}

impl SourceBytes {
    /// Reads the bytes of features block by block, in their order. The first error ends it: a sentence for the user.
    pub(super) fn scan_blocks(
        &self,
        spans: &[Range<u64>],
        mut read: impl FnMut(&Block<'_>) -> Result<(), String>,
    ) -> Result<(), String> {
        let mut first = 0;
        while let Some(span) = spans.get(first) {
            let neighbours = neighbours(&spans[first..]);
            let spans = &spans[first..first + neighbours];
            let end = spans.last().map_or(span.end, |last| last.end);
            let bytes = self.range(span.start, end).map_err(|error| error.to_string())?;
            read(&Block { bytes: &bytes, start: span.start, spans, first })?;
            first += neighbours;
        }
        Ok(())
    }
}

/// How many of the first spans are read together; at least one.
fn neighbours(spans: &[Range<u64>]) -> usize {
    let begin = spans[0].start;
    let follows = |pair: &&[Range<u64>]| {
        let (before, next) = (&pair[0], &pair[1]);
        before.end <= next.start
            && next.start - before.end <= GAP_BYTES
            && next.start <= next.end
            && next.end - begin <= BLOCK_BYTES
    };
    1 + spans.windows(2).take_while(follows).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_comes_in_its_order_with_its_own_bytes_however_they_lie() {
        let bytes: Vec<u8> = (0..3 * BLOCK_BYTES).map(|byte| b'a' + (byte % 23) as u8).collect();
        let source = SourceBytes::from_bytes("test", bytes.clone()).unwrap();
        let apart = GAP_BYTES + 1;
        let spans = [
            0..10,
            10..10,
            12..BLOCK_BYTES + 5,
            BLOCK_BYTES + 5..BLOCK_BYTES + 6,
            BLOCK_BYTES + 6 + apart..BLOCK_BYTES + 7 + apart,
            3..9,
            100..3 * BLOCK_BYTES,
        ];
        let mut found = Vec::new();
        let mut blocks = 0;
        source
            .scan_blocks(&spans, |block| {
                blocks += 1;
                found.extend(block.features().map(|(place, bytes)| (place, bytes.to_vec())));
                Ok(())
            })
            .unwrap();
        let expected = spans.iter().map(|span| bytes[span.start as usize..span.end as usize].to_vec());
        assert_eq!(found, expected.enumerate().collect::<Vec<_>>());
        assert_eq!(blocks, 5);
    }
}
