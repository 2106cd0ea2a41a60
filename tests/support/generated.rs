//! Texts and files made of random bytes: for property tests, and for the seeds and dictionaries of the fuzz targets.
//!
//! Each is nearly what its reader expects: put together of the pieces that its format knows, with something else between
//! them now and then. Knows nothing of sitmap.

#![allow(dead_code, reason = "each of those who include this uses some of it")]

use arbitrary::{Result, Unstructured};

/// Letters and marks that text can have and programs stumble over.
#[rustfmt::skip]
const ODD: &[&str] = &[
    "\0", "\t", "\n", "\r\n", "\u{85}", "\u{A0}", "\u{AD}", "\u{300}", "\u{61C}", "\u{200D}", "\u{200F}", "\u{2028}",
    "\u{202E}", "\u{2066}", "\u{2069}", "\u{FE0F}", "\u{FEFF}", "\u{FFFD}", "\u{1F3F3}", "\u{E0041}", "é", "ß", "ك", "٣",
];

/// What JSON documents of features are made of.
#[rustfmt::skip]
pub const JSON: &[&str] = &[
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u00e9", "\\uD83D", "\\\"", "null", "true", "-0", "1e400", "36.5",
    "35.5", "-180", "90", "181", "1E-7", "\"type\"", "\"Feature\"", "\"FeatureCollection\"", "\"features\"",
    "\"geometry\"", "\"properties\"", "\"coordinates\"", "\"geometries\"", "\"id\"", "\"bbox\"", "\"crs\"", "\"Point\"",
    "\"LineString\"", "\"Polygon\"", "\"MultiPolygon\"", "\"GeometryCollection\"", "\u{1E}", "\n", "\"marker-color\"",
];

/// What the map and the log of a project are made of.
#[rustfmt::skip]
pub const PROJECT: &[&str] = &[
    "$DATA", "$HEAD", "\u{1E}", "{", "}", "[", "]", ",", ":", "\"", "null", "true", "false", "1", "-0.0", "1e308", "0.1",
    "\"format\"", "\"program\"", "\"keeping\"", "\"view\"", "\"views\"", "\"layers\"", "\"shown\"", "\"source\"",
    "\"bundled\"", "\"title\"", "\"filter\"", "\"opacity\"", "\"held\"", "\"sha256\"", "\"bytes\"", "\"time\"",
    "\"paths\"", "\"salt\"", "\"log_head\"", "\"number\"", "\"action\"", "\"imported\"", "\"saved\"", "\"previous\"",
];

/// What tables are made of.
#[rustfmt::skip]
pub const TABLE: &[&str] = &[
    ",", ";", "\t", "|", "\n", "\r\n", "\r", "\"", "\"\"", "date", "event_date", "event_type", "actor1", "fatalities",
    "latitude", "longitude", "lat", "lon", "geom_wkt", "where_prec", "date_prec", "best", "low", "high", "name", "notes",
    "easting", "northing", "zone", "#date+start", "#geo+lat", "#geo+lon", "#affected+killed", "35.5", "36,5", "1.234,5",
    "2018-09-08", "8/9/2018", "Saraqib", "سراقب", "POINT(36.5 35.5)", "37S BV 76999 29074", "35°28′48″ N", "4-9",
];

/// What well-known text is made of.
#[rustfmt::skip]
pub const WKT: &[&str] = &[
    "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION", "EMPTY",
    "SRID=4326;", "SRID=3857;", " Z", " M", " ZM", "(", ")", "((", "))", ",", " ", "36.5 35.5", "0 0", "1e400",
];

/// What dates are made of, spelled or in EDTF.
#[rustfmt::skip]
pub const DATES: &[&str] = &[
    "2018", "2018-09", "2018-09-08", "201X", "2018-XX", "2018-09-XX", "-0044", "/", "..", "?", "~", "%", "-", ".", " ",
    "T10:30", "T10:30:00Z", "+03:00", " UTC", " GMT", "10:30", "24:00", "am", " pm", "8", "09", "31", "September", "sept.",
    "mai", "août", "أيلول", "سبتمبر", "٢٠١٨", "٨", "20180908", "8/9/2018", "08.09.2018", ", ", "9999", "0000", "of", "le ",
    "1536364800",
];

