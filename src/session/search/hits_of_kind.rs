//! The hits of each kind, with what tells them apart and what choosing them does.
//!
//! Floor 4.

use super::actions::actions;
use super::hit::{
    HiddenBy, HitContext, NearTown, RankedGroup, RankedHit, SearchChoice, SearchGroup, SearchHit, SearchKind,
};
use super::layer_names::{LayerNames, MOST_ROWS, place_of};
use crate::coords::{LonLat, Notation, distance_m, is_longitude_first, position_of};
use crate::index::{Found, FoundSubjects, MatchGrade, SearchIndex, SearchQuery, is_said_in};
use crate::session::{Command, FeatureRef, LayerContent, LayerEntry, LayerId, PlaceMark, Session};
use crate::situation::{Event, EventClass, FeatureDetails, GazetteerPlace, TOWN_RANK, covers, is_same_name};

/// Two places of one name that are nearer than this are one place of two gazetteers.
const SAME_PLACE_M: f64 = 2_500.0;

/// What is said of two numbers in the other order than usual.
const ONLY_LONGITUDE_FIRST: &str = "read as longitude, latitude: the first number can be no latitude";

/// What is written down as a position: as it is written, and the other way round where that may be meant.
pub(super) fn positions(session: &Session, text: &str) -> Option<SearchGroup> {
    let text = text.trim();
    let text = text.strip_prefix("geo:").unwrap_or(text);
    let at = position_of(text)?;
    let swapped = LonLat::new(at.lat_deg, at.lon_deg);
    // Letters say which number is which; a longitude beyond 90° can be nothing else.
    let is_certain = text.chars().any(char::is_alphabetic) || at.lon_deg.abs() > 90.0;
    let readings = match is_longitude_first(text) {
        true => [(at, ONLY_LONGITUDE_FIRST), (swapped, "")],
        false => [(at, if is_certain { "" } else { "latitude first" }), (swapped, "longitude first")],
    };
    let readings = &readings[..if is_certain { 1 } else { 2 }];
    let hits = readings.iter().map(|&(at, order)| {
        let title = Notation::Hemispheres.write(at).unwrap_or_default();
        let grid = Notation::Mgrs.write(at).into_iter();
        let what = grid.chain(Some(order.to_owned()).filter(|order| !order.is_empty())).collect();
        let mark = PlaceMark { title: title.clone(), title_ar: None, at, rank: u8::MAX };
        SearchHit {
            title,
            title_ar: None,
            spelling: None,
            context: HitContext { what, near: near_town(session, at, TOWN_RANK), ..HitContext::default() },
            at: Some(at),
            feature: None,
            hidden: None,
            choice: SearchChoice::command(Command::ShowPlace(mark)),
        }
    });
    let hits: Vec<SearchHit> = hits.collect();
    Some(SearchGroup { kind: SearchKind::Position, count: hits.len(), hits })
}

/// The hits of one kind out of several indexes.
#[derive(Default)]
struct Gathered {
    hits: Vec<RankedHit>,
    /// The best grade of each index, and how many answer in it.
    counts: Vec<(MatchGrade, usize)>,
}

impl Gathered {
    fn of(found: &FoundSubjects<'_>, hits: impl IntoIterator<Item = RankedHit>) -> Self {
        let mut gathered = Self::default();
        gathered.add(found, hits);
        gathered
    }

    fn add(&mut self, found: &FoundSubjects<'_>, hits: impl IntoIterator<Item = RankedHit>) {
        self.hits.extend(hits);
        self.counts.extend(found.best.first().map(|best| (best.order.grade, found.count)));
    }
}

/// One search: what is asked, from where, and how many of a kind are wanted.
pub(super) struct Search<'a> {
    session: &'a Session,
    query: &'a SearchQuery,
    near: LonLat,
    limit: usize,
}

impl<'a> Search<'a> {
    pub fn new(session: &'a Session, query: &'a SearchQuery, limit: usize) -> Self {
        Self { session, query, near: session.viewport().center_lon_lat(), limit }
    }

    /// The kinds that have hits.
    pub fn groups(&self) -> Vec<RankedGroup> {
        let groups =
            [self.places(), self.events(), self.features(), self.layers(), self.views(), self.actions()];
        groups.into_iter().filter(|group| !group.hits.is_empty()).collect()
    }

