//! What the rows of a layer of events say of one field, as values to choose from: the word of a class, the words of a
//! code, the entries of a list, or what is written where it is none of these.
//!
//! Floor 1. Each word of a column is read once; which row has which stays in the codes of the column. A row costs
//! nothing more for a column of words, and one or two bytes for one of numbers, for one that only the source holds, and
//! where a class is told by another field.

use std::collections::{BTreeMap, HashMap};

use super::cells::items_of;
use super::coded_words::meaning;
use super::column_reading::decoded_cells;
use super::shared_work::{ROWS_TO_READ, in_parts};
use super::{
    CodeScheme, Codes, ColumnData, EventClass, EventField, EventMapping, FeatureRow, FeatureStore, MAX_WORDS,
    PropertyValue, WeaponClass,
};

/// A column of more different numbers is not one of codes.
const MOST_NUMBERS: usize = 250;

/// One value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldValue {
    /// As it is chosen and asked for.
    pub name: String,
    /// For people, where that is another word.
    pub label: Option<&'static str>,
}

/// The values of a field, and which rows have them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldValues {
    values: Vec<FieldValue>,
    columns: Vec<CodedColumn>,
}

/// Values that are still being gathered.
struct Gathered<'a> {
    features: &'a FeatureStore,
    found: FieldValues,
    /// Of each value in the list.
    places: HashMap<FieldValue, u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct CodedColumn {
    codes: HeldCodes,
    /// Where the values of each code begin in `ids`, and where the last end.
    starts: Vec<u32>,
    ids: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum HeldCodes {
    /// Those of the column of words at this place in the store.
    OfColumn(usize),
    Own(Codes),
}

/// A column of rows with the values that each of its codes stands for; a row may have values in several.
#[derive(Debug, Clone, Copy)]
pub struct ValueColumn<'a> {
    /// The code of each row.
    pub codes: &'a Codes,
    /// Where the values of each code begin in `ids`, and where the last end.
    pub starts: &'a [u32],
    /// Places in the list of values.
    pub ids: &'a [u32],
}

impl<'a> ValueColumn<'a> {
    /// The values that a row has here.
    pub fn ids(&self, row: FeatureRow) -> &'a [u32] {
        self.codes.get(row).map_or(&[], |code| self.ids_of_code(code as usize))
    }

    /// The values that a code stands for; it must be one of [`ValueColumn::code_count`].
    pub fn ids_of_code(&self, code: usize) -> &'a [u32] {
        &self.ids[self.starts[code] as usize..self.starts[code + 1] as usize]
    }

    /// How many codes there are.
    pub fn code_count(&self) -> usize {
        self.starts.len() - 1
    }
}

impl EventField {
    /// The fields whose values are read, besides numbers, dates, names and texts.
    pub(super) const VALUED: [Self; 13] = [
        Self::DatePrecision,
        Self::PlacePrecision,
        Self::Kind,
        Self::SubKind,
        // After the kinds, which may name one.
        Self::Weapon,
        // After the weapon, which makes a strike.
        Self::Class,
        Self::Target,
        Self::Actor,
        Self::KilledOf,
        Self::Grade,
        Self::Confidence,
        Self::Source,
        Self::Tags,
    ];

    /// Whether a cell may name several, of which each counts on its own.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Actor | Self::Source | Self::Tags)
    }
}

impl FieldValues {
    /// All values, in the order in which they were met.
    pub fn values(&self) -> &[FieldValue] {
        &self.values
    }

    /// Where they are; of the same features that they were read from.
    pub fn columns<'a>(&'a self, features: &'a FeatureStore) -> Vec<ValueColumn<'a>> {
        let view = |column: &'a CodedColumn| {
            let codes = match &column.codes {
                HeldCodes::Own(codes) => codes,
                HeldCodes::OfColumn(place) => match &features.columns().get(*place)?.data {
                    ColumnData::Word { codes, .. } => codes,
                    _ => return None,
                },
            };
            Some(ValueColumn { codes, starts: &column.starts, ids: &column.ids })
        };
        self.columns.iter().filter_map(view).collect()
    }

    /// What these arrays take in memory, beside the columns of the layer.
    pub fn heap_bytes(&self) -> usize {
        let texts = self.values.iter().map(|value| size_of::<FieldValue>() + value.name.capacity());
        let columns = self.columns.iter().map(|column| {
            let own = if let HeldCodes::Own(codes) = &column.codes { codes.heap_bytes() } else { 0 };
            own + size_of_val(&column.starts[..]) + size_of_val(&column.ids[..])
        });
        texts.sum::<usize>() + columns.sum::<usize>()
    }
}

