//! What can be said of an event, field by field, whatever table it came from.
//!
//! Floor 1. The words are those of filters, `killed.low >= 5`, and of the mapping of a table's columns.

use super::word::word_list;

word_list! {
    /// One thing that a column can say of an event.
    EventField, "field of an event":
    Id "id" "Id",
    Title "title" "Title",
    TitleAr "title.ar" "Title in Arabic",
    Class "class" "Class",
    Date "date" "Date, or first day",
    LastDate "date.end" "Last day",
    DatePrecision "date.precision" "Precision of the date",
    Place "place" "Place",
    PlaceAr "place.ar" "Place in Arabic",
    Admin "admin" "District or governorate",
    PlacePrecision "precision" "Precision of the place",
    Kind "kind" "Kind",
    SubKind "subkind" "Kind, more closely",
    Weapon "weapon" "Weapon",
    Target "target" "Target",
    Actor "actor" "Actor",
    KilledLow "killed.low" "Killed, at least",
    KilledBest "killed.best" "Killed, best figure",
    KilledHigh "killed.high" "Killed, at most",
    KilledOf "killed.of" "Whose the killed are",
    InjuredLow "injured.low" "Injured, at least",
    InjuredBest "injured.best" "Injured, best figure",
    InjuredHigh "injured.high" "Injured, at most",
    Grade "grade" "Grade",
    Confidence "confidence" "Confidence",
    Source "source" "Source",
    Url "url" "Link",
    Note "note" "Note",
    Tags "tags" "Tags",
    Sensitivity "sensitivity" "Sensitivity",
}
