//! What somebody might do who does anything at all: a number decides, and the same seed decides the same.

use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui::{Key, Modifiers, Vec2, pos2, vec2};
use sitmap::coords::{Extent, LonLat, ScreenPos, Viewport, WorldPos, WorldRect, world_from_lon_lat};
use sitmap::index::{Filter, People, SortDirection, Subject, TimeScale};
use sitmap::session::{
    Basemap, Command, CopiedRows, CopyForm, CopyRequest, FeatureRef, FilterCommand, Keeping, LayerCopy,
    LayerId, Notice, Panel, PlaceMark, PointerHit, ProjectRequest, Request, RowSort, Secret, Session,
    SituationFilter, TableColumn, TableCommand, ThemeChoice, TimeCommand, TimeMode, UnsavedAnswer, ValuesOf,
};
use sitmap::situation::{CoarseGrid, EventField, EventMapping};
use sitmap::source::TableSettings;
use sitmap::symbology::PointsAs;

/// Numbers that look random: xorshift64*.
#[derive(Debug)]
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        // A seed of nothing would give nothing for ever.
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() >> 16) as usize % end.max(1)
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn yes(&mut self) -> bool {
        self.below(2) == 0
    }

    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// One thing that is done.
#[derive(Debug, Clone)]
pub enum Action {
    Command(Box<Command>),
    /// Of what the accessibility tree names, the n-th: left, or with the other button.
    ClickNamed {
        nth: usize,
        secondary: bool,
    },
    /// In parts of the window.
    ClickAt {
        at: Vec2,
        secondary: bool,
    },
    Drag {
        from: Vec2,
        to: Vec2,
    },
    Wheel {
        at: Vec2,
        by: Vec2,
        modifiers: Modifiers,
    },
    Press(Key, Modifiers),
    Type(String),
    Paste(String),
    Copy,
    Drop(Vec<PathBuf>),
    Resize {
        points: Vec2,
        pixels_per_point: f32,
    },
    /// So many frames in which nobody does anything.
    Wait(usize),
    /// Of project files.
    Project(ProjectRequest),
    /// As if the program had ended here, and was started again beside its copy.
    CrashAndComeBack,
}

/// Files good and bad.
#[derive(Debug)]
pub struct Files {
    pub folder: PathBuf,
    pub layers: Vec<PathBuf>,
    /// Those of them with most in them.
    pub fullest: Vec<PathBuf>,
}

const EVENTS: &str = "code,event_date,place,lat,lon,kind,killed,source\n\
    x1,2018-09-03,Jisr,35.81,36.31,shelling,2,=cmd\nx2,2018-09-08,سراقب,35.86,36.80,air strike,,A; B\n\
    x3,2018-09,Hama,35.13,36.75,clash,-1,\nx4,never,?,95,400,,1e9,C\nx5,2018-09-04?,Hass,35.6,36.6,strike,3,D\n";
pub const AREAS: &str = r#"{"type":"FeatureCollection","features":[
    {"type":"Feature","id":1,"properties":{"name":"لواء","n":1,"when":"2018-09-01/2018-09-10"},
     "geometry":{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36,36],[36,35]]]}},
    {"type":"Feature","properties":null,"geometry":{"type":"LineString","coordinates":[[36,35],[36.5,35.5],[179,-80]]}},
    {"type":"Feature","properties":{"name":"\u202egnp.exe","n":"two"},"geometry":null},
    {"type":"Feature","properties":{"a":{"b":[1,2]}},"geometry":{"type":"Polygon","coordinates":[[[0,0]]]}}]}"#;

