//! What is said of something that a search has found.
//!
//! Floor 6.

use super::format::distance;
use crate::session::{HiddenBy, NearTown, SearchGroup, SearchHit};
use crate::symbology::thousands;
use crate::text::isolate;

/// While nothing is typed.
pub const HINT: &str =
    "Arabic and Latin spellings of a name find the same place. Coordinates may be written in any notation.";

/// What may help where nothing is found.
pub const NOTHING_HINT: &str =
    "Try fewer letters or another spelling. A file of places that is opened as a layer is searched, too.";

/// Where nothing answers.
pub fn nothing_found(typed: &str) -> String {
    format!("Nothing found for “{}”", isolate(typed))
}

/// The heading over the hits of a kind: `Places`, `Places, 6 of 340`.
pub fn group_heading(group: &SearchGroup) -> String {
    let heading = group.kind.heading();
    match group.count > group.hits.len() {
        true => format!("{heading}, {} of {}", group.hits.len(), thousands(group.count as u64)),
        false => heading.to_owned(),
    }
}

/// One line that tells a hit from others of its name: `Town · Idlib · 16 km south-east of Idlib`.
pub fn search_context(hit: &SearchHit) -> String {
    let context = &hit.context;
    let spelling = hit.spelling.iter().map(|spelling| format!("also {}", isolate(spelling)));
    let what = context.what.iter().map(|what| isolate(&capitalised(what)));
    let admin = context.admin.iter().map(|admin| isolate(admin));
    let near = context.near.iter().map(near_town);
    let layer = context.layer.iter().map(|layer| isolate(layer));
    let hidden = hit.hidden.iter().map(|&hidden| hidden_words(hidden).to_owned());
    let parts: Vec<String> =
        spelling.chain(what).chain(admin).chain(near).chain(layer).chain(hidden).collect();
    parts.join(" · ")
}

fn near_town(near: &NearTown) -> String {
    let name = isolate(&near.name);
    match near.distance_m < 500.0 {
        true => format!("at {name}"),
        false => format!("{} {} of {name}", distance(near.distance_m), near.direction),
    }
}

fn hidden_words(hidden: HiddenBy) -> &'static str {
    match hidden {
        HiddenBy::Layer => "layer not shown",
        HiddenBy::Filter => "hidden by the filter",
        HiddenBy::Time => "hidden by the window of time",
    }
}

/// Codes and words of files are left as they are but for their first letter.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::super::bidi_text::plain;
    use super::*;
    use crate::session::{Command, HitContext, SearchChoice};

    #[test]
    fn the_line_says_what_it_is_where_and_why_it_cannot_be_seen() {
        let near = NearTown { name: "Idlib".to_owned(), distance_m: 15_700.0, direction: "south-east" };
        let context = HitContext {
            what: vec!["town".to_owned()],
            admin: Some("Idlib".to_owned()),
            near: Some(near),
            layer: None,
        };
        let hit = SearchHit {
            title: "Saraqib".to_owned(),
            title_ar: Some("سراقب".to_owned()),
            spelling: Some("Saraqeb".to_owned()),
            context,
            at: None,
            feature: None,
            hidden: Some(HiddenBy::Filter),
            choice: SearchChoice::command(Command::GoHome),
        };
        let words = plain(&search_context(&hit));
        assert_eq!(words, "also Saraqeb · Town · Idlib · 16 km south-east of Idlib · hidden by the filter");
    }
}
