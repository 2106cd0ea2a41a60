//! What must hold of anything that is read, whoever wrote it: the checks that property tests and fuzz targets share.
//!
//! Each takes what a file or a person may give, and panics where something is not as it must be.

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use sitmap::coords::{
    LonLat, Notation, degrees_of, distance_m, is_longitude, is_longitude_first, position_of,
    world_from_lon_lat,
};
use sitmap::index::{
    Expression, Filter, LayerData, Scope, SearchIndex, SearchQuery, Vocabulary, features_at, is_said_in,
    matched_parts,
};
use sitmap::project::{LastSessionFile, MIME_TYPE, Replaces, read_project, verify_project, write_project};
use sitmap::session::{OpenedProject, ProjectSnapshot, Purpose, Session, Settings};
use sitmap::situation::{
    CivilClock, Codes, Column, ColumnData, Edtf, EventField, EventMapping, FeatureDetails, FeatureStore,
    FeatureStoreBuilder, Figures, Gazetteer, GazetteerPlace, GeometryKind, LayerEvents, PartKind,
    PropertyValue, is_same_name,
};
use sitmap::source::{
    DecimalSign, Delimiter, HeaderRow, Loaded, PlaceColumns, Progress, ReadingOptions, Severity, SourceBytes,
    TableSettings, TextEncoding, hex_sha256, inspect, read_layer_in_parts,
};
use sitmap::symbology::{LayerLook, SimpleLook, Theme, layer_symbols};
use sitmap::text::{
    base_direction, display, isolate, no_formula, plain, tab_separated, visual_order, wrap_lines,
};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// So many rows of a layer are looked at one by one.
const ROWS_LOOKED_AT: usize = 64;

/// Any file as a layer: GeoJSON, a sequence, a table, packed or not.
pub fn layer(bytes: &[u8]) {
    let Ok(source) = SourceBytes::from_bytes("a file", bytes.to_vec()) else { return };
    if let Some(loaded) = read(&source, TableSettings::default()) {
        events_are_read(&loaded);
        look_around(&LayerData::build(loaded.value));
    }
}

/// Any file as a table; the first two bytes are what the user says of it.
pub fn table(bytes: &[u8]) {
    let Some((&[said, events], bytes)) = bytes.split_first_chunk() else { return };
    let Ok(source) = SourceBytes::from_bytes("a table", bytes.to_vec()) else { return };
    let Some(loaded) = read(&source, settings(said)) else { return };
    events_are_read(&loaded);
    if events % 2 == 1 {
        // Whatever the user takes for what.
        let mut mapping = EventMapping::default();
        let names: Vec<&str> = loaded.value.columns().iter().map(|column| column.name.as_str()).collect();
        for (place, field) in EventField::ALL.iter().enumerate() {
            let nth = (place * usize::from(events / 2 + 1)) % names.len().max(1);
            mapping.set(*field, names.get(nth).map(|name| (*name).to_owned()).into_iter().collect());
        }
        mapping.set(EventField::Date, names.first().map(|name| (*name).to_owned()).into_iter().collect());
        check_events(&loaded.value, LayerEvents::of(&loaded.value, mapping, &mut clock()));
    }
    look_around(&LayerData::build(loaded.value));
}

/// What a user may have said of a table, as the bits of a number.
fn settings(said: u8) -> TableSettings {
    TableSettings {
        encoding: TextEncoding::ALL.get(usize::from(said & 3)).copied(),
        delimiter: (said & 4 != 0).then_some(Delimiter::Semicolon),
        decimal: (said & 8 != 0).then_some(DecimalSign::Comma),
        header: match said >> 4 & 3 {
            0 | 1 => None,
            2 => Some(HeaderRow::Absent),
            _ => Some(HeaderRow::At(1)),
        },
        places: match said >> 6 {
            0 | 1 => None,
            2 => Some(PlaceColumns::Position { column: "position".into() }),
            _ => Some(PlaceColumns::Name { column: "name".into() }),
        },
    }
}

/// Well-known text, as the one cell of a table.
pub fn wkt(text: &str) {
    let table = format!("n,geom_wkt\n1,POINT(1 2)\n2,\"{}\"\n", text.replace('"', "\"\""));
    let source = SourceBytes::from_bytes("a table", table.into_bytes()).expect("it is not packed");
    let places = Some(PlaceColumns::Wkt { column: "geom_wkt".into() });
    if let Some(loaded) =
        read(&source, TableSettings { places, delimiter: Some(Delimiter::Comma), ..Default::default() })
    {
        look_around(&LayerData::build(loaded.value));
    }
}

