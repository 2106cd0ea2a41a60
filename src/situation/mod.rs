//! What a map holds: the feature store, layers, events, claims, the gazetteer.
//!
//! Floor 1. Typed values only: no files, no JSON, no pictures.

mod cells;
mod civil_clock;
mod claim;
mod claims_of_row;
mod classes;
mod closed_list;
mod coarse_place;
mod coded_words;
mod codes;
mod column;
mod column_reading;
mod context;
mod contradictions;
mod day;
mod day_order;
mod edtf;
mod event;
mod event_field;
mod event_guess;
mod event_mapping;
mod event_of_row;
mod event_order;
mod event_presets;
mod event_times;
mod feature_store;
mod field_values;
mod figures;
mod gazetteer;
mod geometry;
mod guess_words;
mod harm;
mod harm_figures;
mod harm_of_row;
mod hxl_tags;
mod known_columns;
mod layer_events;
mod layer_extent;
mod letters;
mod marked_day;
mod month_words;
mod names;
mod offsets;
mod place;
mod plain_name;
mod property;
mod report;
mod row_mask;
mod shared_work;
mod sides;
mod size;
mod source_scan;
mod span_of_event;
mod spelled_date;
mod store_arrays;
mod times_of_features;
mod unread_dates;
mod when;
mod when_of_row;
mod word;

pub use cells::items_of_text;
pub use civil_clock::{CivilClock, HOME_ZONE, is_zone, zone_names};
pub use claim::{Claim, Stance};
pub use classes::{ActorClass, EventClass, Grade, TargetClass, WeaponClass};
pub use coarse_place::{CoarseCell, CoarseGrid};
pub use codes::{Codes, MAX_WORDS};
pub use column::{Column, ColumnData};
pub use context::{Neighbourhood, Surroundings, TOWN_RANK, covers, distance_to_feature_m, nearest_feature};
pub use contradictions::{ClaimStanding, FigureStanding};
pub use day::{
    civil_of_day, date_of_day, day_of, day_of_civil, day_of_date, instant_of, words_of_civil, words_of_day,
    words_of_instant,
};
pub use day_order::{DateCell, DayOrder, FoundDayOrder};
pub use edtf::{Edtf, EdtfDate, EdtfEnd, EdtfError};
pub use event::{
    Assessment, Doubt, Event, EventActor, EventKind, EventLink, ExternalId, LinkRelation, Worded,
};
pub use event_field::EventField;
pub use event_mapping::{CodeScheme, EventMapping};
pub use event_of_row::EventNaming;
pub use event_order::{EventDays, EventOrder};
pub use event_presets::{ColumnSort, NamedColumn};
pub use event_times::{CivilMinute, DAY_MINUTES, EventTimes, TimeSense, minute_of_day};
pub use feature_store::{FeatureRow, FeatureStore, FeatureStoreBuilder};
pub use field_values::{FieldValue, FieldValues, ValueColumn};
pub use figures::{Figures, UnreadFigure};
pub use gazetteer::{Gazetteer, GazetteerPlace, NearPlace, direction_words};
pub use geometry::{GeometryKind, GeometryRef, PartKind, PartRef};
pub use harm::{Harm, HarmScope};
pub use harm_figures::HarmFigures;
pub use layer_events::LayerEvents;
pub use letters::{Letter, letter};
pub use marked_day::MarkedDay;
pub use names::{
    EditCosts, Sound, WordStarts, edit_costs, is_same_name, may_become_article, nearest_name, spelled_words,
};
pub use place::{Place, PlaceBasis, PlaceShape, PrecisionClass};
pub use property::{DetailSource, FeatureDetails, PropertyValue, WantedDetails};
pub use report::{FeatureLink, OffMapPlace, Statement, StatementStatus};
pub use row_mask::RowMask;
pub use shared_work::{ROWS_TO_LOOK_AT, ROWS_TO_READ, core_count, in_parts, share_out};
pub use size::FeatureSize;
pub use source_scan::RowScan;
pub use store_arrays::StoreArrays;
pub use times_of_features::are_days;
pub use unread_dates::UnreadDates;
pub use when::{DatePrecision, DayMatch, When, WhenError};
pub use word::UnknownWord;