impl<'a> Gathered<'a> {
    /// Those of the columns of these names.
    fn read(features: &'a FeatureStore, names: &[&String], cell: &CellValues<'_>) -> Self {
        let mut values = Self { features, found: FieldValues::default(), places: HashMap::new() };
        for name in names {
            if let Some(place) = features.columns().iter().position(|column| column.name == **name) {
                values.add_column(place, cell);
            }
        }
        values
    }

    fn add_column(&mut self, place: usize, cell: &CellValues<'_>) {
        let column = &self.features.columns()[place];
        let text = |text: &str| cell(&PropertyValue::Text(text.to_owned()));
        match &column.data {
            ColumnData::Word { words, .. } => {
                let parts = in_parts(words.len(), ROWS_TO_READ, |part| {
                    words[part].iter().map(|word| text(word)).collect()
                });
                let read: Vec<Vec<FieldValue>> = parts.into_iter().flat_map(|part: Vec<_>| part).collect();
                self.push(HeldCodes::OfColumn(place), &read);
            }
            ColumnData::Number(numbers) => self.add_numbers(numbers, &text),
            ColumnData::Bool(values) => {
                let read = [false, true].map(|value| text(&value.to_string()));
                let of_rows = values.iter().map(|value| value.map(u32::from));
                self.push(HeldCodes::Own(Codes::collect(2, of_rows)), &read);
            }
            ColumnData::InSource { .. } if column.filled > 0 => {
                let cells = decoded_cells(self.features, &column.name, &|value| Some(cell(value)));
                self.add_cells(&cells);
            }
            ColumnData::InSource { .. } | ColumnData::Day(_) | ColumnData::Instant(_) => {}
        }
    }

    /// Numbers that are codes; left out where too many are different.
    fn add_numbers(&mut self, numbers: &[f64], text: &dyn Fn(&str) -> Vec<FieldValue>) {
        let mut codes: HashMap<u64, u32> = HashMap::new();
        let mut read = Vec::new();
        for number in numbers.iter().filter(|number| !number.is_nan()) {
            codes.entry(number.to_bits()).or_insert_with(|| {
                read.push(text(&number.to_string()));
                read.len() as u32 - 1
            });
            if read.len() > MOST_NUMBERS {
                return;
            }
        }
        let of_rows = numbers.iter().map(|number| codes.get(&number.to_bits()).copied());
        self.push(HeldCodes::Own(Codes::collect(read.len(), of_rows)), &read);
    }

    /// Cells that were decoded; left out where too many are different.
    fn add_cells(&mut self, cells: &[(u32, Vec<FieldValue>)]) {
        let mut codes: HashMap<&[FieldValue], u32> = HashMap::new();
        let mut read: Vec<Vec<FieldValue>> = Vec::new();
        let mut of_rows = vec![None; self.features.len()];
        for (row, cell) in cells {
            let code = *codes.entry(cell).or_insert_with(|| {
                read.push(cell.clone());
                read.len() as u32 - 1
            });
            if read.len() > MAX_WORDS {
                return;
            }
            of_rows[*row as usize] = Some(code);
        }
        self.push(HeldCodes::Own(Codes::collect(read.len(), of_rows.into_iter())), &read);
    }

    fn push(&mut self, codes: HeldCodes, read: &[Vec<FieldValue>]) {
        let mut column = CodedColumn { codes, starts: vec![0], ids: Vec::new() };
        for values in read {
            let mut ids: Vec<u32> = values.iter().map(|value| self.id(value)).collect();
            ids.sort_unstable();
            ids.dedup();
            column.ids.extend(ids);
            column.starts.push(column.ids.len() as u32);
        }
        self.found.columns.push(column);
    }