    fn find<'i>(&self, index: &'i SearchIndex) -> FoundSubjects<'i> {
        index.find(self.query, self.near, self.limit)
    }

    /// Near misses only where nothing answers better, be it in another index.
    fn group(&self, kind: SearchKind, gathered: Gathered) -> RankedGroup {
        let Gathered { mut hits, counts } = gathered;
        hits.sort_by_key(|ranked| ranked.order);
        let best = hits.first().map_or(MatchGrade::NearMiss, |best| best.order.grade);
        let counts_too = |grade: MatchGrade| grade < MatchGrade::NearMiss || best == MatchGrade::NearMiss;
        hits.retain(|ranked| counts_too(ranked.order.grade));
        hits.truncate(self.limit);
        let count = counts.into_iter().filter(|&(best, _)| counts_too(best)).map(|(_, count)| count).sum();
        RankedGroup { kind, hits, count }
    }

    /// The bundled gazetteer's, then those of packs that it does not have.
    fn places(&self) -> RankedGroup {
        let mut gathered = Gathered::default();
        if let (Some(names), Some(situation)) =
            (&self.session.search_names.situation, self.session.situation())
        {
            let found = self.find(&names.places);
            let places = situation.gazetteer.places();
            gathered
                .add(&found, found.best.iter().map(|found| self.place_hit(found, &places[found.subject])));
        }
        for (entry, content, names) in self.layer_names().filter(|(.., names)| names.is_gazetteer) {
            // Twice as many: some are places that are known already.
            let mut found = names.index.find(self.query, self.near, self.limit * 2);
            let all = found.best.iter().map(|found| self.feature_hit(found, names, entry, content));
            let is_new = |ranked: &RankedHit| {
                !gathered.hits.iter().any(|known| is_same_place(&known.hit, &ranked.hit))
            };
            let new: Vec<RankedHit> = all.filter(is_new).collect();
            found.count -= found.best.len() - new.len();
            gathered.add(&found, new);
        }
        self.group(SearchKind::Place, gathered)
    }

    fn place_hit(&self, found: &Found<'_>, place: &GazetteerPlace) -> RankedHit {
        let mark = PlaceMark {
            title: place.name_en.clone(),
            title_ar: place.name_ar.clone(),
            at: place.at,
            rank: place.rank,
        };
        let what = Some(place.kind.clone()).filter(|kind| !kind.is_empty());
        let context = HitContext {
            what: what.into_iter().collect(),
            admin: governorate(self.session, place.at),
            near: near_town(self.session, place.at, place.rank.saturating_sub(1)),
            layer: None,
        };
        let choice = SearchChoice::command(Command::ShowPlace(mark));
        let titles = (place.name_en.clone(), place.name_ar.clone());
        ranked(found, titles, context, Some(place.at), choice)
    }

    /// The bundled ones, then those of the user's layers.
    fn events(&self) -> RankedGroup {
        let session = self.session;
        let mut gathered = Gathered::default();
        let strikes =
            session.catalogue().find_bundled("strikes").and_then(|layer| session.catalogue().get(layer));
        if let (Some(names), Some(entry)) = (&session.search_names.situation, strikes) {
            let found = self.find(&names.events);
            let hits = found.best.iter().filter_map(|found| {
                let event = session.event(FeatureRef { layer: entry.id, row: found.subject })?;
                Some(self.event_hit(found, entry, found.subject, &event))
            });
            gathered.add(&found, hits);
        }
        let of_events = self.layer_names().filter(|(_, content, _)| content.events().is_some());
        for (entry, _, names) in of_events {
            let found = self.find(&names.index);
            let hits = found.best.iter().filter_map(|found| {
                let row = names.rows[found.subject] as usize;
                let event = session.event(FeatureRef { layer: entry.id, row })?;
                Some(self.event_hit(found, entry, row, &event))
            });
            gathered.add(&found, hits);
        }
        self.group(SearchKind::Event, gathered)
    }

    fn event_hit(&self, found: &Found<'_>, entry: &LayerEntry, row: usize, event: &Event) -> RankedHit {
        let feature = FeatureRef { layer: entry.id, row };
        let weapon = matches!(event.class, EventClass::Strike | EventClass::AreaSummary)
            .then(|| event.kind.weapon.class.label().to_owned());
        let context = HitContext {
            what: event.when.iter().map(ToString::to_string).chain(weapon).collect(),
            admin: Some(event.place.admin.clone()).filter(|admin| !admin.is_empty()),
            layer: entry.origin_key().is_none().then(|| entry.title.clone()),
            ..HitContext::default()
        };
        let titles = (event.title_en.clone(), event.title_ar.clone());
        let choice = SearchChoice::command(Command::ShowFeature(feature));
        let mut ranked = ranked(found, titles, context, event.place.point(), choice);
        ranked.hit.feature = Some(feature);
        ranked.hit.hidden =
            self.session.content(entry.id).and_then(|content| hidden(entry, content, feature));
        ranked
    }

    fn features(&self) -> RankedGroup {
        let mut gathered = Gathered::default();
        let of_others = self
            .layer_names()
            .filter(|(_, content, names)| !names.is_gazetteer && content.events().is_none());
        for (entry, content, names) in of_others {
            let found = self.find(&names.index);
            gathered
                .add(&found, found.best.iter().map(|found| self.feature_hit(found, names, entry, content)));
        }
        self.group(SearchKind::Feature, gathered)
    }

    fn feature_hit(
        &self,
        found: &Found<'_>,
        names: &LayerNames,
        entry: &LayerEntry,
        content: &LayerContent,
    ) -> RankedHit {
        let row = names.rows[found.subject] as usize;
        let feature = FeatureRef { layer: entry.id, row };
        let features = content.data().map(|data| &data.features);
        let details = features.and_then(|features| features.details(row).ok()).unwrap_or_default();
        let title = self.session.own_title(feature, &details).unwrap_or_else(|| found.name.to_owned());
        let at = features.and_then(|features| place_of(features, row));
        let context = HitContext {
            what: kind_of(&details).into_iter().collect(),
            admin: None,
            near: at.and_then(|at| near_town(self.session, at, TOWN_RANK)),
            layer: Some(entry.title.clone()),
        };
        let choice = SearchChoice::command(Command::ShowFeature(feature));
        let mut ranked = ranked(found, (title, details.arabic_title()), context, at, choice);
        ranked.hit.feature = Some(feature);
        ranked.hit.hidden = hidden(entry, content, feature);
        ranked
    }

    fn layers(&self) -> RankedGroup {
        let entries: Vec<&LayerEntry> = self.session.catalogue().top_down().collect();
        let mut index = SearchIndex::default();
        for entry in &entries {
            index.add([entry.title.as_str()].into_iter().chain(entry.group.as_deref()), 1, None);
        }
        let found = self.find(&index);
        let hits = found.best.iter().map(|found| {
            let entry = entries[found.subject];
            let context =
                HitContext { what: entry.group.clone().into_iter().collect(), ..HitContext::default() };
            let choice =
                SearchChoice::Do(vec![Command::ChooseLayer(Some(entry.id)), Command::ZoomToLayer(entry.id)]);
            let mut ranked = ranked(found, (entry.title.clone(), None), context, None, choice);
            ranked.hit.hidden = (!entry.visible).then_some(HiddenBy::Layer);
            ranked
        });
        self.group(SearchKind::Layer, Gathered::of(&found, hits))
    }

    fn views(&self) -> RankedGroup {
        let views = self.session.views();
        let mut index = SearchIndex::default();
        views.iter().for_each(|view| index.add([view.name.as_str()], 1, Some(view.center)));
        let found = self.find(&index);
        let hits = found.best.iter().map(|found| {
            let view = &views[found.subject];
            let context =
                HitContext { near: near_town(self.session, view.center, TOWN_RANK), ..HitContext::default() };
            let choice = SearchChoice::command(Command::GoToView(view.name.clone()));
            ranked(found, (view.name.clone(), None), context, Some(view.center), choice)
        });
        self.group(SearchKind::View, Gathered::of(&found, hits))
    }

    /// By their spelling alone: what only sounds like one of our words is a name.
    fn actions(&self) -> RankedGroup {
        let actions = actions(self.session);
        let mut index = SearchIndex::default();
        for action in &actions {
            index.add(std::iter::once(action.title.as_str()).chain(action.also.iter().copied()), 1, None);
        }
        let found = self.find(&index);
        let spelled = |found: &&Found<'_>| {
            found.order.grade <= MatchGrade::Word || found.order.grade == MatchGrade::NearMiss
        };
        let hits: Vec<RankedHit> = found
            .best
            .iter()
            .filter(spelled)
            .map(|found| {
                let action = &actions[found.subject];
                let context = HitContext { what: vec![action.found_in.to_owned()], ..HitContext::default() };
                let mut ranked =
                    ranked(found, (action.title.clone(), None), context, None, action.choice.clone());
                ranked.hit.spelling = None;
                ranked
            })
            .collect();
        let spelled = FoundSubjects { count: hits.len(), ..found };
        self.group(SearchKind::Action, Gathered::of(&spelled, hits))
    }

    /// The layers whose names are ready, topmost first.
    fn layer_names(&self) -> impl Iterator<Item = (&'a LayerEntry, &'a LayerContent, &'a LayerNames)> {
        let session = self.session;
        session.catalogue().top_down().filter_map(move |entry| {
            let content = session.content(entry.id)?;
            Some((entry, content, session.search_names.of_layer(entry.id, content.generation)?))
        })
    }
}

