//! What is typed, made ready to be compared with many names, and how well a name answers to it.
//!
//! Floor 2.

use memchr::memmem::Finder;

use crate::situation::{Sound, WordStarts, edit_costs, may_become_article, spelled_words};

/// Text beyond this is not read: no name is that long.
const MOST_CHARACTERS: usize = 80;

/// How a name answers to what was typed, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchGrade {
    /// The same normalised spelling.
    Exact,
    /// Another spelling that sounds the same.
    SameSound,
    /// It begins so.
    Beginning,
    /// Its words begin so.
    Word,
    /// It, or one of its words, begins with what sounds the same.
    SoundBeginning,
    /// The same consonants, in either script.
    SameConsonants,
    /// It, or one of its words, begins with the same consonants.
    ConsonantsBeginning,
    /// A near miss.
    NearMiss,
}

/// How well a name answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    pub grade: MatchGrade,
    /// How far the sounds are apart, within one grade.
    pub cost: u16,
}

/// What was typed, ready to be compared.
#[derive(Debug, Clone)]
pub struct SearchQuery {
    /// As it is, and without a last word that may become an article.
    forms: Vec<QueryForm>,
}

/// One name, ready to be compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct NameForm<'a> {
    /// The words of the normalised spelling, each with a space before it.
    pub spelled: &'a str,
    /// As in [`Sound`].
    pub full: &'a str,
    /// As in [`Sound`].
    pub skeleton: &'a str,
    /// As in [`Sound`].
    pub full_starts: WordStarts,
    /// As in [`Sound`].
    pub skeleton_starts: WordStarts,
    /// Which letters are in `spelled`.
    pub spelled_letters: LetterSet,
    /// Which letters are in `skeleton`.
    pub skeleton_letters: LetterSet,
}

/// Which letters a text has, roughly: several share a bit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct LetterSet(u64);

impl LetterSet {
    pub fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |set, byte| set | 1 << (byte & 63)))
    }

    /// How many letters of `self` are certainly not in the other.
    fn missing_in(self, other: Self) -> u32 {
        (self.0 & !other.0).count_ones()
    }
}

#[derive(Debug, Clone)]
struct QueryForm {
    /// With a space before each word.
    spelled: String,
    finder: Finder<'static>,
    words: Vec<Finder<'static>>,
    spelled_letters: LetterSet,
    sound: Sound,
    skeleton_letters: LetterSet,
}

impl SearchQuery {
    /// Reads what was typed; `None` where there is no letter in it.
    pub fn new(text: &str) -> Option<Self> {
        let text: String = text.chars().take(MOST_CHARACTERS).collect();
        let words = spelled_words(&text);
        let mut forms = vec![QueryForm::new(&text, &words)];
        if let [rest @ .., last] = &words[..]
            && !rest.is_empty()
            && may_become_article(last)
        {
            forms.push(QueryForm::new(&rest.join(" "), rest));
        }
        (!words.is_empty()).then_some(Self { forms })
    }

    /// How well a name answers; `None` where it does not. Near misses are another question.
    pub(super) fn matches(&self, name: &NameForm<'_>) -> Option<Match> {
        self.forms.iter().filter_map(|form| form.matches(name)).min()
    }

    /// Whether a name is nearly what was typed; what answers in another way costs more than that.
    pub(super) fn nearly_matches(&self, name: &NameForm<'_>) -> Option<Match> {
        let other =
            self.matches(name).map(|other| Match { grade: MatchGrade::NearMiss, cost: other.cost + 1 });
        self.forms[0].nearly_matches(name).into_iter().chain(other).min()
    }
}

impl QueryForm {
    fn new(text: &str, words: &[String]) -> Self {
        let spaced = |words: &[String]| words.iter().map(|word| format!(" {word}")).collect::<String>();
        let spelled = spaced(words);
        let sound = Sound::of_name(text);
        Self {
            finder: Finder::new(&spelled).into_owned(),
            words: words.iter().map(|word| Finder::new(&format!(" {word}")).into_owned()).collect(),
            spelled_letters: LetterSet::of(&spelled),
            skeleton_letters: LetterSet::of(&sound.skeleton),
            spelled,
            sound,
        }
    }

    fn matches(&self, name: &NameForm<'_>) -> Option<Match> {
        let free = |grade| Some(Match { grade, cost: 0 });
        // Two consonants alone say little.
        if self.sound.full == name.full && self.sound.skeleton.len() > 2 {
            let same = self.spelled == name.spelled;
            return free(if same { MatchGrade::Exact } else { MatchGrade::SameSound });
        }
        if self.spelled_letters.missing_in(name.spelled_letters) == 0 {
            if name.spelled.starts_with(&self.spelled) {
                let same = self.spelled.len() == name.spelled.len();
                return free(if same { MatchGrade::Exact } else { MatchGrade::Beginning });
            }
            let spelled = name.spelled.as_bytes();
            if self.finder.find(spelled).is_some() {
                return free(MatchGrade::Word);
            }
            if self.words.len() > 1 && self.words.iter().all(|word| word.find(spelled).is_some()) {
                return Some(Match { grade: MatchGrade::Word, cost: 1 });
            }
        }
        if self.skeleton_letters.missing_in(name.skeleton_letters) > 0 {
            return None;
        }
        self.sounds_like(name)
    }

    fn sounds_like(&self, name: &NameForm<'_>) -> Option<Match> {
        let (full, skeleton) = (self.sound.full.as_str(), self.sound.skeleton.as_str());
        if skeleton.len() >= 2 && full.len() >= 3 {
            let mut starts = std::iter::once(0).chain(name.full_starts.iter());
            if starts.any(|start| name.full[start..].starts_with(full)) {
                let cost = u16::from(full.len() < name.full.len());
                return Some(Match { grade: MatchGrade::SoundBeginning, cost });
            }
        }
        if skeleton.len() >= 2 && skeleton == name.skeleton {
            let cost = edit_costs(full.as_bytes(), name.full.as_bytes()).whole;
            let enough = skeleton.len() > 2 || cost <= 2;
            return enough.then_some(Match { grade: MatchGrade::SameConsonants, cost });
        }
        if skeleton.len() < 3 {
            return None;
        }
        let mut starts =
            std::iter::once((0, 0)).chain(name.skeleton_starts.iter().zip(name.full_starts.iter()));
        let start = starts.find(|&(start, _)| name.skeleton[start..].starts_with(skeleton));
        start.map(|(_, full_start)| {
            let cost = edit_costs(full.as_bytes(), &name.full.as_bytes()[full_start..]).beginning;
            Match { grade: MatchGrade::ConsonantsBeginning, cost }
        })
    }

    fn nearly_matches(&self, name: &NameForm<'_>) -> Option<Match> {
        let consonants = self.sound.skeleton.chars().count();
        let most_edits = match consonants {
            0..=2 => return None,
            3..=5 => 1,
            _ => 2,
        };
        if self.skeleton_letters.missing_in(name.skeleton_letters) > most_edits {
            return None;
        }
        let costs = edit_costs(self.sound.full.as_bytes(), name.full.as_bytes());
        // The beginning of a longer name is the weaker answer.
        let cost = costs.whole.min(costs.beginning + 1);
        let most = 2 + consonants as u16 / 3;
        (cost <= most).then_some(Match { grade: MatchGrade::NearMiss, cost })
    }
}
