//! The book of who was contacted since the start, what for, and what came of it.
//!
//! Floor 4. Shared by worker threads; it is kept in memory alone and written nowhere.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A server that leads on and on to other names fills no more of the book than this.
const MOST_HOSTS: usize = 500;
/// Under this name stand all hosts beyond that.
const FURTHER_HOSTS: &str = "further hosts";
/// Bytes; beyond it another reason is not written down.
const LONGEST_WHY: usize = 400;

/// A host that was contacted since the start, for the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactedHost {
    /// Its name; for a proxy with its port.
    pub host: String,
    /// How many requests were sent to it, or tried to be.
    pub requests: u64,
    /// What for; several reasons are parted by semicolons.
    pub why: String,
    /// What came of the last request, in words; empty before anything came.
    pub answer: String,
}

/// The book itself; clones are the same one.
#[derive(Clone, Default)]
pub(super) struct ContactBook {
    hosts: Arc<Mutex<BTreeMap<String, ContactedHost>>>,
}

impl ContactBook {
    /// Written before a request leaves.
    pub fn note_request(&self, host: &str, why: &str) {
        self.edit(host, |contact| {
            contact.requests += 1;
            if contact.why.is_empty() {
                why.clone_into(&mut contact.why);
            } else if !contact.why.contains(why) && contact.why.len() + why.len() < LONGEST_WHY {
                contact.why.push_str("; ");
                contact.why.push_str(why);
            }
        });
    }

    /// Written when it is known what came.
    pub fn note_answer(&self, host: &str, answer: String) {
        self.edit(host, |contact| contact.answer = answer);
    }

    /// Whether anything was sent to that host.
    pub fn knows(&self, host: &str) -> bool {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner).contains_key(host)
    }

    /// Every host, in alphabetical order.
    pub fn hosts(&self) -> Vec<ContactedHost> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    fn edit(&self, host: &str, edit: impl FnOnce(&mut ContactedHost)) {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = !hosts.contains_key(host);
        let host = if is_new && hosts.len() >= MOST_HOSTS { FURTHER_HOSTS } else { host };
        edit(hosts.entry(host.to_owned()).or_insert_with(|| ContactedHost {
            host: host.to_owned(),
            requests: 0,
            why: String::new(),
            answer: String::new(),
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_is_counted_with_each_reason_once_and_the_last_answer() {
        let book = ContactBook::default();
        book.note_request("b", "map tiles of B");
        book.note_request("a", "map tiles of A");
        for why in ["redirected by b", "map tiles of A", "redirected by b"] {
            book.note_request("a", why);
        }
        book.note_answer("a", "no tile here".into());
        book.note_answer("a", "a map tile".into());
        let [a, b] = <[ContactedHost; 2]>::try_from(book.hosts()).unwrap();
        assert_eq!((a.requests, a.why.as_str()), (4, "map tiles of A; redirected by b"));
        assert_eq!((a.answer.as_str(), b.answer.as_str()), ("a map tile", ""));
    }

    #[test]
    fn a_server_that_leads_to_ever_new_names_does_not_fill_the_memory() {
        let book = ContactBook::default();
        for number in 0..10_000 {
            book.note_request(&format!("{number}.example.org"), &format!("redirected by {}", number - 1));
        }
        let hosts = book.hosts();
        assert_eq!(hosts.len(), MOST_HOSTS + 1);
        assert_eq!(hosts.iter().map(|contact| contact.requests).sum::<u64>(), 10_000, "none is kept quiet");
        assert!(hosts.iter().all(|contact| contact.why.len() <= LONGEST_WHY));
    }
}