impl Session {
    /// Layers of which only the first features are searched.
    pub(super) fn cut_layers(&self) -> Vec<(LayerId, usize)> {
        let entries = self.catalogue().top_down();
        let cut = entries.filter(|entry| {
            let generation = self.content(entry.id).map(|content| content.generation);
            let names = generation.and_then(|generation| self.search_names.of_layer(entry.id, generation));
            names.is_some_and(|names| names.is_cut)
        });
        cut.map(|entry| (entry.id, MOST_ROWS)).collect()
    }
}

fn ranked(
    found: &Found<'_>,
    (title, title_ar): (String, Option<String>),
    context: HitContext,
    at: Option<LonLat>,
    choice: SearchChoice,
) -> RankedHit {
    let title_ar = title_ar.filter(|name| *name != title);
    let titles = [Some(title.as_str()), title_ar.as_deref()];
    let is_told = titles.into_iter().flatten().any(|told| is_said_in(found.name, told))
        || context.what.iter().any(|what| what == found.name);
    let spelling = (!is_told).then(|| found.name.to_owned());
    let hit = SearchHit { title, title_ar, spelling, context, at, feature: None, hidden: None, choice };
    RankedHit { order: found.order, hit }
}

fn hidden(entry: &LayerEntry, content: &LayerContent, feature: FeatureRef) -> Option<HiddenBy> {
    let is_let_through = || content.rows_at_any_time().is_none_or(|rows| rows.rows.contains(feature.row));
    match (entry.visible, content.shows(feature.row)) {
        (false, _) => Some(HiddenBy::Layer),
        (true, true) => None,
        (true, false) if is_let_through() => Some(HiddenBy::Time),
        (true, false) => Some(HiddenBy::Filter),
    }
}

