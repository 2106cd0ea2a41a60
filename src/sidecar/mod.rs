//! What was read of a large file, kept in the cache folder, so that it opens faster the next time.
//!
//! Floor 3. A copy, never the truth: it is found by the file's fingerprint, checked, and thrown away at the slightest
//! doubt. Details are decoded from the source as ever. Only plain files that are mapped are kept; what is packed must be
//! unpacked for its details anyway.

mod contents;
mod folder;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod private;
mod sections;

pub use contents::{Contents, Prepared};
pub use folder::SidecarFolder;