/// What numbers of people are made of.
#[rustfmt::skip]
pub const FIGURES: &[&str] = &[
    "4", "9", "4-9", " – ", " to ", "between ", " and ", "at least ", "at most ", "more than ", "less than ", "about ",
    "+", "~", ">", "<", "≥", "none", "unknown", "4294967295", "1,234", "1.5", "٤", "ما لا يقل عن ",
];

/// What written positions are made of.
#[rustfmt::skip]
pub const POSITIONS: &[&str] = &[
    "35.4802", "36.542", "-", "+", ", ", " ", ";", "°", "′", "″", "'", "\"", "N", "S", "E", "W", "north", "lat", "lon",
    "35°28′48.72″", "36 32 31.2", "37", "37S", "BV", "76999", "29074", "37N 276999 mE 3929075 mN", "37S BV 76999 29074",
    "mE", "60", "84", "90", "180", "180.0000001", "35,48", "1e5",
];

/// What filters are made of.
#[rustfmt::skip]
pub const EXPRESSION: &[&str] = &[
    "killed", "injured", "killed.low", "date", "kind", "actor", "weapon", "note", "[odd name]", "[n]", "n", "word", "flag",
    "day", " = ", " != ", " < ", " <= ", " > ", " >= ", " ~ ", " in ", "..", "(", ")", ",", " is known", " is unknown",
    " and ", " or ", "not ", "inside ", "within ", " km of ", " m of ", "\"Areas\"", "\"no layer\"", "area", "5",
    "-0", "1e308", "0.1", "2018", "2018-09", "2018-09-08", "2018-09-04..2018-09-10", "\"air strike\"", "air_strike", "\"",
    "\\\"", "\\", "[", "]", "“", "”", "٥", "true", "false", "is", "unknown",
];

/// What text in several directions is made of.
#[rustfmt::skip]
pub const TEXT: &[&str] = &[
    "Saraqib", "سراقب", "إدلب", "قلعة", "(", ")", "[", "]", "«", "»", "<", ">", " ", "-", "/", "12", "٣٤", ".", ",", "%",
    "\u{200E}", "\u{200F}", "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}", "\u{2068}",
    "\u{2069}", "שלום", "لا", "\u{64B}", "=1+1", "\n",
];

/// What addresses and templates of addresses are made of.
#[rustfmt::skip]
pub const ADDRESS: &[&str] = &[
    "https://", "http://", "HTTP://", "javascript:", "file:///", "data:", "//", "/", "\\", "@", ":", "?", "#", ".", "%2F",
    "%00", "example.org", "airwars.org", "xn--irwars-2nf.org", "а", "tile.openstreetmap.org", "tile.osm.org", "127.0.0.1",
    "[::1]", "0x7f.1", "{z}", "{x}", "{y}", "{-y}", "{s}", ".png", ":8080", ":99999", "user:password@", "\u{202E}",
    "\u{200B}", "جسر", "key=secret", ";", " ",
];

/// What the headers of an answer are made of.
#[rustfmt::skip]
pub const HEADERS: &[&str] = &[
    "Cache-Control: ", "Expires: ", "Age: ", "Date: ", "Pragma: ", "Retry-After: ", "Last-Modified: ", "ETag: ", "Vary: ",
    "max-age=", "s-maxage=", "no-store", "no-cache", "must-revalidate", "immutable", "private", "stale-while-revalidate=",
    ", ", "\n", "0", "604800", "18446744073709551615", "-1", "Sun, 09 Sep 2018 12:00:00 GMT", "\"", "=",
];

