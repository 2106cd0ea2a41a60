//! Pictures to files.
//!
//! Floor 6.

mod picture;
mod png_file;

pub use picture::{PictureError, PictureMaker};
pub use png_file::write_png;
