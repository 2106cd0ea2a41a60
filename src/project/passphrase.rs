//! A passphrase over the whole of a project, in the age format (age-encryption.org/v1, scrypt).
//!
//! Floor 5. Nothing of a project with a passphrase is on the disk without it, recovery copies included.

use std::fmt;
use std::io::{Read, Write};
use std::path::Path;

use age::secrecy::SecretString;
use age::{Decryptor, Encryptor};

use super::ProjectError;
use super::container::MAX_PROJECT_BYTES;

/// How a file of the age format begins.
const AGE_MAGIC: &[u8] = b"age-encryption.org/v1\n";

/// A file that asks for more work than this, 2 to the power of it, is refused: it would take gigabytes and minutes.
const MOST_WORK: u8 = 20;

/// A passphrase; it is wiped from the memory when nobody needs it any more, and never shown.
#[derive(Clone)]
pub struct Passphrase(SecretString);

impl Passphrase {
    /// What was typed; `None` where that is nothing.
    pub fn new(typed: String) -> Option<Self> {
        (!typed.is_empty()).then(|| Self(SecretString::from(typed)))
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// Whether the bytes are encrypted.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    bytes.starts_with(AGE_MAGIC)
}

/// Encrypts. A second or so is spent on purpose: it is what makes trying passphrases costly.
pub(super) fn encrypted(bytes: &[u8], passphrase: &Passphrase) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len() + 1024);
    let mut writer = Encryptor::with_user_passphrase(passphrase.0.clone()).wrap_output(&mut out)?;
    writer.write_all(bytes)?;
    writer.finish()?;
    Ok(out)
}

/// Decrypts; `path` is for messages. Any changed byte is an error.
pub(super) fn decrypted(bytes: &[u8], passphrase: &Passphrase, path: &Path) -> Result<Vec<u8>, ProjectError> {
    let locked = |reason: &dyn fmt::Display| ProjectError::Locked {
        reason: reason.to_string(),
        path: path.to_owned(),
    };
    let decryptor = Decryptor::new(bytes).map_err(|error| locked(&error))?;
    let mut identity = age::scrypt::Identity::new(passphrase.0.clone());
    identity.set_max_work_factor(MOST_WORK);
    let identity: &dyn age::Identity = &identity;
    let reader = decryptor.decrypt(std::iter::once(identity)).map_err(|error| locked(&error))?;
    let mut plain = Vec::new();
    reader.take(MAX_PROJECT_BYTES).read_to_end(&mut plain).map_err(|error| locked(&error))?;
    Ok(plain)
}