fn places() -> Gazetteer {
    let place = |name: &str, name_ar: &str| GazetteerPlace {
        name_en: name.into(),
        name_ar: Some(name_ar.into()),
        aliases: vec!["Serakeb".into()],
        at: LonLat::new(36.8, 35.8),
        rank: 3,
        kind: "town".into(),
        population: None,
    };
    Gazetteer::new(vec![place("Saraqib", "سراقب"), place("Idlib", "إدلب")])
}

/// What a source gives, all of it checked.
fn read(source: &SourceBytes, table: TableSettings) -> Option<Loaded<FeatureStore>> {
    let options = ReadingOptions { table, gazetteer: Some(&places) };
    let loaded = match read_layer_in_parts(source, &options, &Progress::default(), &|_| {}) {
        Ok(loaded) => loaded,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return None;
        }
    };
    let store = &loaded.value;
    counts_add_up(&loaded);
    let inspection = inspect(source, &loaded).expect("the source is in memory");
    assert_eq!(inspection.geometries.values().sum::<usize>(), store.len());
    for row in 0..store.len().min(ROWS_LOOKED_AT) {
        geometry_is_whole(store, row);
        let details = store.details(row).unwrap_or_else(|error| panic!("details of row {row}: {error}"));
        columns_agree(store, row, &details);
    }
    for theme in [Theme::Light, Theme::Dark] {
        let symbols = layer_symbols(&LayerLook::Simple(SimpleLook::default()), store, theme);
        assert!((0..store.len()).all(|row| symbols.symbol_of(row).is_some()));
    }
    Some(loaded)
}

/// Kept and rejected are what was read, and each rejection has its reason and its line.
fn counts_add_up(loaded: &Loaded<FeatureStore>) {
    let Loaded { value: store, info, issues } = loaded;
    let all = store.len() + info.rejected;
    let mut refused: Vec<usize> = issues
        .iter()
        .filter(|issue| issue.severity == Severity::Error)
        .filter_map(|issue| issue.feature)
        .collect();
    refused.sort_unstable();
    refused.dedup();
    assert!(refused.len() <= info.rejected, "{refused:?} of {} {issues:#?}", info.rejected);
    let told = issues.iter().filter(|issue| issue.severity == Severity::Error).count();
    assert!(told >= info.rejected.min(1000), "{told} reasons for {} rejections", info.rejected);
    for issue in issues {
        assert!(!issue.message.is_empty() && issue.line != Some(0) && issue.column != Some(0), "{issue:?}");
        assert!(
            issue.feature.is_none_or(|feature| (1..=all.max(1)).contains(&feature)),
            "{issue:?} of {all}"
        );
    }
}

/// Lines have two positions and rings are closed, all of them on the globe.
fn geometry_is_whole(store: &FeatureStore, row: usize) {
    let geometry = store.geometry(row);
    assert_eq!(geometry.parts().len() == 0, geometry.kind == GeometryKind::None, "row {row}");
    for &[lon, lat] in geometry.vertices() {
        assert!(lon.abs() <= 720.0 && lat.abs() <= 90.0, "row {row}: {lon} {lat}");
    }
    for part in geometry.parts() {
        assert!(part.rings().len() > 0, "row {row}");
        for ring in part.rings() {
            match part.kind {
                PartKind::Point => assert_eq!(ring.len(), 1),
                PartKind::Line => assert!(ring.len() >= 2, "row {row}: {ring:?}"),
                PartKind::Polygon => {
                    assert!(ring.len() >= 4 && ring.first() == ring.last(), "row {row}: {ring:?}");
                }
            }
        }
    }
}

/// A column holds of a row what its details say.
fn columns_agree(store: &FeatureStore, row: usize, details: &FeatureDetails) {
    for column in store.columns() {
        let written = details.value(&column.name);
        match (&column.data, column.number(row), column.word(row)) {
            (_, _, Some(word)) => {
                assert!(
                    matches!(written, Some(PropertyValue::Text(text)) if text == word),
                    "{word:?} of {details:?}"
                );
            }
            (_, Some(number), _) => {
                let same = |value: f64| value.to_bits() == number.to_bits() || value == number;
                let is_it = matches!(written, Some(PropertyValue::Number { value, .. }) if same(*value));
                assert!(is_it, "{number} in {} of {details:?}", column.name);
            }
            (ColumnData::Day(_) | ColumnData::Instant(_), ..) => {
                // A dash among dates is no date.
                let is_written = matches!(written, Some(PropertyValue::Text(_)));
                assert!(is_written || column.text(row).is_none(), "{details:?}");
            }
            _ => {}
        }
    }
}

