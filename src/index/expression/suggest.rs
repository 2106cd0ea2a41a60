//! What a mistyped name may have been meant to be.
//!
//! Floor 2.

use crate::index::folded::folded;

/// The candidate that is written most like `name`: with at most a third of its letters wrong (of one or two letters none), the first
/// of equals.
/// Case and diacritics make no difference.
pub(super) fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let wanted = folded(name);
    let length = wanted.chars().count();
    let most = (length / 3).max(1);
    let distances =
        candidates.map(|candidate| (strsim::osa_distance(&wanted, &folded(candidate)), candidate));
    let (distance, nearest) = distances.min_by_key(|(distance, _)| *distance)?;
    // Not one whose every letter is another.
    (distance <= most && distance < length).then(|| nearest.to_owned())
}