    fn id(&mut self, value: &FieldValue) -> u32 {
        if let Some(&id) = self.places.get(value) {
            return id;
        }
        let id = self.found.values.len() as u32;
        self.found.values.push(value.clone());
        self.places.insert(value.clone(), id);
        id
    }

    /// Adds a value to rows that have none yet: which of `values`, `of_row` says.
    fn add_to_others(&mut self, values: &[FieldValue], of_row: impl Fn(FeatureRow) -> Option<u32> + Sync) {
        let columns = self.found.columns(self.features);
        let parts = in_parts(self.features.len(), ROWS_TO_READ, |rows| {
            let others = rows.map(|row| {
                let has_one = columns.iter().any(|column| !column.ids(row).is_empty());
                if has_one { None } else { of_row(row) }
            });
            others.collect::<Vec<_>>()
        });
        let of_rows = parts.into_iter().flatten().collect::<Vec<_>>();
        if of_rows.iter().any(Option::is_some) && values.len() <= MAX_WORDS {
            let codes = Codes::collect(values.len(), of_rows.into_iter());
            let read: Vec<_> = values.iter().map(|value| vec![value.clone()]).collect();
            self.push(HeldCodes::Own(codes), &read);
        }
    }
}

/// What a filled cell says.
type CellValues<'a> = dyn Fn(&PropertyValue) -> Vec<FieldValue> + Sync + 'a;

/// The values of all fields that have some.
pub(super) fn values_of_fields(
    features: &FeatureStore,
    mapping: &EventMapping,
) -> BTreeMap<EventField, FieldValues> {
    let mut all = BTreeMap::new();
    for field in EventField::VALUED {
        let values = match field {
            // Its columns give numbers of people.
            EventField::KilledOf if mapping.scheme == CodeScheme::Ucdp => continue,
            EventField::Weapon => weapons(features, mapping, &all),
            EventField::Class => classes(features, mapping, &all),
            field => written(features, mapping, field),
        };
        if !values.found.columns.is_empty() {
            all.insert(field, values.found);
        }
    }
    all
}

/// The values of the field's own columns. A column that says in the words of a source what another says in a class,
/// `weapon_wording` beside `weapon`, speaks only for rows of which the other says nothing.
fn written<'a>(features: &'a FeatureStore, mapping: &EventMapping, field: EventField) -> Gathered<'a> {
    let cell = |value: &PropertyValue| values_of_cell(field, mapping.scheme, value);
    let (wordings, own): (Vec<&String>, Vec<&String>) =
        mapping.columns(field).iter().partition(|name| name.ends_with("_wording"));
    let mut values = Gathered::read(features, &own, &cell);
    let others = Gathered::read(features, &wordings, &cell).found;
    let columns = others.columns(features);
    values.add_to_others(&others.values, |row| first_id(&columns, row));
    values
}

/// Of rows that name no weapon, the one that their kind names: "Air/drone strike".
fn weapons<'a>(
    features: &'a FeatureStore,
    mapping: &EventMapping,
    known: &BTreeMap<EventField, FieldValues>,
) -> Gathered<'a> {
    let mut values = written(features, mapping, EventField::Weapon);
    for kind in [EventField::SubKind, EventField::Kind] {
        let Some(kinds) = known.get(&kind) else { continue };
        let columns = kinds.columns(features);
        let named: Vec<_> =
            kinds.values.iter().map(|kind| meaning(EventField::Weapon, mapping.scheme, &kind.name)).collect();
        let weapons: Vec<FieldValue> = named.iter().map(|weapon| value_of(*weapon, "")).collect();
        values.add_to_others(&weapons, |row| {
            first_id(&columns, row).filter(|&kind| named[kind as usize].is_some())
        });
    }
    values
}