impl Files {
    /// Writes them.
    pub fn write(folder: &Path) -> Self {
        let many = |count: usize| {
            let row = |n: usize| {
                let (lon, lat) = (35.5 + (n % 211) as f64 * 0.01, 35.0 + (n % 97) as f64 * 0.01);
                format!("{n},{lat},{lon},2018-{:02}-{:02},kind {}\n", n % 12 + 1, n % 28 + 1, n % 7)
            };
            "n,lat,lon,date,kind\n".to_owned() + &(0..count).map(row).collect::<String>()
        };
        let utf16 = EVENTS.encode_utf16().flat_map(u16::to_le_bytes);
        let files: Vec<(&str, Vec<u8>)> = vec![
            ("events.csv", EVENTS.into()),
            ("areas.geojson", AREAS.into()),
            ("many.csv", many(20_000).into()),
            ("more.csv", many(60_000).into()),
            ("cut.geojson", AREAS.as_bytes()[..AREAS.len() / 2].into()),
            ("empty.geojson", Vec::new()),
            ("noise.csv", (0..5_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect()),
            ("utf16.csv", [0xFF, 0xFE].into_iter().chain(utf16).collect()),
            ("deep.geojson", "[".repeat(100_000).into()),
            ("not_a_pack.pmtiles", b"PMTiles\x03 and then nothing".into()),
            ("not_a_project.sitmap", b"PK\x03\x04 and then nothing".into()),
            ("lines.ndjson", AREAS.lines().skip(1).collect::<Vec<_>>().join("\n").into()),
        ];
        let fullest = ["events.csv", "areas.geojson", "many.csv", "more.csv", "noise.csv"]
            .map(|name| folder.join(name));
        let mut layers: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
        for (path, (_, bytes)) in layers.iter().zip(&files) {
            fs::write(path, bytes).expect("the temporary folder can be written");
        }
        layers.extend([folder.to_owned(), folder.join("gone.geojson")]);
        Self { folder: folder.to_owned(), layers, fullest: fullest.to_vec() }
    }

    /// Where a project may be saved or opened; one of them lies in no folder.
    pub fn project(&self, numbers: &mut Numbers) -> PathBuf {
        self.folder.join(numbers.one_of(&["a.sitmap", "b.sitmap", "c.sitmap", "no/such/folder.sitmap"]))
    }
}

const TEXTS: [&str; 16] = [
    "Saraqib",
    "سراقب",
    "killed >= 1",
    "date in 2018-09-01..2018-09-08",
    "\u{202e}txt.exe\u{202c}",
    "a\u{0}b\tc\r\nd",
    "😀👩‍👩‍👧‍👦 ﷽",
    "2018-09-08",
    "35.8 N, 36.3 E",
    "37S BV 12345 67890",
    "999999999999999999999999",
    "   ",
    "<b>&amp;</b>",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}",
    "-1e400",
    "لا إله الا الله 2018–09–08 (35.5)",
];
/// What is asked for of the interface's size; the settings allow a part of it.
pub const SMALLEST_SCALE: f32 = 0.5;
/// The same at the other end.
pub const LARGEST_SCALE: f32 = 2.5;
/// The longest that is pasted, so many times.
pub const LONGEST_TEXT: &str = "\u{feff}{\"type\":\"Feature\",";
pub const LONGEST_TIMES: usize = 1_000;
const FILTERS: [&str; 20] = [
    "killed >= 1",
    "killed >= 100000",
    "weapon = \"air strike\"",
    "date in 2018-09-01..2018-09-08",
    "not (killed is unknown)",
    "name_en is unknown",
    "kind ~ \"str\" or place ~ \"a\"",
    "n > 10000",
    "n = \"two\"",
    "lat < 35.5 and lon > 36",
    "actor in (\"x\", \"y\")",
    "((((",
    "killed >=",
    "= = =",
    "\"unclosed",
    "within \"Control\"",
    "grade = confirmed",
    "possible",
    "1",
    "not not not killed < 3",
];
const TOKENS: [&str; 18] = [
    "and",
    "or",
    "not",
    "(",
    ")",
    "killed",
    "date",
    "kind",
    "n",
    "=",
    "<",
    ">=",
    "~",
    "2018-09-08",
    "\"سراقب\"",
    "7",
    "is unknown",
    "in",
];
const KEYS: [Key; 30] = [
    Key::Escape,
    Key::Escape,
    Key::Enter,
    Key::Tab,
    Key::Space,
    Key::Backspace,
    Key::Delete,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
    Key::F1,
    Key::Plus,
    Key::Minus,
    Key::A,
    Key::C,
    Key::F,
    Key::G,
    Key::H,
    Key::K,
    Key::L,
    Key::M,
    Key::S,
    Key::T,
    Key::Y,
    Key::Z,
];
const MODIFIERS: [Modifiers; 5] =
    [Modifiers::NONE, Modifiers::NONE, Modifiers::COMMAND, Modifiers::SHIFT, Modifiers::ALT];

