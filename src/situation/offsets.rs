//! What is the same for all costs nothing: offsets of groups that all have one member, kinds that are all alike.
//!
//! Floor 1. A layer of points needs neither offsets nor kinds; the first other geometry writes them out.

/// Which members of the level below belong to each group, as offsets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Offsets {
    /// So many groups, each of one member.
    Each(usize),
    /// First member of each group, and the end.
    Starts(Vec<u32>),
}

impl Default for Offsets {
    fn default() -> Self {
        Self::Each(0)
    }
}

impl Offsets {
    /// How many groups there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Each(count) => *count,
            Self::Starts(starts) => starts.len() - 1,
        }
    }

    /// The group's first member; for the group after the last, the end.
    #[inline]
    pub fn start(&self, group: usize) -> usize {
        match self {
            Self::Each(_) => group,
            Self::Starts(starts) => starts[group] as usize,
        }
    }

    /// Where the last group ends.
    #[inline]
    pub fn end(&self) -> usize {
        match self {
            Self::Each(count) => *count,
            Self::Starts(starts) => starts.last().map_or(0, |&end| end as usize),
        }
    }

    /// Adds a group that ends before member `end`.
    #[inline]
    pub fn push_end(&mut self, end: usize) {
        match self {
            Self::Each(count) if *count + 1 == end => *count += 1,
            Self::Each(count) => {
                let mut starts: Vec<u32> = (0..=*count as u32).collect();
                starts.push(end as u32);
                *self = Self::Starts(starts);
            }
            Self::Starts(starts) => starts.push(end as u32),
        }
    }

    /// Forgets all groups from `groups` on.
    pub fn truncate(&mut self, groups: usize) {
        match self {
            Self::Each(count) => *count = groups.min(*count),
            Self::Starts(starts) => starts.truncate(groups + 1),
        }
    }

    /// Adds groups whose members come behind all members of these.
    pub fn append(&mut self, next: &Self) {
        let end = self.end() as u32;
        match (&mut *self, next) {
            (Self::Each(count), Self::Each(more)) => *count += more,
            (Self::Each(count), Self::Starts(starts)) => {
                let mut all: Vec<u32> = (0..*count as u32).collect();
                all.extend(starts.iter().map(|start| end + start));
                *self = Self::Starts(all);
            }
            (Self::Starts(all), Self::Each(more)) => all.extend((1..=*more as u32).map(|start| end + start)),
            (Self::Starts(all), Self::Starts(starts)) => {
                all.extend(starts[1..].iter().map(|start| end + start));
            }
        }
    }

    /// What they take in memory.
    pub fn heap_bytes(&self) -> usize {
        match self {
            Self::Each(_) => 0,
            Self::Starts(starts) => starts.capacity() * size_of::<u32>(),
        }
    }

    /// Gives back what is not used.
    pub fn shrink_to_fit(&mut self) {
        if let Self::Starts(starts) = self {
            starts.shrink_to_fit();
        }
    }
}

/// One small value for each of many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kinds<T> {
    /// So many, all the same.
    Same(T, usize),
    /// One each.
    Each(Vec<T>),
}

impl<T> Default for Kinds<T> {
    fn default() -> Self {
        Self::Each(Vec::new())
    }
}