/// The clock of the home zone: to make one takes longer than to read a small layer.
fn clock() -> MutexGuard<'static, CivilClock> {
    static CLOCK: LazyLock<Mutex<CivilClock>> = LazyLock::new(|| Mutex::new(CivilClock::home()));
    CLOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a layer's columns tell of events.
fn events_are_read(loaded: &Loaded<FeatureStore>) {
    let tags = loaded.info.table.as_ref().map_or(&[][..], |table| &table.tags);
    check_events(&loaded.value, LayerEvents::guess(&loaded.value, tags, &mut clock()));
}

fn check_events(store: &FeatureStore, events: Option<LayerEvents>) {
    let Some(events) = events else { return };
    assert_eq!(events.times().len(), store.len());
    for row in 0..store.len().min(ROWS_LOOKED_AT) {
        assert!(events.times().span(row).is_none_or(|span| span.start < span.end), "row {row}");
        let event = events.event(store, row).unwrap_or_else(|error| panic!("row {row}: {error}"));
        assert!(event.when.is_none_or(|when| !when.to_string().is_empty()));
    }
}

/// Everything that can be looked at in a layer, whatever is in it: no row leads astray.
pub fn look_around(data: &LayerData) {
    let store = &data.features;
    for row in 0..store.len().min(ROWS_LOOKED_AT) {
        let _ = (store.details(row), store.feature_extent(row));
        for column in store.columns() {
            let _ = (column.number(row), column.text(row));
        }
        // A map ends at 85 degrees; what lies beyond is drawn at its edge.
        let is_on_map = |&&[_, lat]: &&[f64; 2]| lat.abs() < 85.0;
        if let Some(&[lon, lat]) = store.geometry(row).vertices().iter().find(is_on_map) {
            let hits = features_at(data, world_from_lon_lat(LonLat::new(lon, lat)), 1e-7);
            assert!(hits.iter().any(|hit| hit.row == row), "row {row} is not at its own {lon} {lat}");
        }
    }
}

/// A text as an EDTF date: what is read has an order, and is what was written.
pub fn edtf(text: &str) {
    match text.parse::<Edtf>() {
        Ok(edtf) => {
            assert_eq!(edtf.text(), text);
            assert_eq!(edtf.text().parse().as_ref(), Ok(&edtf));
            for date in [edtf.start(), edtf.end()].into_iter().filter_map(|end| end.date()) {
                assert!(date.first <= date.last, "{text:?}");
            }
            assert!(
                edtf.first_day().zip(edtf.last_day()).is_none_or(|(first, last)| first <= last),
                "{text:?}"
            );
        }
        Err(error) => assert_eq!(error.text, text),
    }
}

/// The lines of a text as the cells of a column of dates.
pub fn dates(text: &str) {
    let mut words: Vec<String> = text.lines().map(str::to_owned).collect();
    words.sort();
    words.dedup();
    words.truncate(64);
    let rows = words.len();
    let mut builder = FeatureStoreBuilder::default();
    for row in 0..rows {
        builder.end_feature(GeometryKind::None, (row as u64, row as u64));
    }
    let codes = Codes::collect(rows, (0..rows).map(|row| Some(row as u32)));
    let column = Column { name: "date".into(), filled: rows as u32, data: ColumnData::Word { words, codes } };
    let store = builder.finish(vec![column], None);
    let mut mapping = EventMapping::default();
    mapping.set(EventField::Date, vec!["date".into()]);
    check_events(&store, LayerEvents::of(&store, mapping, &mut clock()));
}

/// A text as a number of people: plain digits are that number.
pub fn figures(text: &str) {
    let read = Figures::read(text);
    if let Ok(number) = text.parse::<u32>() {
        assert_eq!(read.map(|figures| figures.best), Ok(Some(number)), "{text:?}");
    }
    let _ = Figures::read_with(text, true);
}