/// As the table says; else a strike where the row names a weapon.
fn classes<'a>(
    features: &'a FeatureStore,
    mapping: &EventMapping,
    known: &BTreeMap<EventField, FieldValues>,
) -> Gathered<'a> {
    let said = |value: &PropertyValue| {
        let class = meaning(EventField::Class, mapping.scheme, &value.to_display());
        class.map(|class| vec![value_of(Some(class), "")]).unwrap_or_default()
    };
    let columns: Vec<&String> = mapping.columns(EventField::Class).iter().collect();
    let mut values = Gathered::read(features, &columns, &said);
    let of_class = |class: EventClass| value_of(Some((class.as_str(), Some(class.label()))), "");
    let weapons = known.get(&EventField::Weapon);
    let columns = weapons.map(|weapons| weapons.columns(features)).unwrap_or_default();
    let is_known =
        |value: &FieldValue| value.name.parse().is_ok_and(|class: WeaponClass| class != WeaponClass::Unknown);
    let strikes: Vec<bool> =
        weapons.map(|weapons| weapons.values.iter().map(is_known).collect()).unwrap_or_default();
    values.add_to_others(&[EventClass::Incident, EventClass::Strike].map(of_class), |row| {
        Some(u32::from(first_id(&columns, row).is_some_and(|weapon| strikes[weapon as usize])))
    });
    values
}

fn first_id(columns: &[ValueColumn<'_>], row: FeatureRow) -> Option<u32> {
    columns.iter().find_map(|column| column.ids(row).first().copied())
}

fn values_of_cell(field: EventField, scheme: CodeScheme, value: &PropertyValue) -> Vec<FieldValue> {
    let of_item = |item: &str| value_of(meaning(field, scheme, item), item);
    if field.is_list() {
        return items_of(value).iter().map(|item| of_item(item)).collect();
    }
    let text = value.to_display();
    let text = text.trim();
    if text.is_empty() { Vec::new() } else { vec![of_item(text)] }
}

fn value_of(meaning: Option<(&'static str, Option<&'static str>)>, written: &str) -> FieldValue {
    match meaning {
        Some((word, label)) => FieldValue { name: word.to_owned(), label },
        None => FieldValue { name: written.to_owned(), label: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::{Column, FeatureStoreBuilder, GeometryKind};

    /// More rows than one thread reads.
    const ROWS: usize = 25_000;

    #[test]
    fn words_cost_nothing_a_row_and_a_code_or_a_class_that_is_told_by_another_field_one_byte() {
        let mut builder = FeatureStoreBuilder::default();
        for _ in 0..ROWS {
            builder.end_feature(GeometryKind::None, (0, 0));
        }
        let words = ["Airstrike", "Protest", "Shelling"].map(str::to_owned).to_vec();
        let codes = Codes::collect(3, (0..ROWS as u32).map(|row| Some(row % 3)));
        let numbers = (0..ROWS).map(|row| (row % 4) as f64).collect();
        let column = |name: &str, data| Column { name: name.to_owned(), filled: ROWS as u32, data };
        let columns = vec![
            column("what", ColumnData::Word { words, codes }),
            column("sure", ColumnData::Number(numbers)),
        ];
        let features = builder.finish(columns, None);
        let mut mapping = EventMapping::new(None, CodeScheme::Ucdp);
        mapping.set(EventField::SubKind, vec!["what".to_owned()]);
        mapping.set(EventField::Confidence, vec!["sure".to_owned()]);
        let values = values_of_fields(&features, &mapping);
        let bytes_a_row = |field: EventField| values[&field].heap_bytes() / ROWS;
        let of_fields = [EventField::SubKind, EventField::Confidence, EventField::Weapon, EventField::Class];
        assert_eq!(of_fields.map(bytes_a_row), [0, 1, 1, 1]);
        let names_of = |field: EventField, row: FeatureRow| -> Vec<&str> {
            let values = &values[&field];
            let columns = values.columns(&features);
            let ids = columns.iter().flat_map(|column| column.ids(row));
            ids.map(|&id| values.values()[id as usize].name.as_str()).collect()
        };
        for row in [0, 9_999, 12_501, 24_999] {
            let expected = [
                (vec!["air_strike"], ["strike"]),
                (Vec::new(), ["incident"]),
                (vec!["ground_shelling"], ["strike"]),
            ][row % 3]
                .clone();
            assert_eq!(names_of(EventField::Weapon, row), expected.0, "row {row}");
            assert_eq!(names_of(EventField::Class, row), expected.1, "row {row}");
        }
    }
}
