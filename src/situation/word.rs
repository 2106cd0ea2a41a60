//! Closed lists of words: each has a form in the data and a label for people.
//!
//! Floor 1.

/// A word that is not on its list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is not a {list}")]
pub struct UnknownWord {
    /// What was expected, such as `weapon class`.
    pub list: &'static str,
    /// What was found.
    pub word: String,
}

/// Declares an enum whose variants each have the word of the data and a label: sentence case, as in a legend.
macro_rules! word_list {
    ($(#[$doc:meta])* $name:ident, $list:literal: $($variant:ident $word:literal $label:literal,)+) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $label] $variant,)+
        }

        impl $name {
            /// All, in the order of a list for people.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The word in the data.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// The words for people, sentence case.
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$variant => $label,)+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::situation::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                let found = Self::ALL.iter().copied().find(|one| one.as_str() == word);
                found.ok_or_else(|| $crate::situation::UnknownWord { list: $list, word: word.to_owned() })
            }
        }
    };
}

pub(super) use word_list;
