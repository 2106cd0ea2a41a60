//! What hides everything: a filter or a window of time that nothing meets must not pass for an empty map.
//!
//! Floor 4.

use super::{LayerContent, LayerId, Session};

/// What no row meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emptied {
    /// The filter of one layer hides all of it.
    ByLayerFilter(LayerId),
    /// The filter over all events.
    ByFilter,
    /// The window of time.
    ByTime,
}

impl Session {
    /// What hides all rows of a layer, or all events, of those that are not hidden as layers; `None` where something is
    /// shown, where there is nothing to show, and while it is being looked for.
    pub fn emptied(&self) -> Option<Emptied> {
        let visible = || {
            let entries = self.catalogue().top_down().filter(|entry| entry.visible);
            entries.filter_map(|entry| Some((entry, self.content(entry.id)?)))
        };
        if visible().any(|(_, content)| content.is_being_filtered()) {
            return None;
        }
        let is_empty = |content: &LayerContent| {
            !content.is_empty() && content.rows_at_any_time().is_some_and(|shown| shown.count == 0)
        };
        if let Some((entry, _)) = visible().find(|(_, content)| content.is_emptied_by_own_filter()) {
            return Some(Emptied::ByLayerFilter(entry.id));
        }
        let mut events = visible().filter(|(_, content)| content.events().is_some() && !content.is_empty());
        let (_, first) = events.next()?;
        if self.events_shown() > 0 {
            return None;
        }
        let no_event_meets = is_empty(first) && events.all(|(_, content)| is_empty(content));
        match no_event_meets {
            true => Some(Emptied::ByFilter),
            // A window that moves passes over days without events.
            false => (!self.timeline().is_playing()).then_some(Emptied::ByTime),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::session::{Command, FilterCommand, Settings, SituationFilter, TimeCommand};

    fn filter(session: &mut Session, text: &str) {
        let filter = SituationFilter { filter: text.parse().unwrap(), area: None };
        session.apply(Command::Filter(FilterCommand::Set(filter)));
        session.settle();
    }

    #[test]
    fn what_hides_everything_is_told_and_what_hides_a_part_is_not() {
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.open_bundled_situation();
        session.settle();
        assert_eq!(session.emptied(), None);
        filter(&mut session, "killed >= 1");
        assert_eq!(session.emptied(), None);
        filter(&mut session, "killed >= 100000");
        assert_eq!(session.emptied(), Some(Emptied::ByFilter));
        filter(&mut session, "");
        session.apply(Command::Time(TimeCommand::SetWindow(Some(0..1440))));
        session.settle();
        assert_eq!(session.emptied(), Some(Emptied::ByTime));
        session.apply(Command::Time(TimeCommand::SetWindow(None)));
        let layer = session.catalogue().find_bundled("crossings").unwrap();
        let nothing = "name_en is unknown".parse().unwrap();
        session.apply(Command::SetFilter { layer, filter: Some(nothing) });
        session.settle();
        assert_eq!(session.emptied(), Some(Emptied::ByLayerFilter(layer)));
        session.apply(Command::SetLayerVisible { layer, visible: false });
        assert_eq!(session.emptied(), None);
    }
}