/// What styles of vector maps are made of.
#[rustfmt::skip]
pub const STYLE: &[&str] = &[
    "{", "}", "[", "]", ",", ":", "\"version\":8", "\"layers\"", "\"id\"", "\"type\"", "\"fill\"", "\"line\"", "\"symbol\"",
    "\"background\"", "\"source-layer\"", "\"water\"", "\"roads\"", "\"paint\"", "\"layout\"", "\"fill-color\"",
    "\"line-color\"", "\"line-width\"", "\"line-dasharray\"", "\"fill-opacity\"", "\"text-field\"", "\"text-size\"",
    "\"filter\"", "\"all\"", "\"any\"", "\"==\"", "\"in\"", "\"has\"", "\"get\"", "\"class\"", "\"$type\"", "\"Polygon\"",
    "\"interpolate\"", "\"exponential\"", "\"linear\"", "\"zoom\"", "\"step\"", "\"match\"", "\"case\"", "\"coalesce\"",
    "\"#ff0000\"", "\"rgba(0,0,0,0.5)\"", "\"hsl(0,100%,50%)\"", "\"name\"", "1.5", "-1", "0", "true",
];

/// Pieces in any order, at most `most`, with something odd between them now and then.
pub fn pieces(u: &mut Unstructured<'_>, known: &[&str], most: usize) -> Result<String> {
    let mut text = String::new();
    for _ in 0..u.int_in_range(0..=most)? {
        match u.int_in_range(0..=15_u8)? {
            0 => text.push_str(u.choose(ODD)?),
            1 => text.push(u.arbitrary()?),
            2 => text.push_str(&u.int_in_range(-400..=400_i32)?.to_string()),
            _ => text.push_str(u.choose(known)?),
        }
    }
    Ok(text)
}

/// The bytes of a text with some of them changed or cut off: mostly none.
fn damaged(u: &mut Unstructured<'_>, text: String) -> Result<Vec<u8>> {
    let mut bytes = text.into_bytes();
    if bytes.is_empty() || !u.ratio(1, 4_u8)? {
        return Ok(bytes);
    }
    for _ in 0..u.int_in_range(1..=3_u8)? {
        let at = u.choose_index(bytes.len())?;
        bytes[at] = u.arbitrary()?;
    }
    if u.arbitrary()? {
        bytes.truncate(u.choose_index(bytes.len())?);
    }
    Ok(bytes)
}

fn number(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(match u.int_in_range(0..=9_u8)? {
        0 => (*u.choose(&["1e400", "-0", "1E-7", "00", "NaN", "\"36\"", "null", "181", "-90.5", "1e5"])?)
            .to_owned(),
        1 => u.arbitrary::<f64>()?.to_string(),
        _ => format!("{}", f64::from(u.int_in_range(-18_000..=18_000_i32)?) / 100.0),
    })
}

fn position(u: &mut Unstructured<'_>) -> Result<String> {
    let numbers = [number(u)?, format!("{}", f64::from(u.int_in_range(-9_000..=9_000_i32)?) / 100.0)];
    let height = if u.ratio(1, 8_u8)? { ",300" } else { "" };
    Ok(format!("[{}{height}]", numbers.join(",")))
}

fn list(u: &mut Unstructured<'_>, sizes: std::ops::RangeInclusive<usize>, item: Item) -> Result<String> {
    let count = u.int_in_range(sizes)?;
    let items: Result<Vec<String>> = (0..count).map(|_| item(u)).collect();
    Ok(format!("[{}]", items?.join(",")))
}

