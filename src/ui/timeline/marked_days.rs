//! Days that readers of September 2018 look for, marked on the axis.
//!
//! Floor 6.

/// A day with a name.
pub struct MarkedDay {
    /// `YYYY-MM-DD`.
    pub day: &'static str,
    /// A word or two, for the chart.
    pub label: &'static str,
    /// A sentence, for the tooltip.
    pub words: &'static str,
}

/// In order of time.
pub const MARKED_DAYS: &[MarkedDay] = &[
    MarkedDay {
        day: "2018-09-04",
        label: "Raids resume",
        words: "4 September 2018: Russian air raids on Idlib resume",
    },
    MarkedDay {
        day: "2018-09-07",
        label: "Tehran",
        words: "7 September 2018: Iran, Russia and Turkey meet in Tehran over Idlib",
    },
    MarkedDay {
        day: "2018-09-08",
        label: "About 60 raids",
        words: "8 September 2018: about 60 raids, of which the founding report tells",
    },
    MarkedDay {
        day: "2018-09-17",
        label: "Sochi agreement",
        words: "17 September 2018: Russia and Turkey agree in Sochi on a demilitarised zone",
    },
];