/// The next thing that is done. Wide windows and whole maps come back often enough.
pub fn next_action(numbers: &mut Numbers, session: &Session, files: &Files) -> Action {
    let at = |numbers: &mut Numbers| vec2(numbers.between(0.0, 1.0) as f32, numbers.between(0.0, 1.0) as f32);
    match numbers.below(100) {
        0..36 => Action::Command(Box::new(random_command(numbers, session, files))),
        36..58 => Action::ClickNamed { nth: numbers.below(1 << 20), secondary: numbers.one_in(8) },
        58..66 => Action::ClickAt { at: at(numbers), secondary: numbers.one_in(6) },
        66..70 => Action::Drag { from: at(numbers), to: at(numbers) },
        70..75 => {
            let by = vec2(0.0, numbers.between(-3.0, 3.0) as f32);
            Action::Wheel { at: at(numbers), by, modifiers: *numbers.one_of(&MODIFIERS) }
        }
        75..82 => Action::Press(*numbers.one_of(&KEYS), *numbers.one_of(&MODIFIERS)),
        82..87 => Action::Type(text(numbers)),
        87..89 => Action::Paste(pasted(numbers)),
        89 => Action::Copy,
        90..92 => {
            Action::Drop((0..=numbers.below(2)).map(|_| numbers.one_of(&files.layers).clone()).collect())
        }
        92 => {
            let sizes = [
                [1280.0, 800.0],
                [1600.0, 1000.0],
                [420.0, 600.0],
                [320.0, 240.0],
                [2200.0, 500.0],
                [700.0, 1400.0],
            ];
            let [width, height] = *numbers.one_of(&sizes);
            Action::Resize {
                points: vec2(width, height),
                pixels_per_point: *numbers.one_of(&[1.0, 1.0, 1.5, 2.0]),
            }
        }
        93..97 => Action::Wait(numbers.below(6)),
        97..99 => Action::Project(project_request(numbers, files)),
        _ if numbers.one_in(8) => copy_of_layer(numbers, session),
        _ if numbers.one_in(12) => Action::CrashAndComeBack,
        _ => Action::Command(Box::new(Command::Undo)),
    }
}

fn text(numbers: &mut Numbers) -> String {
    match numbers.below(4) {
        0 => filter_text(numbers),
        _ => (*numbers.one_of(&TEXTS)).to_owned(),
    }
}

fn filter_text(numbers: &mut Numbers) -> String {
    match numbers.below(3) {
        0 => (0..numbers.below(8)).map(|_| *numbers.one_of(&TOKENS)).collect::<Vec<_>>().join(" "),
        _ => (*numbers.one_of(&FILTERS)).to_owned(),
    }
}

fn pasted(numbers: &mut Numbers) -> String {
    match numbers.below(5) {
        0 => EVENTS.to_owned(),
        1 => AREAS.to_owned(),
        2 => AREAS.chars().take(numbers.below(AREAS.chars().count())).collect(),
        3 => LONGEST_TEXT.repeat(LONGEST_TIMES),
        _ => text(numbers),
    }
}

fn copy_of_layer(numbers: &mut Numbers, session: &Session) -> Action {
    let rows = [CopiedRows::All, CopiedRows::Shown, CopiedRows::Selected];
    let cell_m = *numbers.one_of(&[100, 5_000, 500_000]);
    let copy = LayerCopy {
        layer: layer(numbers, session),
        rows: *numbers.one_of(&rows),
        form: *numbers.one_of(&CopyForm::ALL),
        coarse: CoarseGrid::of_cells(cell_m)
            .filter(|_| numbers.yes())
            .map(|grid| (grid, *numbers.one_of(&rows))),
    };
    let request = if numbers.one_in(4) { CopyRequest::Stop } else { CopyRequest::ChooseWhere(copy) };
    Action::Command(Box::new(Command::Ask(Request::Copy(request))))
}

