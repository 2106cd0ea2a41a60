//! One search over places, events, features, layers, views, commands and coordinates.
//!
//! Floor 4. Names are compared by [`crate::index`]; here is what there is to find, in which order, and what choosing it
//! does. The same hits for the box of the window and the command line.

mod actions;
mod hit;
mod hits_of_kind;
mod layer_names;
mod names;

#[cfg(test)]
mod tests;

pub use hit::{
    HiddenBy, HitContext, NearTown, SearchChoice, SearchGroup, SearchHit, SearchHits, SearchKind,
    SearchWindow,
};
pub use names::{ReadyNames, SearchNames};

use super::Session;
use crate::index::{MatchGrade, SearchQuery};
use hit::RankedGroup;
use hits_of_kind::Search;

impl Session {
    /// What answers to `text`, at most `limit` of a kind: the kind with the best answer first, and in it the best hit.
    /// Near misses only where nothing else is found.
    pub fn search(&self, text: &str, limit: usize) -> SearchHits {
        let mut groups = Vec::new();
        let positions = hits_of_kind::positions(self, text);
        if let Some(query) = SearchQuery::new(text) {
            groups = Search::new(self, &query, limit).groups();
        }
        let answers_well = |group: &RankedGroup| {
            let best = group.hits.first();
            best.is_some_and(|best| best.order.grade < MatchGrade::NearMiss)
        };
        if positions.is_some() || groups.iter().any(answers_well) {
            groups.retain(answers_well);
        }
        groups.sort_by_key(|group| (group.hits.first().map(|best| best.order.grade), group.kind));
        let ranked = groups.into_iter().map(|group| SearchGroup {
            kind: group.kind,
            hits: group.hits.into_iter().map(|ranked| ranked.hit).collect(),
            count: group.count,
        });
        SearchHits {
            groups: positions.into_iter().chain(ranked).collect(),
            is_preparing: self.is_preparing_search(),
            cut_layers: self.cut_layers(),
        }
    }
}
