//! Files and folders of which nobody else may have had a hand in, nor may read.
//!
//! Floor 3. Sidecars hold what the user's files hold. Elsewhere than on Unix the user's own folder has to do.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a folder for us alone; one that is there must belong to us, and nobody else may write into it.
pub(super) fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    check_folder(folder)
}

/// An error where others may write into the folder.
pub(super) fn check_folder(folder: &Path) -> io::Result<()> {
    if is_ours(&fs::metadata(folder)?) {
        return Ok(());
    }
    let what = "the folder of prepared copies belongs to somebody else, or others may write into it";
    Err(io::Error::new(io::ErrorKind::PermissionDenied, what))
}

/// Makes a new file for us alone; an error where anything has that name, also a link.
pub(super) fn create_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Opens a plain file of ours that nobody else may write; follows no link and waits for no pipe.
pub(super) fn open_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NOFOLLOW | libc::O_NONBLOCK);
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() && is_ours(&metadata) {
        Ok(file)
    } else {
        Err(io::ErrorKind::PermissionDenied.into())
    }
}

/// Whether it belongs to us and nobody else may write it.
#[cfg(unix)]
#[expect(unsafe_code, reason = "a call into the C library")]
fn is_ours(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    // SAFETY: it takes nothing, and never fails.
    let we = unsafe { libc::geteuid() };
    metadata.uid() == we && metadata.mode() & 0o022 == 0
}

#[cfg(not(unix))]
fn is_ours(_metadata: &fs::Metadata) -> bool {
    true
}