impl<T: Copy + PartialEq> Kinds<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Same(_, count) => *count,
            Self::Each(kinds) => kinds.len(),
        }
    }

    /// The value of one; `at` must be below [`Kinds::len`].
    #[inline]
    pub fn get(&self, at: usize) -> T {
        match self {
            Self::Same(kind, _) => *kind,
            Self::Each(kinds) => kinds[at],
        }
    }

    /// Adds one.
    #[inline]
    pub fn push(&mut self, kind: T) {
        match self {
            Self::Same(same, count) if *same == kind => *count += 1,
            Self::Same(same, count) => {
                let mut kinds = vec![*same; *count];
                kinds.push(kind);
                *self = Self::Each(kinds);
            }
            Self::Each(kinds) if kinds.is_empty() => *self = Self::Same(kind, 1),
            Self::Each(kinds) => kinds.push(kind),
        }
    }

    /// Adds all of `next`.
    pub fn append(&mut self, next: &Self) {
        match (&mut *self, next) {
            (_, Self::Each(more)) if more.is_empty() => {}
            (Self::Each(all), _) if all.is_empty() => *self = next.clone(),
            (Self::Same(kind, count), Self::Same(same, more)) if kind == same => *count += more,
            (Self::Same(kind, count), _) => {
                *self = Self::Each(vec![*kind; *count]);
                self.append(next);
            }
            (Self::Each(all), Self::Same(kind, more)) => all.resize(all.len() + more, *kind),
            (Self::Each(all), Self::Each(more)) => all.extend_from_slice(more),
        }
    }

    /// Forgets all from `count` on.
    pub fn truncate(&mut self, count: usize) {
        match self {
            _ if count == 0 => *self = Self::default(),
            Self::Same(_, all) => *all = count.min(*all),
            Self::Each(kinds) => kinds.truncate(count),
        }
    }

    /// What they take in memory.
    pub fn heap_bytes(&self) -> usize {
        match self {
            Self::Same(..) => 0,
            Self::Each(kinds) => kinds.capacity() * size_of::<T>(),
        }
    }

    /// Gives back what is not used.
    pub fn shrink_to_fit(&mut self) {
        if let Self::Each(kinds) = self {
            kinds.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_one_take_no_memory_until_another_comes() {
        let mut offsets = Offsets::default();
        (1..=3).for_each(|end| offsets.push_end(end));
        assert_eq!((offsets.heap_bytes(), offsets.len(), offsets.end()), (0, 3, 3));
        offsets.push_end(7);
        offsets.push_end(7);
        assert_eq!((0..=5).map(|group| offsets.start(group)).collect::<Vec<_>>(), [0, 1, 2, 3, 7, 7]);
        offsets.truncate(2);
        assert_eq!((offsets.len(), offsets.end()), (2, 2));
        offsets.push_end(3);
        assert_eq!(offsets.end(), 3);
    }

    #[test]
    fn what_is_appended_reads_as_if_it_had_been_pushed() {
        let lists: [&[usize]; 4] = [&[1, 2, 3], &[2, 2, 5], &[], &[1]];
        for (first, second) in lists.iter().flat_map(|first| lists.map(|second| (*first, second))) {
            let offsets = |ends: &mut dyn Iterator<Item = usize>| {
                let mut offsets = Offsets::default();
                ends.for_each(|end| offsets.push_end(end));
                offsets
            };
            let base = first.last().copied().unwrap_or(0);
            let pushed = offsets(&mut first.iter().copied().chain(second.iter().map(|end| base + end)));
            let mut appended = offsets(&mut first.iter().copied());
            appended.append(&offsets(&mut second.iter().copied()));
            let starts = |offsets: &Offsets| -> Vec<usize> {
                (0..=offsets.len()).map(|group| offsets.start(group)).collect()
            };
            assert_eq!(starts(&appended), starts(&pushed), "{first:?} and {second:?}");
        }
        let words = ["", "aa", "b", "ab"];
        for (first, second) in words.iter().flat_map(|first| words.map(|second| (*first, second))) {
            let kinds = |word: &str| {
                let mut kinds = Kinds::default();
                word.chars().for_each(|kind| kinds.push(kind));
                kinds
            };
            let mut appended = kinds(first);
            appended.append(&kinds(second));
            let read: String = (0..appended.len()).map(|at| appended.get(at)).collect();
            assert_eq!(read, format!("{first}{second}"));
        }
    }

    #[test]
    fn kinds_that_are_all_alike_take_no_memory_until_another_comes() {
        let mut kinds = Kinds::default();
        (0..5).for_each(|_| kinds.push('a'));
        assert_eq!((kinds.heap_bytes(), kinds.len(), kinds.get(4)), (0, 5, 'a'));
        kinds.push('b');
        assert_eq!((0..6).map(|at| kinds.get(at)).collect::<String>(), "aaaaab");
        kinds.truncate(0);
        kinds.push('c');
        assert_eq!((kinds.get(0), kinds.len()), ('c', 1));
    }
}