/// A text as a position: what is read lies on the globe, and is read again from every notation.
pub fn position(text: &str) {
    assert!(degrees_of(text).is_none_or(f64::is_finite), "{text:?}");
    let _ = (is_longitude(text), is_longitude_first(text));
    let Some(at) = position_of(text) else { return };
    assert!(at.lon_deg.abs() <= 180.0 && at.lat_deg.abs() <= 90.0, "{text:?}: {at:?}");
    for notation in Notation::ALL {
        let Some(written) = notation.write(at) else {
            let is_beyond = !(-80.0..84.0).contains(&at.lat_deg);
            assert!(
                is_beyond && matches!(notation, Notation::Utm | Notation::Mgrs),
                "{text:?}: {at:?} in {notation:?}"
            );
            continue;
        };
        let again = position_of(&written).unwrap_or_else(|| panic!("{text:?}: {written:?}"));
        assert!(distance_m(at, again) < 1.5, "{text:?}: {written:?} for {at:?} is {again:?}");
    }
}

/// Layers to ask with filters.
struct AskedLayers {
    events: LayerData,
    meaning: LayerEvents,
    areas: LayerData,
}

static ASKED: LazyLock<AskedLayers> = LazyLock::new(|| {
    let layer = |text: &str| {
        let source = SourceBytes::from_bytes("a layer", text.as_bytes().to_vec()).expect("it is not packed");
        LayerData::build(read(&source, TableSettings::default()).expect("it is a layer").value)
    };
    let events = layer(
        "date,kind,actors,killed,injured,weapon,note,n,word,flag,day,odd name,latitude,longitude\n\
         2018-09-04,air strike,a; b,4-9,unknown,bomb,\"said \"\"so\"\"\",1,a,true,2018-09-04,x,35.5,36.5\n\
         2018-09-08/2018-09-10,shelling,b,at least 2,0,,الغارة,2.5,b,false,2018-09-08,,35.6,36.6\n\
         2018-09,air strike,,0,3,mortar,,-7,سراقب,true,2018-09-09,y,36.5,37.5\n\
         ,clashes,c,,,,none,,c,,2018-09-10,z,,\n",
    );
    let areas = layer(
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"a"},"geometry":
        {"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36,36],[36,35]]]}}]}"#,
    );
    let meaning = LayerEvents::guess(&events.features, &[], &mut clock()).expect("it has dates");
    AskedLayers { events, meaning, areas }
});

/// A text as a filter: written and read again it is the same, and no row meets both it and its opposite for certain.
pub fn expression(text: &str) {
    let asked = &*ASKED;
    let layers = [("Areas", &asked.areas), ("Events", &asked.events)];
    let scope = Scope {
        layers: &layers,
        area: Some(&asked.areas),
        absent_is_unknown: text.len().is_multiple_of(2),
        ..Scope::of(&asked.events.features).with_events(&asked.meaning)
    };
    let vocabulary = Vocabulary { scopes: vec![scope], layers: vec!["Areas", "Events"], has_area: true };
    let letters = text.chars().count();
    for caret in [0, letters / 2, letters, letters + 3] {
        let completion = vocabulary.complete(text, caret, 8, &|_| Some(Arc::default()));
        assert!(
            completion.from <= completion.to && completion.to <= letters && completion.choices.len() <= 8
        );
    }
    let known = vocabulary.read(text);
    let filter: Filter = match text.parse() {
        Ok(filter) => filter,
        Err(error) => {
            let at: usize = error.at;
            assert!((1..=letters + 1).contains(&at) && known.is_err(), "{error}");
            return;
        }
    };
    let written = filter.to_string();
    let again: Filter = written.parse().unwrap_or_else(|error| panic!("{text:?}: {error}"));
    assert_eq!(again, filter, "{text:?} as {written:?}");
    assert_eq!(again.to_string(), written, "{text:?}");
    if filter.is_empty() {
        return;
    }
    let opposite = Filter::from(Some(Expression::Not(Box::new(Expression::And(filter.parts.clone())))));
    let (Ok(rows), Ok(others)) = (filter.verdict(&scope), opposite.verdict(&scope)) else { return };
    let for_certain =
        |row: &usize| rows.met().contains(*row) && !rows.possible().is_some_and(|rows| rows.contains(*row));
    let both = others.met().iter().find(for_certain);
    assert_eq!(both, None, "{text:?} is met and is not");
    // What is written anew is asked for alike.
    assert_eq!(again.verdict(&scope).ok().as_ref(), Some(&rows), "{text:?}");
}

