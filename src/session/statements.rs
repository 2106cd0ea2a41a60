//! Choosing a statement of the founding report: the features that show it are selected with it, and the time of the map
//! goes to the days that it speaks of.
//!
//! Floor 4. The time is only lent: it is given back with the selection, unless somebody has moved it since. As all
//! changes of time, this is no step of undo.

use std::ops::Range;

use super::{FeatureRef, Request, Selection, Session};
use crate::coords::Extent;
use crate::situation::CivilMinute;

/// A window of time that a statement has set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LentTime {
    /// What was set before; all time where `None`.
    before: Option<Range<CivilMinute>>,
    window: Range<CivilMinute>,
}

impl Session {
    /// Selects the statement with its features and shows where they are; the second time, gives it all back.
    pub(super) fn choose_statement(
        &mut self,
        statement: FeatureRef,
        features: Vec<FeatureRef>,
    ) -> Option<Request> {
        if self.selection.current() == Some(statement) {
            self.clear_selection();
            return None;
        }
        match self.statement(statement).and_then(|statement| statement.span()) {
            Some(window) => self.lend_time(window),
            None => self.take_time_back(),
        }
        let hits: Vec<FeatureRef> = std::iter::once(statement)
            .chain(features.into_iter().filter(|&other| other != statement))
            .collect();
        let extents = hits.iter().filter_map(|hit| {
            let features = &self.content(hit.layer)?.data()?.features;
            features.feature_extent(hit.row)
        });
        let extent = extents.reduce(Extent::union);
        self.selection = Selection::of_box(hits);
        extent.map(|extent| self.camera_to_extent(extent))
    }

    fn lend_time(&mut self, window: Range<CivilMinute>) {
        let before = match self.lent_time.take() {
            Some(lent) if self.timeline.window() == Some(&lent.window) => lent.before,
            _ => self.timeline.window().cloned(),
        };
        self.timeline.show_window(Some(window.clone()));
        self.lent_time = Some(LentTime { before, window });
        self.forget_hover();
    }

    /// Sets the time that was set before a statement was chosen, unless it was changed since.
    pub(super) fn take_time_back(&mut self) {
        let Some(lent) = self.lent_time.take() else { return };
        if self.timeline.window() == Some(&lent.window) {
            self.timeline.show_window(lent.before);
            self.forget_hover();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::session::{Command, Settings, TimeCommand};
    use crate::situation::{day_of, minute_of_day};

    fn session() -> Session {
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.open_bundled_situation();
        session.settle_reading();
        session
    }

    fn choose(session: &mut Session, number: usize) -> Option<Request> {
        let layer = |key: &str| session.catalogue().find_bundled(key).unwrap();
        let strikes = layer("strikes");
        let raids =
            session.situation().unwrap().events.iter().position(|event| event.id == "AREA-0908-60RAIDS");
        let features = vec![FeatureRef { layer: strikes, row: raids.unwrap() }];
        let statement = FeatureRef { layer: layer("report"), row: number - 1 };
        let request = session.apply(Command::ChooseStatement { statement, features });
        session.settle_reading();
        request
    }

    fn days(first: &str, last: &str) -> Option<Range<CivilMinute>> {
        Some(minute_of_day(day_of(first).unwrap())..minute_of_day(day_of(last).unwrap() + 1))
    }

    #[test]
    fn a_statement_moves_the_time_to_its_days_and_gives_it_back_the_second_time() {
        let mut session = session();
        let before = days("2018-09-01", "2018-09-25");
        session.apply(Command::Time(TimeCommand::SetWindow(before.clone())));
        let request = choose(&mut session, 7);
        assert!(matches!(request, Some(Request::MoveCamera(_))), "its features are shown");
        assert_eq!(session.selection().hits().len(), 2);
        assert_eq!(session.timeline().window().cloned(), days("2018-09-08", "2018-09-08"));
        choose(&mut session, 6);
        assert_eq!(session.timeline().window().cloned(), days("2018-09-07", "2018-09-08"));
        choose(&mut session, 6);
        assert_eq!((session.timeline().window().cloned(), session.selection().current()), (before, None));
    }

    #[test]
    fn a_statement_without_days_and_escape_give_the_time_back_but_not_over_the_hand() {
        let mut session = session();
        choose(&mut session, 7);
        choose(&mut session, 13);
        assert_eq!(session.timeline().window(), None);
        choose(&mut session, 15);
        assert!(session.timeline().window().is_some());
        session.apply(Command::ClearSelection);
        assert_eq!(session.timeline().window(), None);
        choose(&mut session, 15);
        session.apply(Command::Time(TimeCommand::Step(1)));
        let stepped = session.timeline().window().cloned();
        session.apply(Command::ClearSelection);
        assert_eq!((session.timeline().window().cloned(), stepped.is_some()), (stepped, true));
    }
}
