//! In what the sources of one event contradict each other.
//!
//! Floor 1. Derived from the claims as they stand. That a source says nothing contradicts nobody, and "at least four"
//! does not contradict "at least nine".

use super::sides::Sides;
use super::{Claim, Event, Harm, HarmScope};

/// How a figure stands to those of the other sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum FigureStanding {
    /// Nothing speaks against it.
    #[default]
    Compatible,
    /// Another source counts other people, and comes to a figure that is not within this one.
    CountsOthers,
    /// Another source's figure of the same people cannot be true beside it.
    Differs,
    /// The same source gave another figure on a later day: its earlier one contradicts nobody any more.
    UpdatedLater,
}

/// How a claim stands to the other claims of its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClaimStanding {
    /// Its killed.
    pub killed: FigureStanding,
    /// Its injured.
    pub injured: FigureStanding,
    /// Whether another source names only others as those who did it.
    pub who_differs: bool,
    /// Whether it was said before the first day on which the event may have been.
    pub is_before_event: bool,
}

impl Event {
    /// How each claim stands to the others, in the order of the claims.
    pub fn claim_standings(&self) -> Vec<ClaimStanding> {
        let killed = standings(&self.claims, |claim| &claim.killed);
        let injured = standings(&self.claims, |claim| &claim.injured);
        let sides: Vec<Sides> = self
            .claims
            .iter()
            .map(|claim| Sides::named_in(claim.actor_said.as_deref().unwrap_or_default()))
            .collect();
        let first_day = self.when.as_ref().map(|when| when.first_day());
        let standing = |place: usize| ClaimStanding {
            killed: killed[place],
            injured: injured[place],
            who_differs: sides.iter().any(|other| sides[place].exclude(*other)),
            is_before_event: self.claims[place]
                .said_on
                .zip(first_day)
                .is_some_and(|(said, first)| said < first),
        };
        (0..self.claims.len()).map(standing).collect()
    }
}

fn standings(claims: &[Claim], figure: impl Fn(&Claim) -> &Harm) -> Vec<FigureStanding> {
    let is_updated = |claim: &Claim| {
        let is_later = |other: &&Claim| {
            origin(other) == origin(claim)
                && claim.said_on.zip(other.said_on).is_some_and(|(own, other)| own < other)
        };
        let is_other =
            |other: &Claim| figure(other).is_known() && bounds(figure(other)) != bounds(figure(claim));
        figure(claim).is_known() && claims.iter().filter(is_later).any(is_other)
    };
    let updated: Vec<bool> = claims.iter().map(is_updated).collect();
    let of_claim = |(place, claim): (usize, &Claim)| {
        if updated[place] {
            return FigureStanding::UpdatedLater;
        }
        let others = claims.iter().zip(&updated).filter(|(_, updated)| !**updated);
        others.map(|(other, _)| of_pair(figure(claim), figure(other))).max().unwrap_or_default()
    };
    claims.iter().enumerate().map(of_claim).collect()
}

/// Who says it, whoever passed it on: `SOHR` of `SOHR via AFP`.
fn origin(claim: &Claim) -> &str {
    claim.source.split(" via ").next().unwrap_or(&claim.source)
}

/// The fewest and the most that a figure means; open where it does not say.
fn bounds(harm: &Harm) -> (u32, u32) {
    (harm.low.or(harm.best).unwrap_or(0), harm.high.or(harm.best).unwrap_or(u32::MAX))
}

fn of_pair(one: &Harm, other: &Harm) -> FigureStanding {
    let (own, theirs) = (bounds(one), bounds(other));
    let is_disjoint = own.1 < theirs.0 || theirs.1 < own.0;
    if !one.is_known() || !other.is_known() || !is_disjoint {
        return FigureStanding::Compatible;
    }
    // What counts some of them cannot be more than what counts all.
    let some_exceed_all = |(some, some_of): ((u32, u32), HarmScope),
                           (all, all_of): ((u32, u32), HarmScope)| {
        all_of == HarmScope::All
            && matches!(some_of, HarmScope::Civilians | HarmScope::Combatants)
            && some.0 > all.1
    };
    let (own, theirs) = ((own, one.of), (theirs, other.of));
    match (one.of, other.of) {
        (HarmScope::Civilians, HarmScope::Combatants) | (HarmScope::Combatants, HarmScope::Civilians) => {
            FigureStanding::Compatible
        }
        (of, others) if of == others => FigureStanding::Differs,
        _ if some_exceed_all(own, theirs) || some_exceed_all(theirs, own) => FigureStanding::Differs,
        _ => FigureStanding::CountsOthers,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::{date_of_day, day_of};
    use FigureStanding::{Compatible, CountsOthers, Differs, UpdatedLater};

    fn harm(low: u32, high: u32, of: HarmScope) -> Harm {
        Harm { low: Some(low), best: None, high: (high > 0).then_some(high), of }
    }

    fn claim(source: &str, day: &str, killed: Harm) -> Claim {
        Claim { said_on: day_of(day).and_then(date_of_day), killed, ..Claim::of_source(source) }
    }

    fn killed(claims: &[Claim]) -> Vec<FigureStanding> {
        standings(claims, |claim| &claim.killed)
    }

    #[test]
    fn figures_differ_only_where_they_cannot_both_be_true() {
        let civilians = HarmScope::Civilians;
        let pair = |one, other| of_pair(&one, &other);
        assert_eq!(pair(harm(4, 4, civilians), harm(9, 9, civilians)), Differs);
        assert_eq!(pair(harm(4, 0, civilians), harm(9, 0, civilians)), Compatible);
        assert_eq!(pair(harm(4, 9, civilians), harm(9, 12, civilians)), Compatible);
        assert_eq!(pair(Harm::UNKNOWN, harm(9, 9, civilians)), Compatible);
        assert_eq!(pair(harm(9, 9, civilians), harm(13, 13, HarmScope::All)), CountsOthers);
        assert_eq!(pair(harm(11, 11, civilians), harm(10, 10, HarmScope::All)), Differs);
        assert_eq!(pair(harm(2, 2, civilians), harm(5, 5, HarmScope::Combatants)), Compatible);
        assert_eq!(pair(harm(2, 2, civilians), harm(5, 5, HarmScope::Unknown)), CountsOthers);
    }

    #[test]
    fn an_earlier_figure_of_the_same_source_is_updated_and_contradicts_nobody() {
        let civilians = HarmScope::Civilians;
        let claims = [
            claim("SOHR via AFP", "2018-09-08", harm(4, 4, civilians)),
            claim("SOHR", "2018-09-09", harm(9, 9, civilians)),
            claim("STJ", "", harm(9, 9, civilians)),
        ];
        assert_eq!(killed(&claims), [UpdatedLater, Compatible, Compatible]);
        let undated = [claim("SOHR", "", harm(4, 4, civilians)), claim("SOHR", "", harm(9, 9, civilians))];
        assert_eq!(killed(&undated), [Differs, Differs]);
    }
}
