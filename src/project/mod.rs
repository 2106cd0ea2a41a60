//! What is kept on disk between two starts.
//!
//! Floor 5.

mod last_session;

pub use last_session::{LastSessionError, LastSessionFile};
