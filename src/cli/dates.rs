//! In which order day and month of the files' dates are read, and what is told of that.
//!
//! Floor 7.

use clap::{Args, ValueEnum};

use super::{layer_name, tell};
use crate::session::{Command, LayerContent, LayerId, Session};
use crate::situation::{CivilClock, DayOrder, FeatureStore, LayerEvents};

/// How the dates of files are read.
#[derive(Debug, Args)]
pub struct DatesArguments {
    /// What comes first in dates such as 04/05/2018; without it, what the other dates of the table show
    #[arg(long, value_name = "ORDER")]
    pub dates: Option<OrderArgument>,
}

/// What comes first in dates that are numbers alone.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum OrderArgument {
    /// 04/05/2018 is 4 May
    DayFirst,
    /// 04/05/2018 is 5 April
    MonthFirst,
}

impl DatesArguments {
    fn order(&self) -> DayOrder {
        match self.dates {
            None => DayOrder::AsFound,
            Some(OrderArgument::DayFirst) => DayOrder::DayFirst,
            Some(OrderArgument::MonthFirst) => DayOrder::MonthFirst,
        }
    }

    /// Reads the dates of the files so, and tells how they are read and which cannot be: what no filter by time finds.
    pub fn apply(&self, session: &mut Session) {
        let files = session.catalogue().bottom_up().filter(|entry| entry.origin_key().is_none());
        let files: Vec<LayerId> = files.map(|entry| entry.id).collect();
        for &layer in files.iter().filter(|_| self.dates.is_some()) {
            if let Some(events) = session.content(layer).and_then(LayerContent::events) {
                let mapping = Some(events.mapping().with_day_order(self.order()));
                session.apply(Command::SetEventMapping { layer, mapping });
            }
        }
        session.settle_reading();
        for layer in files {
            if let Some(events) = session.content(layer).and_then(LayerContent::events) {
                words_of(events).for_each(|words| tell(&format!("{}: {words}", layer_name(session, layer))));
            }
        }
    }

    /// The events of a layer by its columns and their HXL tags, with the dates read so; `None` where it has none.
    pub fn events_of(&self, features: &FeatureStore, tags: &[(String, String)]) -> Option<LayerEvents> {
        let clock = &mut CivilClock::home();
        let events = LayerEvents::guess(features, tags, clock)?;
        match self.dates {
            None => Some(events),
            Some(_) => {
                let mapping = events.mapping().with_day_order(self.order());
                LayerEvents::of(features, mapping, clock)
            }
        }
    }
}

/// How dates that are numbers alone are read, and which dates are not.
pub fn words_of(events: &LayerEvents) -> impl Iterator<Item = String> {
    let unread = events.unread_dates().map(|unread| unread.sentence(&str::to_owned));
    let order = events.day_order().map(|order| match order.is_open() {
        true => format!("{}; --dates chooses", order.sentence(&str::to_owned)),
        false => order.sentence(&str::to_owned),
    });
    unread.into_iter().chain(order)
}
