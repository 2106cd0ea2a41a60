//! A passphrase over the whole of a project, in the age format (age-encryption.org/v1, scrypt).
//!
//! Floor 5. Nothing of a project with a passphrase is on the disk without it, recovery copies included.

use std::fmt;
use std::io::{Read, Write};
use std::path::Path;

use age::secrecy::SecretString;
use age::{Decryptor, EncryptError, Encryptor, scrypt};

use super::ProjectError;
use super::container::MAX_PROJECT_BYTES;
use crate::symbology::thousands;

/// How a file of the age format begins.
const AGE_MAGIC: &[u8] = b"age-encryption.org/v1\n";

/// The work that a passphrase costs, 2 to the power of it: a second or so and 256 MiB. Measured on the spot, as the library
/// would have it, a busy computer would write weak files, and a fast one such as an old one has no memory for.
const WORK: u8 = 18;
/// A file that asks for more than this is refused: it would take gigabytes and minutes.
const MOST_WORK: u8 = 20;

/// A passphrase; it is wiped from the memory when nobody needs it any more, and never shown.
#[derive(Clone)]
pub struct Passphrase(SecretString);

impl Passphrase {
    /// More is a file that was pasted by mistake. The same holds wherever one is given, so that what is encrypted in one
    /// place can be opened in each.
    pub const MOST_LETTERS: usize = 1_000;

    /// What was typed; `None` where that is nothing, or more than [`Self::MOST_LETTERS`].
    pub fn new(typed: String) -> Option<Self> {
        Self::can_be(&typed).then(|| Self(SecretString::from(typed)))
    }

    /// Whether a text can be one.
    pub fn can_be(typed: &str) -> bool {
        !typed.is_empty() && typed.chars().count() <= Self::MOST_LETTERS
    }

    /// What one must be.
    pub fn words_of_refusal() -> String {
        format!("A passphrase has between one letter and {}.", thousands(Self::MOST_LETTERS as u64))
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
    let mut recipient = scrypt::Recipient::new(passphrase.0.clone());
    recipient.set_work_factor(WORK);
    let recipients = std::iter::once(&recipient as &dyn age::Recipient);
    let encryptor = Encryptor::with_recipients(recipients).map_err(io_error)?;
    let mut writer = encryptor.wrap_output(&mut out)?;
    writer.write_all(bytes)?;
    writer.finish()?;
    Ok(out)
}

fn io_error(error: EncryptError) -> std::io::Error {
    match error {
        EncryptError::Io(error) => error,
        other => std::io::Error::other(other.to_string()),
    }
}

/// Decrypts; `path` is for messages. Any changed byte is an error.
pub(super) fn decrypted(bytes: &[u8], passphrase: &Passphrase, path: &Path) -> Result<Vec<u8>, ProjectError> {
    let locked = |reason: &dyn fmt::Display| ProjectError::Locked {
        reason: reason.to_string(),
        path: path.to_owned(),
    };
    let decryptor = Decryptor::new(bytes).map_err(|error| locked(&error))?;
    let mut identity = scrypt::Identity::new(passphrase.0.clone());
    identity.set_max_work_factor(MOST_WORK);
    let identity: &dyn age::Identity = &identity;
    let reader = decryptor.decrypt(std::iter::once(identity)).map_err(|error| locked(&error))?;
    let mut plain = Vec::new();
    reader.take(MAX_PROJECT_BYTES).read_to_end(&mut plain).map_err(|error| locked(&error))?;
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_a_whole_file_are_no_passphrases() {
        let is_one = |letters: usize| Passphrase::new("ش".repeat(letters)).is_some();
        assert_eq!([0, 1, 1_000, 1_001].map(is_one), [false, true, true, false]);
    }

    #[test]
    fn the_work_is_the_same_on_every_computer() {
        let passphrase = Passphrase::new("correct horse".to_owned()).unwrap();
        let bytes = encrypted(b"a project", &passphrase).unwrap();
        let head = String::from_utf8_lossy(&bytes).into_owned();
        let scrypt = head.lines().nth(1).unwrap();
        assert!(scrypt.starts_with("-> scrypt ") && scrypt.ends_with(" 18"), "{scrypt}");
        assert_eq!(decrypted(&bytes, &passphrase, Path::new("a")).unwrap(), b"a project");
    }
}
