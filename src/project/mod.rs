//! What is kept on disk between two starts.
//!
//! Floor 5.

mod keeper;
mod last_session;
mod readable_parts;

pub use keeper::SessionKeeper;
pub use last_session::{LastSession, LastSessionError, LastSessionFile};