fn is_same_place(known: &SearchHit, other: &SearchHit) -> bool {
    let is_near = known.at.zip(other.at).is_some_and(|(one, two)| distance_m(one, two) < SAME_PLACE_M);
    let names = |hit: &SearchHit| -> Vec<String> {
        [Some(&hit.title), hit.title_ar.as_ref(), hit.spelling.as_ref()]
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    };
    is_near && names(known).iter().any(|one| names(other).iter().any(|two| is_same_name(one, two)))
}

/// What the feature says that it is.
fn kind_of(details: &FeatureDetails) -> Option<String> {
    ["kind", "place", "class", "type"].into_iter().find_map(|key| details.words(key))
}

/// The governorate that the place lies in, where the layer of governorates is there.
fn governorate(session: &Session, at: LonLat) -> Option<String> {
    let layer = session.catalogue().find_bundled("governorates")?;
    let features = &session.content(layer)?.data()?.features;
    let row = (0..features.len()).find(|&row| covers(features, row, at))?;
    features.details(row).ok()?.title()
}

/// The nearest place of that rank or larger, unless the place itself is meant.
fn near_town(session: &Session, at: LonLat, max_rank: u8) -> Option<NearTown> {
    let near = session.situation()?.gazetteer.nearest(at, max_rank)?;
    Some(NearTown {
        name: near.place.name_en.clone(),
        distance_m: near.distance_m,
        direction: near.direction(),
    })
}
