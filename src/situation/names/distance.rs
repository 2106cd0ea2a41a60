//! How much has to be changed to make one sound of another.
//!
//! Floor 1. Optimal string alignment: letters are put in, left out, replaced, or swapped with their neighbour, no letter
//! twice (Damerau 1964; three rows of the table of Wagner and Fischer). A consonant counts twice as much as a vowel. On
//! bytes: sounds are ASCII but for rare scripts.

/// The longest that is compared; sounds of names are shorter.
const MOST_BYTES: usize = 48;

/// What it takes to make one sound of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditCosts {
    /// Of the whole other.
    pub whole: u16,
    /// Of that beginning of the other which is the most alike.
    pub beginning: u16,
}

/// What it takes to make `from` of `to`: 2 for a consonant, 1 for a vowel. What is longer than 48 bytes is cut.
pub fn edit_costs(from: &[u8], to: &[u8]) -> EditCosts {
    let (from, to) = (&from[..from.len().min(MOST_BYTES)], &to[..to.len().min(MOST_BYTES)]);
    let mut table = [[0_u16; MOST_BYTES + 1]; 3];
    let [older, last, now] = &mut table;
    let (mut older, mut last, mut now) = (older, last, now);
    for (column, &other) in to.iter().enumerate() {
        last[column + 1] = last[column] + cost(other);
    }
    for (row, &letter) in from.iter().enumerate() {
        now[0] = last[0] + cost(letter);
        for (column, &other) in to.iter().enumerate() {
            let replaced = if letter == other { 0 } else { cost(letter).max(cost(other)) };
            let put_in_or_left_out = (last[column + 1] + cost(letter)).min(now[column] + cost(other));
            now[column + 1] = put_in_or_left_out.min(last[column] + replaced);
            if row > 0 && column > 0 && letter == to[column - 1] && from[row - 1] == other {
                let swapped = older[column - 1] + cost(letter).max(cost(other));
                now[column + 1] = now[column + 1].min(swapped);
            }
        }
        (older, last, now) = (last, now, older);
    }
    let finished = &last[..=to.len()];
    EditCosts { whole: finished[to.len()], beginning: finished.iter().copied().min().unwrap_or_default() }
}

fn cost(letter: u8) -> u16 {
    if matches!(letter, b'a' | b'u') { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(from: &str, to: &str) -> u16 {
        edit_costs(from.as_bytes(), to.as_bytes()).whole
    }

    #[test]
    fn a_consonant_counts_twice_a_vowel_and_a_swap_once() {
        assert_eq!(whole("sarakab", "sarakab"), 0);
        assert_eq!(whole("srkb", "sarakab"), 3);
        assert_eq!(whole("sarab", "sarakab"), 3);
        assert_eq!(whole("sarakba", "sarakab"), 2);
        assert_eq!(whole("adlab", "udlab"), 1);
        assert_eq!(whole("", "sar"), 5);
    }

    #[test]
    fn what_is_typed_so_far_is_compared_with_the_beginning() {
        let costs = edit_costs(b"xanSak", b"xanSaxun");
        assert_eq!((costs.beginning, costs.whole), (2, 5));
    }

    #[test]
    fn the_cost_is_the_same_both_ways_and_never_beyond_leaving_all_out() {
        for (one, other) in [("sarakab", "jsrSgr"), ("a", "bbb"), ("xanSaxun", "xansal")] {
            assert_eq!(whole(one, other), whole(other, one));
            assert!(whole(one, other) <= whole(one, "") + whole("", other));
        }
    }

    #[test]
    fn very_long_names_are_cut_and_not_a_danger() {
        assert_eq!(whole(&"k".repeat(500), &"k".repeat(60)), 0);
    }
}