/// A text as a line to show: nothing in it moves what stands around it, and nothing of it is lost.
pub fn text(text: &str) {
    let isolated = isolate(text);
    let line = format!("A{isolated}B");
    let seen = visual_order(&line);
    assert!(seen.starts_with('A') && seen.ends_with('B'), "{text:?} as {seen:?}");
    let shown = display(&line);
    assert!(shown.starts_with('A') && shown.ends_with('B') && !shown.contains('\n'), "{text:?} as {shown:?}");
    assert!(
        !display(text).chars().any(|c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')),
        "{text:?}"
    );
    assert!(!plain(&isolated).contains(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']));
    if !text.contains(['\n', '\r', '\u{85}', '\u{1C}', '\u{1D}', '\u{1E}', '\u{2028}', '\u{2029}']) {
        is_permutation(text);
    }
    let _ = base_direction(text);
    for width in [0.0, 7.0, f32::MAX] {
        let lines = wrap_lines(text, width, |piece| piece.chars().count() as f32);
        assert!(!lines.is_empty() && lines.iter().all(|line| !line.text.contains('\n')), "{text:?}");
    }
    spreadsheet(text);
}

/// What is shown are the characters that were written, each as often.
fn is_permutation(text: &str) {
    // By itself between right-to-left letters a bracket turns; its two forms count as one.
    let both_forms = |c: char| {
        let turned = visual_order(&format!("\u{202E}{c}"));
        turned.chars().next().map_or(c, |turned| turned.min(c))
    };
    let sorted = |text: &str| {
        let is_drawn = |c: &char| !visual_order(&c.to_string()).is_empty();
        let mut letters: Vec<char> = text.chars().filter(is_drawn).map(both_forms).collect();
        letters.sort_unstable();
        letters
    };
    assert_eq!(sorted(&visual_order(text)), sorted(text), "{text:?}");
}

/// A text in a cell: no spreadsheet takes it for a formula, nor for more than one cell.
fn spreadsheet(text: &str) {
    // The reader that judges takes that away from the beginning of a file.
    let text = text.trim_start_matches('\u{FEFF}');
    let cell = no_formula(text);
    assert!(cell.ends_with(text) && !cell.starts_with(['=', '+', '@', '\t', '\r']), "{text:?}");
    let line = tab_separated([no_formula(text), "x".into()]);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b'\t').has_headers(false).from_reader(line.as_bytes());
    let record = reader.records().next().expect("a line is there").expect("it is a table");
    assert_eq!(record.iter().collect::<Vec<_>>(), [&*cell, "x"], "{text:?}");
}

/// A text that is looked for among names.
pub fn search(text: &str) {
    let mut names = SearchIndex::default();
    names.add(["Saraqib", "سراقب", text], 3, None);
    names.add(["Idlib"], 1, Some(LonLat::new(36.6, 35.9)));
    for part in matched_parts("Jisr ash-Shughur جسر الشغور", text) {
        assert!(
            "Jisr ash-Shughur جسر الشغور".get(part.clone()).is_some_and(|part| !part.is_empty()),
            "{text:?} {part:?}"
        );
    }
    for part in matched_parts(text, "saraqib idlib 5") {
        assert!(text.get(part).is_some_and(|part| !part.is_empty()), "{text:?}");
    }
    let _ = is_said_in(text, "Saraqib and Idlib");
    assert_eq!(is_same_name(text, "Saraqib"), is_same_name("Saraqib", text), "{text:?}");
    let Some(query) = SearchQuery::new(text) else { return };
    let found = names.find(&query, LonLat::new(36.6, 35.9), 5);
    assert!(found.best.len() <= 5);
}

/// A saved session at `path`: as far as it is read, it is brought back, and kept as it is.
pub fn session(path: &Path) {
    let file = LastSessionFile::at(path);
    let Ok(Some(read)) = file.read() else { return };
    let scale = read.session.settings.interface_scale;
    assert!((0.1..=10.0).contains(&scale), "{scale}");
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    // Their files would be read on other threads.
    let mut saved = read.session.clone();
    saved.layers.retain(|layer| layer.file.is_none());
    session.bring_back(saved);
    let kept = session.to_saved();
    assert!(
        kept.view.is_some_and(|(at, zoom)| at.lat_deg.abs() <= 90.0 && zoom.is_finite()),
        "{:?}",
        kept.view
    );
    file.write(&read.session).expect("the folder is there");
    let again = file.read().expect("it was just written").expect("it is there");
    assert!(again.trouble.is_none() && again.session == read.session, "{:?}", read.session);
}

/// What stands between map, log and data in the parts of a project.
const PART_END: u8 = 0x1E;
/// What is written in place of the hash of the data, and of the last line of the log.
const HASHES: [&str; 2] = ["$DATA", "$HEAD"];

/// Bytes as a project at `path`: the file itself, or its map, its log and its data, each behind a [`PART_END`], put together
/// and sealed. What opens is what it was after another saving, and a byte that is changed then is found.
pub fn project(bytes: &[u8], path: &Path) {
    let parts: Vec<&[u8]> = bytes.split(|&byte| byte == PART_END).collect();
    match parts[..] {
        [_, document, log, data] => std::fs::write(path, sealed_project(document, log, data)),
        _ => std::fs::write(path, bytes),
    }
    .expect("the folder is there");
    let read = match read_project(path, None) {
        Ok(read) => read,
        Err(error) => {
            let file = path.file_name().and_then(|name| name.to_str()).expect("it has a name");
            assert!(error.to_string().contains(file), "{error}");
            assert!(verify_project(path, None).is_err());
            return;
        }
    };
    let looked_through = verify_project(path, None).expect("it was just read");
    assert!(read.troubles.iter().all(|trouble| looked_through.faults.contains(trouble)));

    let OpenedProject { mut document, log, data, .. } = read.project;
    document.log_head = log.head();
    let data: Vec<(String, SourceBytes)> = data.into_iter().collect();
    let snapshot = ProjectSnapshot { document, log, data, withheld: Vec::new() };
    let seal = write_project(path, &snapshot, None, &Replaces::AnyProject).expect("the folder is there");
    let again = read_project(path, None).expect("it was just written");
    assert!(again.seal == seal);
    if read.troubles.is_empty() {
        assert_eq!(again.troubles, Vec::<String>::new());
        assert_eq!(verify_project(path, None).expect("it is there").faults, Vec::<String>::new());
    }
    assert_eq!(again.project.document, snapshot.document);
    assert_eq!(again.project.log.text(), snapshot.log.text());
    assert!(snapshot.data.iter().all(|(sha256, _)| again.project.data.contains_key(sha256)));

    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    // Their files would be read on other threads.
    let mut opened = again.project;
    opened.document.layers.retain(|layer| layer.source.is_none() && layer.shown.file.is_none());
    session.open_project(opened);
    let kept = session.to_project(Purpose::Save).document;
    assert!(
        kept.view.is_some_and(|(at, zoom)| at.lat_deg.abs() <= 90.0 && zoom.is_finite()),
        "{:?}",
        kept.view
    );

    let mut written = std::fs::read(path).expect("it was just read");
    let at = bytes.iter().fold(0_usize, |sum, &byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
    let at = at % written.len();
    written[at] ^= 1;
    std::fs::write(path, written).expect("the folder is there");
    assert!(verify_project(path, None).map_or(true, |found| !found.faults.is_empty()), "byte {at}");
}

/// A project file of what it holds, with the hashes written in.
fn sealed_project(document: &[u8], log: &[u8], data: &[u8]) -> Vec<u8> {
    let data_hash = hex_sha256(data);
    let with_hash = |text: &[u8], hash: &str, name: &str| String::from_utf8_lossy(text).replace(name, hash);
    let log = with_hash(log, &data_hash, HASHES[0]);
    let last_line = log.split_terminator('\n').next_back();
    let head = last_line.map_or_else(|| "0".repeat(64), |line| hex_sha256(line.as_bytes()));
    let document = with_hash(document, &data_hash, HASHES[0]).replace(HASHES[1], &head);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let held = format!("data/{data_hash}");
    for (name, content) in [
        ("mimetype", MIME_TYPE.as_bytes()),
        ("project.json", document.as_bytes()),
        ("log.jsonl", log.as_bytes()),
        (held.as_str(), data),
    ] {
        let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        archive.start_file(name, plain).expect("memory can be written to");
        archive.write_all(content).expect("memory can be written to");
    }
    const SEAL: &str = "sitmap sha256:";
    archive.set_comment(format!("{SEAL}{}", "0".repeat(64))).expect("it is short");
    let mut bytes = archive.finish().expect("memory can be written to").into_inner();
    let end = bytes.len() - 64;
    let seal = hex_sha256(&bytes[..end]);
    bytes[end..].copy_from_slice(seal.as_bytes());
    bytes
}
