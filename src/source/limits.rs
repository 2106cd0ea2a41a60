//! What a file may ask of us, in one place.
//!
//! Floor 2. Beyond a limit there is an issue or a refusal that names it, never a crash or a full memory.

/// Objects and lists inside each other. A feature that nests deeper is refused.
pub const MAX_DEPTH: usize = 128;

/// Files from this size on are mapped into memory while they are read; smaller ones are copied.
pub const MAP_FROM_BYTES: u64 = 32 << 20;

/// What a packed file may grow to.
pub const MAX_UNPACKED_BYTES: u64 = 16 << 30;

/// How many times its packed size a file may grow to, once it is past [`RATIO_FROM_BYTES`].
pub const MAX_UNPACK_RATIO: u64 = 100;

/// Below this size the ratio does not matter.
pub const RATIO_FROM_BYTES: u64 = 48 << 20;

/// `.gz` inside `.gz`: how often a file is unpacked.
pub const MAX_PACKINGS: usize = 2;

/// Issues of one severity that are listed one by one; the rest is counted.
pub const MAX_ISSUES: usize = 10_000;

/// Properties with a column of their own; further ones are decoded from the source when asked.
pub const MAX_COLUMNS: usize = 1024;

/// Strings up to this length are interned.
pub const MAX_WORD_BYTES: usize = 64;

/// A column of strings is interned up to this many different ones, …
pub const FREE_WORDS: usize = 4096;

/// … and beyond it where each appears this many times on average.
pub const WORD_REPEATS: usize = 8;

/// From this many rows on, …
pub const SPARSE_FROM_ROWS: usize = 4096;

/// … a column is held only where at least one row in this many has a value.
pub const SPARSE_ROWS_PER_VALUE: usize = 64;

/// All columns together take at most this many times the bytes of the source, …
pub const COLUMN_BYTES_PER_SOURCE_BYTE: usize = 4;

/// … and always this many.
pub const FREE_COLUMN_BYTES: usize = 16 << 20;

/// Vertices of one layer: offsets are 32 bits.
pub const MAX_VERTICES: usize = (u32::MAX - 1) as usize;

/// Longitudes beyond this are not degrees: two turns eastwards and westwards are.
pub const MAX_LONGITUDE_DEG: f64 = 720.0;

/// A foreign member of the collection longer than this is not kept.
pub const MAX_FOREIGN_BYTES: usize = 1 << 20;

/// How many bytes are read between two looks at the cancel flag.
pub const PROGRESS_STEP_BYTES: usize = 1 << 20;

/// A source is cut into stretches of at least this length, each read by one thread, …
pub const MIN_STRETCH_BYTES: usize = 2 << 20;

/// … and of at most about this length.
pub const MAX_STRETCH_BYTES: usize = 16 << 20;

/// Sources from this size on show parts of what they hold while they are read.
pub const SHOW_FROM_BYTES: usize = 8 << 20;

/// The first part is shown when so much has been read.
pub const SHOW_FIRST_BYTES: usize = 2 << 20;

/// Parts that are shown, at most, …
pub const MAX_SHOWN_PARTS: usize = 10;

/// … and the features in all of them.
pub const MAX_SHOWN_FEATURES: usize = 300_000;

/// After so many lists of features whose end is nowhere, the rest is not read: each cost a search of the whole file.
pub const MAX_LOST_LISTS: usize = 16;

/// How deep the search for the end of a broken feature follows its brackets.
pub const MAX_RECOVERY_DEPTH: usize = 1 << 16;

/// How far behind a broken feature its end is looked for at first.
pub const RECOVERY_STEP_BYTES: usize = 1 << 12;

/// How deep lists of features within a broken feature are followed, and how many times its length so far.
pub const MAX_NESTED_LOOK: usize = 16;