fn project_request(numbers: &mut Numbers, files: &Files) -> ProjectRequest {
    let secret = |numbers: &mut Numbers| Secret((*numbers.one_of(&["", "one", "two"])).to_owned());
    match numbers.below(40) {
        0..8 => ProjectRequest::Save,
        8..16 => ProjectRequest::SaveTo(files.project(numbers)),
        16..22 => ProjectRequest::Open {
            path: files.project(numbers),
            then: files.layers.iter().take(numbers.below(2)).cloned().collect(),
        },
        22 => ProjectRequest::Protect(numbers.yes().then(|| secret(numbers))),
        23..25 => ProjectRequest::Protect(None),
        25..27 => ProjectRequest::OpenWith(secret(numbers)),
        27 => ProjectRequest::LeaveClosed,
        28 => ProjectRequest::Close,
        29 => ProjectRequest::Quit,
        30..34 => ProjectRequest::Unsaved(*numbers.one_of(&[
            UnsavedAnswer::Save,
            UnsavedAnswer::Lose,
            UnsavedAnswer::Stay,
        ])),
        34 => ProjectRequest::Recover,
        35 => ProjectRequest::DiscardRecovered,
        36 => ProjectRequest::RecoverLater,
        37 => ProjectRequest::ExportLogTo(
            files.folder.join(numbers.one_of(&["log.json", "log.html", "no/log"])),
        ),
        38 => ProjectRequest::ChooseWhereToSave,
        _ => ProjectRequest::ChooseToOpen,
    }
}

fn layer(numbers: &mut Numbers, session: &Session) -> LayerId {
    let all: Vec<LayerId> = session.catalogue().bottom_up().map(|entry| entry.id).collect();
    // Sometimes one that is gone, or never was.
    if all.is_empty() || numbers.one_in(12) { LayerId(numbers.next() % 400) } else { *numbers.one_of(&all) }
}

fn users_layer(numbers: &mut Numbers, session: &Session) -> LayerId {
    let users = session.catalogue().bottom_up().filter(|entry| entry.origin_key().is_none());
    let users: Vec<LayerId> = users.map(|entry| entry.id).collect();
    if users.is_empty() { layer(numbers, session) } else { *numbers.one_of(&users) }
}

/// A row of a layer that has any; no panel and no list knows of another.
fn feature(numbers: &mut Numbers, session: &Session) -> Option<FeatureRef> {
    let layer = layer(numbers, session);
    let rows = session.content(layer)?.data()?.features.len();
    (rows > 0).then(|| FeatureRef { layer, row: numbers.below(rows) })
}

fn lon_lat(numbers: &mut Numbers) -> LonLat {
    match numbers.one_in(10) {
        true => LonLat::new(numbers.between(-180.0, 180.0), numbers.between(-90.0, 90.0)),
        false => LonLat::new(numbers.between(35.4, 37.6), numbers.between(34.9, 36.7)),
    }
}

fn world(numbers: &mut Numbers) -> WorldPos {
    world_from_lon_lat(lon_lat(numbers))
}

fn hit(numbers: &mut Numbers) -> PointerHit {
    PointerHit { at: world(numbers), tolerance_world: numbers.between(0.0, 1e-5) }
}

fn situation_filter(numbers: &mut Numbers) -> SituationFilter {
    let filter = filter_text(numbers).parse::<Filter>().unwrap_or_default();
    let area = numbers.one_in(4).then(|| (0..numbers.below(6)).map(|_| lon_lat(numbers)).collect());
    SituationFilter { filter, area }
}

