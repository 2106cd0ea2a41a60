//! Filters on columns: which rows are shown.

use std::cell::LazyCell;

use criterion::Criterion;
use sitmap::index::Filter;
use sitmap_bench::data::Kind;

use crate::Files;
use crate::readers;
use crate::results::Results;

/// One of each sort of column: days, numbers, a few words, many words.
const CONDITIONS: [&str; 4] = [
    "event_date in 2019-03-01..2019-09-30",
    "fatalities >= 1",
    "event_type in (Fighting, Gathering)",
    "actor1 ~ front",
];

/// Every condition on all events.
pub fn bench(criterion: &mut Criterion, files: &Files, results: &Results) {
    let title = format!("filter of {} events", files.events);
    let events = LazyCell::new(|| readers::sitmap(&files.path(Kind::Events)));
    let mut group = criterion.benchmark_group(files.sized("filter"));
    for text in CONDITIONS {
        let filter: Filter = text.parse().expect("the condition follows the grammar");
        let shown = |filter: &Filter| {
            let rows = filter.rows_of(&events).expect("events have this column");
            assert!((1..files.events).contains(&rows.count()), "{text} parts the events");
            rows
        };
        results.measure(&mut group, [&title, text], 1, || &filter, shown);
    }
    group.finish();
}