type Item = fn(&mut Unstructured<'_>) -> Result<String>;

fn ring(u: &mut Unstructured<'_>) -> Result<String> {
    let first = position(u)?;
    let positions: Result<Vec<String>> = (0..u.int_in_range(0..=5_u8)?).map(|_| position(u)).collect();
    let last = if u.ratio(7, 8_u8)? { first.clone() } else { position(u)? };
    Ok(format!(
        "[{first},{}{last}]",
        positions?.iter().map(|position| position.clone() + ",").collect::<String>()
    ))
}

fn rings(u: &mut Unstructured<'_>) -> Result<String> {
    list(u, 0..=2, ring)
}

fn line(u: &mut Unstructured<'_>) -> Result<String> {
    list(u, 0..=5, position)
}

fn geometry(u: &mut Unstructured<'_>, depth: usize) -> Result<String> {
    let kinds: [(&str, Item); 6] = [
        ("Point", position),
        ("MultiPoint", line),
        ("LineString", line),
        ("Polygon", rings),
        ("MultiLineString", |u| list(u, 0..=3, line)),
        ("MultiPolygon", |u| list(u, 0..=2, rings)),
    ];
    if depth < 3 && u.ratio(1, 12_u8)? {
        let parts: Result<Vec<String>> =
            (0..u.int_in_range(0..=2_u8)?).map(|_| geometry(u, depth + 1)).collect();
        return Ok(format!(r#"{{"type":"GeometryCollection","geometries":[{}]}}"#, parts?.join(",")));
    }
    if u.ratio(1, 12_u8)? {
        return Ok("null".to_owned());
    }
    let (name, coordinates) = u.choose(&kinds)?;
    let coordinates = coordinates(u)?;
    Ok(match u.arbitrary()? {
        true => format!(r#"{{"type":"{name}","coordinates":{coordinates}}}"#),
        false => format!(r#"{{"coordinates":{coordinates},"type":"{name}"}}"#),
    })
}

fn value(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(match u.int_in_range(0..=9_u8)? {
        0 => "null".to_owned(),
        1 => "true".to_owned(),
        2 | 3 => number(u)?,
        4 => format!("\"{}\"", pieces(u, DATES, 2)?.replace(['"', '\\', '\n', '\r', '\t', '\0'], "")),
        5 => r##""#ff0000""##.to_owned(),
        6 => pieces(u, JSON, 6)?,
        _ => format!(
            "\"{}\"",
            u.choose(&["a", "b", "سراقب", "2018-09-08", "2018-09-08T10:30:00Z", "4-9", ""])?
        ),
    })
}

fn properties(u: &mut Unstructured<'_>) -> Result<String> {
    const NAMES: [&str; 10] =
        ["name", "n", "date", "kind", "killed", "marker-color", "stroke-width", "fill-opacity", "", "type"];
    let mut members = Vec::new();
    for _ in 0..u.int_in_range(0..=4_u8)? {
        members.push(format!("\"{}\":{}", u.choose(&NAMES)?, value(u)?));
    }
    Ok(format!("{{{}}}", members.join(",")))
}

fn feature(u: &mut Unstructured<'_>) -> Result<String> {
    let id = match u.int_in_range(0..=3_u8)? {
        0 => format!("\"id\":{},", value(u)?),
        _ => String::new(),
    };
    let (properties, geometry) = (properties(u)?, geometry(u, 0)?);
    Ok(match u.int_in_range(0..=15_u8)? {
        0 => pieces(u, JSON, 12)?,
        1 => geometry,
        2 => format!(r#"{{{id}"geometry":{geometry},"properties":{properties},"type":"Feature"}}"#),
        3 => format!(r#"{{"type":"Feature",{id}"properties":{properties},"geometry":{geometry}"#),
        _ => format!(r#"{{"type":"Feature",{id}"properties":{properties},"geometry":{geometry}}}"#),
    })
}

/// A document of features, whole or damaged: a collection, a sequence, or what is neither.
pub fn document(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let features: Result<Vec<String>> = (0..u.int_in_range(0..=8_u8)?).map(|_| feature(u)).collect();
    let features = features?;
    let text = match u.int_in_range(0..=7_u8)? {
        0 => features.join("\n"),
        1 => features.iter().map(|feature| format!("\u{1E}{feature}\n")).collect(),
        2 => features.concat(),
        3 => pieces(u, JSON, 40)?,
        4 => format!(r#"{{"features":[{}],"type":"FeatureCollection"}}"#, features.join(" , ")),
        5 => format!(
            r#"{{"type":"FeatureCollection","crs":{{"properties":{{"name":"EPSG:3857"}}}},"features":[{}]}}"#,
            features.join(",\n")
        ),
        _ => format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")),
    };
    damaged(u, text)
}

/// A table, whole or damaged.
pub fn table(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    const COLUMNS: [(&str, &[&str]); 14] = [
        ("date", DATES),
        ("event_date", DATES),
        ("name", TEXT),
        ("killed", FIGURES),
        ("fatalities", FIGURES),
        ("latitude", &["35.5", "36,5", "35°28′48″ N", "-91", "x"]),
        ("longitude", &["36.5", "37,25", "36 32 31 E", "181", ""]),
        ("position", POSITIONS),
        ("geom_wkt", WKT),
        ("kind", &["air strike", "shelling", "Battles", "Explosions/Remote violence"]),
        ("actor1", &["a", "b; c", "Military Forces"]),
        ("date_prec", &["1", "2", "3", "day", "month"]),
        ("notes", TABLE),
        ("n", &["1", "2.5", "1.234,5", "1,234.5", "1e400", "NaN", "-"]),
    ];
    let delimiter = *u.choose(&[",", ";", "\t", "|"])?;
    let line_end = *u.choose(&["\n", "\r\n", "\r"])?;
    let columns: Result<Vec<_>> = (0..u.int_in_range(1..=6_u8)?).map(|_| u.choose(&COLUMNS)).collect();
    let columns = columns?;
    let mut text: String = if u.ratio(1, 8_u8)? { "\u{FEFF}".to_owned() } else { String::new() };
    if u.ratio(7, 8_u8)? {
        text += &columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(delimiter);
        text += line_end;
    }
    for _ in 0..u.int_in_range(0..=12_u8)? {
        let mut fields = Vec::new();
        for (_, known) in &columns {
            let field = if u.ratio(7, 8_u8)? { (*u.choose(known)?).to_owned() } else { pieces(u, known, 4)? };
            let quoted = field.contains(delimiter) && u.ratio(7, 8_u8)? || u.ratio(1, 16_u8)?;
            fields.push(if quoted { format!("\"{}\"", field.replace('"', "\"\"")) } else { field });
        }
        text += &fields.join(delimiter);
        text += line_end;
    }
    if u.ratio(1, 16_u8)? {
        text = pieces(u, TABLE, 60)?;
    }
    damaged(u, text)
}

/// Well-known text, or nearly.
pub fn wkt(u: &mut Unstructured<'_>) -> Result<String> {
    pieces(u, WKT, 16)
}

/// An EDTF date or a spelled one, or nearly.
pub fn date(u: &mut Unstructured<'_>) -> Result<String> {
    pieces(u, DATES, 5)
}

/// A number of people in words, or nearly.
pub fn figure(u: &mut Unstructured<'_>) -> Result<String> {
    pieces(u, FIGURES, 4)
}

/// A written position, or nearly.
pub fn written_position(u: &mut Unstructured<'_>) -> Result<String> {
    pieces(u, POSITIONS, 6)
}

fn condition(u: &mut Unstructured<'_>) -> Result<String> {
    const SUBJECTS: [&str; 12] = [
        "killed",
        "injured.low",
        "date",
        "kind",
        "actor",
        "note",
        "n",
        "word",
        "flag",
        "day",
        "[odd name]",
        "date.end",
    ];
    const VALUES: [&str; 12] = [
        "5",
        "0",
        "-1.5",
        "2018",
        "2018-09",
        "2018-09-08",
        "\"air strike\"",
        "shelling",
        "\"\"",
        "1e308",
        "true",
        "\"a\\\"b\"",
    ];
    let value = |u: &mut Unstructured<'_>| u.choose(&VALUES).copied();
    let subject = *u.choose(&SUBJECTS)?;
    Ok(match u.int_in_range(0..=9_u8)? {
        0 => pieces(u, EXPRESSION, 8)?,
        1 => format!("{subject} ~ {}", value(u)?),
        2 => format!("{subject} in {}..{}", value(u)?, value(u)?),
        3 => format!("{subject} in ({}, {})", value(u)?, value(u)?),
        4 => format!("{subject} is {}", u.choose(&["known", "unknown"])?),
        5 => format!("inside {}", u.choose(&["\"Areas\"", "area", "\"x\""])?),
        6 => format!("within {} km of \"Areas\"", value(u)?),
        _ => format!("{subject} {} {}", u.choose(&["=", "!=", "<", "<=", ">", ">="])?, value(u)?),
    })
}

/// A filter, or nearly.
pub fn expression(u: &mut Unstructured<'_>) -> Result<String> {
    let mut text = condition(u)?;
    for _ in 0..u.int_in_range(0..=5_u8)? {
        text = match u.int_in_range(0..=3_u8)? {
            0 => format!("not ({text})"),
            1 => format!("({text}) or {}", condition(u)?),
            2 => format!("{} and ({text})", condition(u)?),
            _ => format!("{text} and {}", condition(u)?),
        };
    }
    Ok(text)
}

/// Words in several directions.
pub fn words(u: &mut Unstructured<'_>) -> Result<String> {
    pieces(u, TEXT, 12)
}

/// An address, a template of addresses, or nearly.
pub fn address(u: &mut Unstructured<'_>) -> Result<String> {
    let start = *u.choose(&["https://", "http://", "https://tile.example.org/{z}/{x}/{y}.png", ""])?;
    Ok(format!("{start}{}", pieces(u, ADDRESS, 8)?))
}

/// The headers of an answer, a line each.
pub fn headers(u: &mut Unstructured<'_>) -> Result<String> {
    pieces(u, HEADERS, 16)
}

/// A style of vector maps, or nearly.
pub fn style(u: &mut Unstructured<'_>) -> Result<String> {
    let kind = *u.choose(&["fill", "line", "symbol", "background"])?;
    let expression = |u: &mut Unstructured<'_>| -> Result<String> {
        Ok(match u.int_in_range(0..=5_u8)? {
            0 => pieces(u, STYLE, 8)?,
            1 => r##""#ff0000""##.to_owned(),
            2 => r#"["interpolate",["linear"],["zoom"],0,1,12,["get","rank"]]"#.to_owned(),
            3 => r##"["match",["get","class"],"a","#000","#fff"]"##.to_owned(),
            4 => "2".to_owned(),
            _ => r#"["get","name"]"#.to_owned(),
        })
    };
    let names = ["fill-color", "fill-opacity", "line-color", "line-width", "line-dasharray", "text-color"];
    let paint = format!("\"{}\":{}", u.choose(&names)?, expression(u)?);
    let layout = format!("\"text-field\":{},\"text-size\":{}", expression(u)?, expression(u)?);
    let filter = *u.choose(&[
        r#"["==",["get","class"],"a"]"#,
        r#"["has","name"]"#,
        r#"["==","$type","Polygon"]"#,
        "[]",
    ])?;
    Ok(format!(
        r#"{{"version":8,"layers":[{{"id":"a","type":"{kind}","source-layer":"water","filter":{filter},"paint":{{{paint}}},"layout":{{{layout}}}}}]}}"#
    ))
}

fn push_varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn push_field(bytes: &mut Vec<u8>, number: u64, content: &[u8]) {
    push_varint(bytes, number << 3 | 2);
    push_varint(bytes, content.len() as u64);
    bytes.extend_from_slice(content);
}

/// A varint, mostly a small one.
fn small(u: &mut Unstructured<'_>, most: u64) -> Result<u64> {
    if u.ratio(1, 16_u8)? { u.arbitrary() } else { u.int_in_range(0..=most) }
}

fn tile_feature(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let mut commands = Vec::new();
    for _ in 0..u.int_in_range(0..=3_u8)? {
        let moves = [(1, 1), (2, u.int_in_range(1..=4_u64)?), (7, 1)];
        let &(command, count) = u.choose(&moves)?;
        push_varint(&mut commands, count << 3 | command);
        for _ in 0..if command == 7 { 0 } else { 2 * count } {
            push_varint(&mut commands, small(u, 9000)?);
        }
    }
    let mut tags = Vec::new();
    for _ in 0..u.int_in_range(0..=2_u8)? {
        push_varint(&mut tags, small(u, 3)?);
        push_varint(&mut tags, small(u, 3)?);
    }
    let mut feature = Vec::new();
    push_field(&mut feature, 2, &tags);
    push_varint(&mut feature, 3 << 3);
    push_varint(&mut feature, small(u, 3)?);
    push_field(&mut feature, 4, &commands);
    Ok(feature)
}

/// A vector tile, whole or damaged.
pub fn vector_tile(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let mut tile = Vec::new();
    for _ in 0..u.int_in_range(0..=3_u8)? {
        let mut layer = Vec::new();
        push_varint(&mut layer, 15 << 3);
        push_varint(&mut layer, 2);
        push_field(&mut layer, 1, u.choose(&["water", "place", "transportation", "x"])?.as_bytes());
        for _ in 0..u.int_in_range(0..=4_u8)? {
            push_field(&mut layer, 2, &tile_feature(u)?);
        }
        for key in ["name", "class", "rank"] {
            push_field(&mut layer, 3, key.as_bytes());
        }
        let mut word = Vec::new();
        push_field(&mut word, 1, "إدلب".as_bytes());
        let mut count = vec![4 << 3];
        push_varint(&mut count, small(u, 100)?);
        for value in [word, count, [&[3 << 3 | 1][..], &u.arbitrary::<f64>()?.to_le_bytes()].concat()] {
            push_field(&mut layer, 4, &value);
        }
        push_varint(&mut layer, 5 << 3);
        push_varint(&mut layer, if u.ratio(1, 4_u8)? { small(u, 8192)? } else { 4096 });
        push_field(&mut tile, 3, &layer);
    }
    if !tile.is_empty() && u.ratio(1, 4_u8)? {
        let at = u.choose_index(tile.len())?;
        tile[at] = u.arbitrary()?;
    }
    Ok(tile)
}

/// A directory of a pack, unpacked, whole or damaged.
pub fn directory(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let count = u.int_in_range(0..=6_u64)?;
    let mut bytes = Vec::new();
    push_varint(&mut bytes, if u.ratio(1, 16_u8)? { u.arbitrary()? } else { count });
    for most in [3, 2, 40, 2] {
        for _ in 0..count {
            push_varint(&mut bytes, small(u, most)?);
        }
    }
    Ok(bytes)
}

/// A PMTiles file that packs nothing, whole or damaged.
pub fn pack(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    const HEADER_BYTES: u64 = 127;
    let (root, leaf, tile) = (directory(u)?, directory(u)?, vector_tile(u)?);
    let metadata = match u.int_in_range(0..=3_u8)? {
        0 => pieces(u, JSON, 10)?,
        _ => format!(
            r#"{{"name":"{}","attribution":"<a href='https://example.org'>©</a>","vector_layers":[{{"id":"water"}}]}}"#,
            u.choose(&["a", "خريطة", " "])?
        ),
    };
    let mut bytes = b"PMTiles\x03".to_vec();
    let mut start = HEADER_BYTES;
    for length in [root.len(), metadata.len(), leaf.len(), tile.len()].map(|length| length as u64) {
        let (start_told, length_told) =
            if u.ratio(1, 32_u8)? { (u.arbitrary()?, u.arbitrary()?) } else { (start, length) };
        bytes.extend_from_slice(&u64::to_le_bytes(start_told));
        bytes.extend_from_slice(&u64::to_le_bytes(length_told));
        start += length;
    }
    bytes.resize(96, 0);
    bytes.extend_from_slice(&[
        1,
        1,
        1,
        u.int_in_range(0..=3)?,
        u.int_in_range(0..=2)?,
        u.int_in_range(1..=28)?,
    ]);
    for degrees in [35.0, 35.0, 38.0, 37.0_f64] {
        bytes.extend_from_slice(&((degrees * 1e7) as i32).to_le_bytes());
    }
    bytes.resize(HEADER_BYTES as usize, 0);
    for part in [&root[..], metadata.as_bytes(), &leaf, &tile] {
        bytes.extend_from_slice(part);
    }
    Ok(bytes)
}

/// A session as it is saved, with values that nobody can set now and then.
pub fn session(u: &mut Unstructured<'_>) -> Result<String> {
    const MEMBERS: [&str; 14] = [
        r#""settings":{"theme_choice":"Dark","interface_scale":1.5,"work_offline":true}"#,
        r#""settings":{"interface_scale":1e308,"table_height":-1,"time_zone":"Nowhere/Land"}"#,
        r#""view":[{"lon_deg":36.6,"lat_deg":35.9},9.0]"#,
        r#""view":[{"lon_deg":1e300,"lat_deg":91},-1e9]"#,
        r#""views":[{"name":"a","center":{"lon_deg":36.6,"lat_deg":35.9},"zoom":9.0}]"#,
        r#""layers":[{"file":"no such file.csv","title":"a","visible":true,"opacity":0.5}]"#,
        r#""layers":[{"bundled":"strikes","title":"b","visible":false,"opacity":-7,"filter":["killed >= 1","x"]}]"#,
        r#""layers":[{"title":5}]"#,
        r#""situation_filter":{"expression":"date in 2018-09-04..2018-09-10","area":[{"lon_deg":36,"lat_deg":1e9}]}"#,
        r#""named_filters":[{"name":"a","expression":"not (kind = x)"},{"name":"a","expression":"("}]"#,
        r#""settings":[]"#,
        r#""a later member":{"x":[1,2]}"#,
        r#""views":null"#,
        r#""view":"north""#,
    ];
    let members: Result<Vec<_>> =
        (0..u.int_in_range(0..=5_u8)?).map(|_| u.choose(&MEMBERS).copied()).collect();
    Ok(format!("{{{}}}", members?.join(",")))
}

/// Map, log and data of a project, each behind a record separator; now and then a file that is no project.
pub fn project(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    const MEMBERS: [&str; 13] = [
        r#""view":[{"lon_deg":36.6,"lat_deg":35.9},9.0]"#,
        r#""view":[{"lon_deg":1e300,"lat_deg":91},-1e9]"#,
        r#""views":[{"name":"a","center":{"lon_deg":36.6,"lat_deg":35.9},"zoom":9.0}]"#,
        r#""layers":[{"shown":{"bundled":"strikes","title":"b","visible":false,"opacity":-7,"filter":["killed >= 1","x"]}}]"#,
        r#""layers":[{"shown":{"title":"events","visible":true,"opacity":1},"source":{"name":"e.csv","sha256":"$DATA","bytes":9,"held":true}}]"#,
        r#""layers":[{"shown":{"title":"a","file":"../none.csv"},"source":{"name":"none.csv","sha256":"","bytes":1,"held":false}}]"#,
        r#""layers":[{"shown":{"title":"a"},"source":{"name":"../../etc/passwd","sha256":"zz","bytes":18446744073709551615,"held":true}}]"#,
        r#""situation_filter":{"expression":"date in 2018-09-04..2018-09-10","area":[{"lon_deg":36,"lat_deg":1e9}]}"#,
        r#""named_filters":[{"name":"a","expression":"not (kind = x)"},{"name":"a","expression":"("}]"#,
        r#""time":{"start":25550000,"end":25540000,"mode":"window"}"#,
        r#""paths":{"00":{"path":"/home/a/e.csv","salt":"00"}}"#,
        r#""a later member":{"x":[1,2]}"#,
        r#""layers":5"#,
    ];
    const LOGS: [&str; 4] = [
        "",
        r#"{"number":1,"time":"2018-09-08T10:30:00Z","program":"sitmap 0.1.0","action":"imported","layer":"events","name":"e.csv","sha256":"$DATA","bytes":9,"method":"CSV","kept":1,"rejected":0,"previous":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"number":2,"time":"","program":"","action":"saved","layers":[],"holds_data":true,"tells_paths":false,"previous":""}"#,
        "\n{}\n",
    ];
    if u.ratio(1, 8)? {
        return Ok([b"PK\x03\x04", u.bytes(60)?].concat());
    }
    let format = *u.choose(&["1", "1", "1", "1", "0", "2", "-1", "\"1\""])?;
    let mut document = format!(
        r#"{{"format":{format},"program":"sitmap 0.1.0","keeping":{{"data":true,"paths":{}}},"log_head":"{}""#,
        u.arbitrary::<bool>()?,
        u.choose(&["$HEAD", "$HEAD", "$HEAD", "00"])?
    );
    for _ in 0..u.int_in_range(0..=3_u8)? {
        document = format!("{document},{}", u.choose(&MEMBERS)?);
    }
    let log = *u.choose(&LOGS)?;
    let data = table(u)?;
    Ok([b"\x1E", document.as_bytes(), b"}\x1E", log.as_bytes(), b"\x1E", &data].concat())
}