fn column(numbers: &mut Numbers, session: &Session, layer: LayerId) -> TableColumn {
    let data = session.content(layer).and_then(|content| content.data());
    let names: Vec<String> =
        data.iter().flat_map(|data| data.features.columns()).map(|column| column.name.clone()).collect();
    match names.is_empty() || numbers.one_in(6) {
        true => TableColumn::Title,
        false => TableColumn::Of(numbers.one_of(&names).clone()),
    }
}

fn subject(numbers: &mut Numbers) -> Subject {
    match numbers.below(4) {
        0 => Subject::People(People::Killed),
        1 => Subject::Column("n".to_owned()),
        _ => Subject::Field(*numbers.one_of(EventField::ALL)),
    }
}

fn name(numbers: &mut Numbers) -> String {
    (*numbers.one_of(&["one", "two", "ثلاثة", "", "\u{202e}four"])).to_owned()
}

fn random_command(numbers: &mut Numbers, session: &Session, files: &Files) -> Command {
    match numbers.below(10) {
        0..4 => layer_command(numbers, session, files),
        4..7 => view_command(numbers, session),
        7 => settings_command(numbers, files),
        8 => time_command(numbers, session),
        _ => match numbers.below(8) {
            0..3 => Command::Undo,
            3..5 => Command::Redo,
            5..7 => Command::DismissNotice,
            _ => Command::ShowNotice(Notice::info(text(numbers))),
        },
    }
}

fn layer_command(numbers: &mut Numbers, session: &Session, files: &Files) -> Command {
    let layer = layer(numbers, session);
    match numbers.below(30) {
        0..3 => Command::OpenFiles(
            (0..=numbers.below(2)).map(|_| numbers.one_of(&files.layers).clone()).collect(),
        ),
        3 => Command::PasteGeoJson(pasted(numbers)),
        4..6 => Command::CancelLoading(users_layer(numbers, session)),
        6..11 => Command::RemoveLayer(users_layer(numbers, session)),
        11 => Command::RemoveLayer(layer),
        12..14 => Command::SetLayerVisible { layer, visible: numbers.below(3) > 0 },
        14 => Command::SetLayerOpacity { layer, opacity: numbers.between(-0.5, 1.5) as f32 },
        15 => Command::SetLayerPoints {
            layer,
            points_as: *numbers.one_of(&[
                PointsAs::Symbols,
                PointsAs::Clusters,
                PointsAs::HeatMap,
                PointsAs::Hexagons,
            ]),
        },
        16 => Command::MoveLayer { layer, to_place: numbers.below(40) },
        17 => Command::RenameLayer { layer, title: text(numbers) },
        18 => Command::SetLayerGroup { layer, group: numbers.yes().then(|| name(numbers)) },
        19..22 => {
            let filter = filter_text(numbers).parse().ok();
            Command::SetFilter { layer, filter: filter.filter(|_| numbers.below(3) > 0) }
        }
        22 => {
            let mut mapping = EventMapping::default();
            for field in [EventField::Date, EventField::Place, EventField::KilledBest] {
                if let TableColumn::Of(name) = column(numbers, session, layer) {
                    mapping.set(field, vec![name]);
                }
            }
            Command::SetEventMapping { layer, mapping: numbers.yes().then_some(mapping) }
        }
        23 => Command::SetTableSettings {
            layer: users_layer(numbers, session),
            settings: table_settings(numbers),
        },
        24 => Command::SetKeeping(Keeping { data: numbers.yes(), paths: numbers.yes() }),
        25 => Command::SetGroupVisible { group: name(numbers), visible: numbers.yes() },
        26 => Command::ChooseLayer(numbers.below(4).gt(&0).then_some(layer)),
        27 => Command::ZoomToLayer(layer),
        _ => Command::Table(table_command(numbers, session, layer)),
    }
}

