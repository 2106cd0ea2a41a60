//! Many names, found however they are spelled.
//!
//! Floor 2. A list without a tree: every key stroke looks at every name, which takes less than a millisecond for ten
//! thousand of them, since most are ruled out by their letters alone.

use super::query::{LetterSet, Match, MatchGrade, NameForm, SearchQuery};
use crate::coords::LonLat;
use crate::situation::{Sound, WordStarts, spelled_words};

/// Kilometres in a degree of latitude.
const KM_PER_DEGREE: f64 = 111.2;

/// Something that is looked for by its names.
#[derive(Debug, Clone, Copy)]
struct Subject {
    /// NaN where it has no place.
    at: [f32; 2],
    rank: u8,
    /// Where its names end; they begin where those of the one before end.
    names_end: u32,
}

/// One name: where its forms lie in the texts.
#[derive(Debug, Clone, Copy)]
struct Name {
    /// Written, spelled, full, skeleton lie one after the other; these are their ends.
    ends: [u32; 4],
    full_starts: WordStarts,
    skeleton_starts: WordStarts,
    spelled_letters: LetterSet,
    skeleton_letters: LetterSet,
}

/// Names, ready to be searched. Built once, then shared unchanged.
#[derive(Debug, Default)]
pub struct SearchIndex {
    subjects: Vec<Subject>,
    names: Vec<Name>,
    texts: String,
}

/// Something that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found<'a> {
    /// Its number, in the order in which the subjects were added.
    pub subject: usize,
    /// The name that answers, as written.
    pub name: &'a str,
    /// What is better is less; may be compared between indexes.
    pub order: FoundOrder,
}

/// What comes first: how well the name answers, then how large the subject is, then how near it is to the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundOrder {
    /// How the name answers.
    pub grade: MatchGrade,
    cost: u16,
    rank: u8,
    /// `u16::MAX` without a place.
    km: u16,
}

/// The best of what was found.
#[derive(Debug, Clone, Default)]
pub struct FoundSubjects<'a> {
    /// The best, in their order.
    pub best: Vec<Found<'a>>,
    /// How many there are in all.
    pub count: usize,
}

impl SearchIndex {
    /// Adds a subject with its names. `rank` is 1 for the largest. Names without a letter are left out.
    pub fn add<'a>(&mut self, names: impl IntoIterator<Item = &'a str>, rank: u8, at: Option<LonLat>) {
        names.into_iter().for_each(|name| self.add_name(name));
        let at = at.map_or([f32::NAN; 2], |at| [at.lon_deg as f32, at.lat_deg as f32]);
        self.subjects.push(Subject { at, rank, names_end: self.names.len() as u32 });
    }

    fn add_name(&mut self, written: &str) {
        let words = spelled_words(written);
        // Offsets are 32 bits.
        if words.is_empty() || self.texts.len() > u32::MAX as usize / 2 {
            return;
        }
        let sound = Sound::of_name(written);
        let start = self.texts.len();
        let mut ends = [0; 4];
        let mut end = |texts: &String, form: usize| ends[form] = texts.len() as u32;
        self.texts.push_str(written);
        end(&self.texts, 0);
        for word in &words {
            self.texts.push(' ');
            self.texts.push_str(word);
        }
        end(&self.texts, 1);
        self.texts.push_str(&sound.full);
        end(&self.texts, 2);
        self.texts.push_str(&sound.skeleton);
        end(&self.texts, 3);
        let spelled = &self.texts[start + written.len()..ends[1] as usize];
        self.names.push(Name {
            ends,
            full_starts: sound.full_starts,
            skeleton_starts: sound.skeleton_starts,
            spelled_letters: LetterSet::of(spelled),
            skeleton_letters: LetterSet::of(&sound.skeleton),
        });
    }

    /// How many subjects there are.
    pub fn len(&self) -> usize {
        self.subjects.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.subjects.is_empty()
    }

    /// How many names there are.
    pub fn name_count(&self) -> usize {
        self.names.len()
    }

    /// What the index takes in memory.
    pub fn heap_bytes(&self) -> usize {
        self.texts.capacity()
            + self.names.capacity() * size_of::<Name>()
            + self.subjects.capacity() * size_of::<Subject>()
    }

    /// The subjects whose names answer, at most `limit`, the best first; near misses where nothing answers well. `near`
    /// is the middle of the view.
    pub fn find(&self, query: &SearchQuery, near: LonLat, limit: usize) -> FoundSubjects<'_> {
        let found = self.collect(near, limit, |name| query.matches(name));
        match found.best.first() {
            Some(best) if best.order.grade <= MatchGrade::SameConsonants => found,
            _ => self.collect(near, limit, |name| query.nearly_matches(name)),
        }
    }

    fn collect(
        &self,
        near: LonLat,
        limit: usize,
        matches: impl Fn(&NameForm<'_>) -> Option<Match>,
    ) -> FoundSubjects<'_> {
        let mut first_name = 0;
        let mut all: Vec<(FoundOrder, u32, u32)> = Vec::new();
        for (number, subject) in self.subjects.iter().enumerate() {
            let names = first_name..subject.names_end as usize;
            first_name = names.end;
            let answers = names.filter_map(|name| Some((matches(&self.form(name))?, name)));
            if let Some((answer, name)) = answers.min() {
                all.push((order(answer, subject, near), number as u32, name as u32));
            }
        }
        let count = all.len();
        if count > limit && limit > 0 {
            all.select_nth_unstable(limit - 1);
        }
        all.truncate(limit);
        all.sort_unstable();
        let best = all.into_iter().map(|(order, subject, name)| Found {
            subject: subject as usize,
            name: self.written(name as usize),
            order,
        });
        FoundSubjects { best: best.collect(), count }
    }

    fn start(&self, name: usize) -> usize {
        name.checked_sub(1).map_or(0, |before| self.names[before].ends[3] as usize)
    }

    fn written(&self, name: usize) -> &str {
        &self.texts[self.start(name)..self.names[name].ends[0] as usize]
    }

    fn form(&self, name: usize) -> NameForm<'_> {
        let Name { ends, full_starts, skeleton_starts, spelled_letters, skeleton_letters } = self.names[name];
        let between = |form: usize| &self.texts[ends[form - 1] as usize..ends[form] as usize];
        NameForm {
            spelled: between(1),
            full: between(2),
            skeleton: between(3),
            full_starts,
            skeleton_starts,
            spelled_letters,
            skeleton_letters,
        }
    }
}

fn order(answer: Match, subject: &Subject, near: LonLat) -> FoundOrder {
    let [lon_deg, lat_deg] = subject.at.map(f64::from);
    let east = (lon_deg - near.lon_deg) * near.lat_deg.to_radians().cos();
    let km = (lat_deg - near.lat_deg).hypot(east) * KM_PER_DEGREE;
    // NaN becomes 0 by `as`: what has no place comes last.
    let km = if km.is_nan() { u16::MAX } else { km as u16 };
    FoundOrder { grade: answer.grade, cost: answer.cost, rank: subject.rank, km }
}
