//! What a map holds: the feature store, layers, events, claims, the gazetteer.
//!
//! Floor 1. Typed values only: no files, no JSON, no pictures.

mod claim;
mod classes;
mod codes;
mod column;
mod context;
mod day;
mod edtf;
mod event;
mod event_field;
mod event_mapping;
mod event_times;
mod feature_store;
mod gazetteer;
mod geometry;
mod harm;
mod layer_extent;
mod offsets;
mod place;
mod property;
mod report;
mod row_mask;
mod size;
mod store_arrays;
mod when;
mod word;

pub use claim::{Claim, Stance};
pub use classes::{ActorClass, EventClass, Grade, TargetClass, WeaponClass};
pub use codes::{Codes, MAX_WORDS};
pub use column::{Column, ColumnData};
pub use context::{Neighbourhood, Surroundings, TOWN_RANK, covers, distance_to_feature_m, nearest_feature};
pub use day::{civil_of_day, day_of, day_of_civil, instant_of, words_of_day, words_of_instant};
pub use edtf::{Edtf, EdtfDate, EdtfEnd, EdtfError};
pub use event::{Assessment, Doubt, Event, EventKind, EventLink, ExternalId, LinkRelation, Worded};
pub use event_field::EventField;
pub use event_mapping::{CodeScheme, EventMapping};
pub use event_times::{CivilMinute, DAY_MINUTES, EventTimes, TimeSense, minute_of_day};
pub use feature_store::{FeatureRow, FeatureStore, FeatureStoreBuilder};
pub use gazetteer::{Gazetteer, GazetteerPlace, NearPlace, direction_words};
pub use geometry::{GeometryKind, GeometryRef, PartKind, PartRef};
pub use harm::{Harm, HarmScope};
pub use place::{Place, PlaceBasis, PlaceShape, PrecisionClass};
pub use property::{DetailSource, FeatureDetails, PropertyValue};
pub use report::{FeatureLink, OffMapPlace, Statement, StatementStatus};
pub use row_mask::RowMask;
pub use size::FeatureSize;
pub use store_arrays::StoreArrays;
pub use when::{DatePrecision, DayMatch, When, WhenError};
pub use word::UnknownWord;