fn table_settings(numbers: &mut Numbers) -> TableSettings {
    let texts =
        ["{}", r#"{"delimiter":"semicolon"}"#, r#"{"encoding":"windows-1256"}"#, r#"{"decimal":"comma"}"#];
    serde_json::from_str(numbers.one_of::<&str>(&texts)).unwrap_or_default()
}

fn table_command(numbers: &mut Numbers, session: &Session, layer: LayerId) -> TableCommand {
    let column = column(numbers, session, layer);
    let direction = *numbers.one_of(&[SortDirection::Ascending, SortDirection::Descending]);
    match numbers.below(9) {
        0..3 => TableCommand::SortBy {
            layer,
            sort: numbers.below(4).gt(&0).then(|| RowSort::by(column, direction)),
        },
        3 => TableCommand::StopSorting,
        4 => TableCommand::SetHeight(numbers.between(-10.0, 3_000.0) as f32),
        5 => TableCommand::SetColumnWidth { layer, column, width: numbers.between(-10.0, 3_000.0) as f32 },
        6 => TableCommand::SetColumnShown { layer, column, shown: numbers.yes() },
        7 => TableCommand::MoveColumn { layer, before: numbers.yes().then(|| column.clone()), column },
        _ => match column {
            TableColumn::Of(name) => TableCommand::LookAtColumn(Some((layer, name))),
            TableColumn::Title if numbers.yes() => TableCommand::ResetColumns(layer),
            TableColumn::Title => TableCommand::LookAtColumn(None),
        },
    }
}

fn view_command(numbers: &mut Numbers, session: &Session) -> Command {
    let Some(feature) = feature(numbers, session) else { return Command::ClearSelection };
    match numbers.below(30) {
        0 => {
            let size = session.viewport().size_points;
            Command::SetViewport(Viewport::new(lon_lat(numbers), numbers.between(1.0, 20.0), size))
        }
        1..3 => Command::GoHome,
        3 => {
            let corners = [lon_lat(numbers), lon_lat(numbers)];
            Extent::of_points(corners).map_or(Command::GoHome, Command::FitExtent)
        }
        4 => Command::CenterOn(lon_lat(numbers)),
        5 => {
            let anchor =
                ScreenPos { x: numbers.between(0.0, 900.0) as f32, y: numbers.between(0.0, 700.0) as f32 };
            Command::ZoomAt { anchor: numbers.yes().then_some(anchor), steps: numbers.between(-3.0, 3.0) }
        }
        6 => Command::PanBy {
            right: numbers.between(-1.0, 1.0) as f32,
            down: numbers.between(-1.0, 1.0) as f32,
        },
        7 => Command::SaveView(name(numbers)),
        8 => Command::GoToView(name(numbers)),
        9 => Command::DeleteView(name(numbers)),
        10 => Command::HoverAt(numbers.yes().then(|| hit(numbers))),
        11 => Command::HoverFeature(numbers.yes().then_some(feature)),
        12..14 => Command::IdentifyAt(hit(numbers)),
        14 => Command::SelectFeature(feature),
        15 => Command::ShowFeature(feature),
        16 => Command::RevealFeature(feature),
        17 => Command::ChooseStatement { statement: feature, features: vec![feature, feature] },
        18 => {
            let (a, b) = (world(numbers), world(numbers));
            Command::SelectInBox(WorldRect {
                min: WorldPos { x: a.x.min(b.x), y: a.y.min(b.y) },
                max: WorldPos { x: a.x.max(b.x), y: a.y.max(b.y) },
            })
        }
        19 => {
            let at = lon_lat(numbers);
            Command::ShowPlace(PlaceMark { title: text(numbers), title_ar: None, at, rank: 1 })
        }
        20 => Command::NextHit,
        21 => Command::PreviousHit,
        22 => Command::ClearSelection,
        23 => Command::PrepareSearch,
        24 => Command::StartMeasuring(lon_lat(numbers)),
        25 => Command::AddMeasurePoint(lon_lat(numbers)),
        26 => Command::StopMeasuring,
        27 => Command::StartDrawingArea,
        28 => Command::AddAreaCorner(lon_lat(numbers)),
        _ if numbers.yes() => Command::EndDrawingArea,
        _ => Command::StopDrawingArea,
    }
}

fn settings_command(numbers: &mut Numbers, files: &Files) -> Command {
    match numbers.below(12) {
        0 => {
            Command::SetTheme(*numbers.one_of(&[ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::System]))
        }
        1 => Command::SetSystemDark(numbers.yes()),
        2 => Command::SetInterfaceScale(
            numbers.between(f64::from(SMALLEST_SCALE), f64::from(LARGEST_SCALE)) as f32
        ),
        3 => Command::SetWorkOffline(numbers.yes()),
        4 => Command::AnswerOnlineNote { online: numbers.yes() },
        5 => Command::SetBasemap(match numbers.below(4) {
            0 => Basemap::OpenStreetMap,
            1 => Basemap::Pack { path: files.folder.join("not_a_pack.pmtiles") },
            // A port of this machine at which nobody answers.
            2 => Basemap::Xyz {
                template: "http://127.0.0.1:9/{z}/{x}/{y}.png".to_owned(),
                attribution: text(numbers),
            },
            _ => Basemap::Bundled,
        }),
        6 => Command::SetAllPrecisionCircles(numbers.yes()),
        7 => Command::SetReducedMotion(numbers.yes()),
        8 => Command::SetTimeZone(
            (*numbers.one_of(&["Asia/Damascus", "UTC", "Nowhere/At_All", "Pacific/Apia"])).to_owned(),
        ),
        9 => Command::SetRememberFiles(numbers.yes()),
        _ => {
            let panels = [
                Panel::Layers,
                Panel::Details,
                Panel::Legend,
                Panel::Timeline,
                Panel::Table,
                Panel::FilterBar,
            ];
            Command::SetPanelOpen { panel: *numbers.one_of(&panels), open: numbers.below(4) > 0 }
        }
    }
}

fn time_command(numbers: &mut Numbers, session: &Session) -> Command {
    // September 2018, and now and then any time at all.
    let start = match numbers.one_in(10) {
        true => numbers.next() as i32 / 4,
        false => 25_602_000 + numbers.below(60 * 1440) as i32,
    };
    let window = numbers.below(3).gt(&0).then(|| start..start + 1 + numbers.below(40 * 1440) as i32);
    let scales = [TimeScale::Hour, TimeScale::Day, TimeScale::Week, TimeScale::Month, TimeScale::Year];
    let time = match numbers.below(12) {
        0..3 => TimeCommand::SetWindow(window),
        3 => TimeCommand::SetAxis(window),
        4 => TimeCommand::SetMode(*numbers.one_of(&TimeMode::ALL)),
        5 => TimeCommand::Step(numbers.below(9) as i32 - 4),
        6 => TimeCommand::SetUnit(*numbers.one_of(&scales)),
        7 => TimeCommand::SetSpeed(numbers.between(-1.0, 50.0) as f32),
        8 => TimeCommand::SetPlaying(numbers.yes()),
        9 => TimeCommand::GroupBy(*numbers.one_of(EventField::ALL)),
        10 => {
            let subject = subject(numbers);
            return Command::CountValues(match numbers.below(3) {
                0 => ValuesOf::Events(subject),
                1 => ValuesOf::Layer(layer(numbers, session), subject),
                _ => ValuesOf::AllEvents(subject),
            });
        }
        _ => return Command::Filter(filter_command(numbers)),
    };
    if numbers.one_in(3) { Command::Filter(filter_command(numbers)) } else { Command::Time(time) }
}

fn filter_command(numbers: &mut Numbers) -> FilterCommand {
    match numbers.below(8) {
        0..4 => FilterCommand::Set(situation_filter(numbers)),
        4 => FilterCommand::Set(SituationFilter::default()),
        5 => FilterCommand::Save(name(numbers)),
        6 => FilterCommand::Use(name(numbers)),
        _ => FilterCommand::Delete(name(numbers)),
    }
}

/// The place in the window.
pub fn place(part: Vec2, size: Vec2) -> eframe::egui::Pos2 {
    pos2(part.x * size.x, part.y * size.y)
}

/// Short enough for a line of a log.
pub fn brief(action: &impl Debug) -> String {
    format!("{action:?}").chars().take(200).collect()
}
