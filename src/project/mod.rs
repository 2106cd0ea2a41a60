//! Project files, and what is kept on disk between two starts.
//!
//! Floor 5.

mod caches;
mod container;
mod crash;
mod desk;
mod error;
mod keeper;
mod last_session;
mod log_page;
mod passphrase;
mod project_file;
mod readable_parts;
mod recovery;
mod whole_file;
mod working;

pub use caches::{CacheStanding, Caches, ClearedCaches};
pub use container::MIME_TYPE;
pub use crash::{guarded, remember_panics};
pub use desk::{DeskQuestion, DeskWish, ProjectDesk, ProjectStanding, name_of};
pub use error::ProjectError;
pub use keeper::SessionKeeper;
pub use last_session::{LastSession, LastSessionError, LastSessionFile};
pub use log_page::{json_of, page_of};
pub use passphrase::Passphrase;
pub use project_file::{
    FileSeal, FileState, ReadProject, Replaces, Verification, needs_passphrase, read_project, verify_project,
    write_project,
};
pub use recovery::RecoveryFolder;
pub use whole_file::write_file_whole;
pub use working::{Working, answer_of};

/// Where the system keeps what a program must find again and nobody looks for; `None` where it names no place.
fn state_folder() -> Option<std::path::PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "sitmap")?;
    Some(folders.state_dir().unwrap_or(folders.data_local_dir()).to_owned())
}
