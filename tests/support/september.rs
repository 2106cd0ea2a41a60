//! The bundled events of September 2018 as they were counted by hand.

/// All of them.
pub const EVENTS: usize = 94;

/// How many events each mode of the timeline shows on 1 to 25 September 2018 where its window is that day.
pub const SHOWN_BY_MODE: [(&str, [usize; 25]); 3] = [
    // Those whose days, as they are written, meet the day.
    ("Window", [2, 0, 0, 18, 0, 3, 3, 19, 15, 9, 1, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0, 1]),
    // Those of the day and all before.
    (
        "Cumulative",
        [20, 20, 20, 38, 38, 41, 44, 63, 78, 87, 88, 89, 90, 90, 90, 91, 92, 92, 93, 93, 93, 93, 93, 93, 94],
    ),
    // Those of the day and the seven before.
    ("Trail", [4, 4, 4, 21, 20, 23, 26, 45, 58, 67, 68, 51, 52, 49, 46, 28, 14, 5, 5, 4, 3, 3, 3, 2, 2]),
];

/// Those of 8 September in the mode that shows the day alone.
pub const ON_THE_EIGHTH: usize = SHOWN_BY_MODE[0].1[7];
