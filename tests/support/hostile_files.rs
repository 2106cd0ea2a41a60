//! Files that are damaged, absurd or made to do harm, one after the other, for every format that is read as a layer.
//!
//! Written in pieces, so that the largest take no memory of the test.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

/// How one file is written.
type Writer = Box<dyn Fn(&mut dyn Write) -> io::Result<()>>;

/// A file that nobody should open, and somebody will.
pub struct HostileFile {
    /// With the ending that says what it pretends to be.
    pub name: String,
    /// How many features it holds, good or bad; `None` where that is a matter of opinion.
    pub records: Option<usize>,
    pub write: Writer,
}

impl HostileFile {
    fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self { name: name.into(), records: None, write: Box::new(move |out| out.write_all(&bytes)) }
    }

    fn written(name: impl Into<String>, write: impl Fn(&mut dyn Write) -> io::Result<()> + 'static) -> Self {
        Self { name: name.into(), records: None, write: Box::new(write) }
    }

    fn of(self, records: usize) -> Self {
        Self { records: Some(records), ..self }
    }
}

/// All of them.
pub fn hostile_files() -> Vec<HostileFile> {
    let parts =
        [truncated(), values(), coordinates(), encodings(), nested(), packed(), tables(), strangers()];
    parts.into_iter().flatten().chain(vast()).collect()
}

const FEATURE: &str = r#"{"type":"Feature","properties":{"name":"Kafr \"A\"","killed":3,"سنة":"٢٠١٨"},"geometry":{"type":"Point","coordinates":[36.5,35.5]}}"#;

fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features.join(",\n"))
}

/// A feature whose geometry, properties or both are given.
fn feature(properties: &str, geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
}

fn point() -> &'static str {
    r#"{"type":"Point","coordinates":[36.5,35.5]}"#
}

/// Between two good features that must be kept whatever stands there.
fn beside(name: &str, broken: String) -> HostileFile {
    let good = FEATURE.to_owned();
    HostileFile::new(name, collection(&[good.clone(), broken, good])).of(3)
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all bytes")
}

fn good_collection() -> String {
    let geometries = [
        point(),
        r#"{"type":"LineString","coordinates":[[36,35],[37,36],[38,35]]}"#,
        r#"{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36,35]]]}"#,
        r#"{"type":"MultiPoint","coordinates":[[36,35],[37,35.5]]}"#,
        r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}"#,
        "null",
    ];
    let properties = r#"{"name":"x","n":1.5,"b":true,"o":{"a":[1,2]},"e":"\u0041\n"}"#;
    let features: Vec<String> =
        geometries.iter().cycle().take(60).map(|geometry| feature(properties, geometry)).collect();
    collection(&features)
}

fn good_table() -> String {
    let row =
        |n: usize| format!("{n},\"Kafr \"\"{n}\"\"\",36.{n:03},35.{n:03},2018-09-{:02}\r\n", n % 28 + 1);
    let rows: String = (0..60).map(row).collect();
    format!("id,name,lon,lat,date\r\n{rows}")
}

/// Cut off at every hundredth of its length.
fn truncated() -> Vec<HostileFile> {
    let whole = good_collection();
    let lines: String = (0..60).map(|_| format!("{FEATURE}\n")).collect();
    let formats = [
        ("cut.geojson", whole.clone().into_bytes()),
        ("cut.geojsonl", lines.into_bytes()),
        ("cut.csv", good_table().into_bytes()),
        ("cut.geojson.gz", gz(whole.as_bytes())),
    ];
    let cut = |(name, bytes): (&str, Vec<u8>)| {
        let (name, bytes) = (name.to_owned(), bytes);
        (1..100).map(move |percent| {
            let end = bytes.len() * percent / 100;
            HostileFile::new(format!("{percent}-{name}"), &bytes[..end])
        })
    };
    formats.into_iter().flat_map(cut).collect()
}

/// Values that JSON does not have, or that no program expects.
fn values() -> Vec<HostileFile> {
    let digits = "9".repeat(100_000);
    let values = [
        "NaN",
        "-NaN",
        "Infinity",
        "-Infinity",
        "1e400",
        "-1e400",
        "1e-400",
        "-0",
        "-0.0",
        "01",
        "+1",
        ".5",
        "1.",
        "1e",
        "0x10",
        "1_000",
        "--1",
        "18446744073709551616",
        "-9223372036854775809",
        "undefined",
        "nil",
        "TRUE",
        "'a'",
        "\"",
        r#""\ud800""#,
        r#""\udc00\ud800""#,
        r#""\u12""#,
        r#""\x41""#,
        r#""\u0000""#,
        "\"\u{0}\"",
        "\"a\nb\"",
        "\"\t\"",
        "[",
        "]",
        "{",
        "}",
        "{}}",
        "[,]",
        "[1,]",
        "{,}",
        r#"{"a"}"#,
        r#"{"a":}"#,
        r#"{a:1}"#,
        "/* */1",
        "//",
        "#",
        "\u{2028}",
        "\u{feff}1",
        &digits,
        "\"\u{202e}moc.elpmaxe\u{2066}\"",
        "\"<img src=x onerror=alert(1)>\"",
        "\"=1+1\"",
        r##"{"$ref":"#"}"##,
        r#"{"$ref":"file:///etc/passwd"}"#,
        r#"{"__proto__":{"a":1}}"#,
        "\"javascript:alert(1)\"",
    ];
    let mut files = Vec::new();
    for (nth, value) in values.iter().enumerate() {
        let properties = format!(r#"{{"a":{value}}}"#);
        let name = format!("value-{nth}.geojson");
        files.push(HostileFile::new(
            name,
            collection(&[FEATURE.to_owned(), feature(&properties, point()), FEATURE.to_owned()]),
        ));
    }
    let same: String = (0..20_000).map(|n| format!(r#""a":{n},"#)).collect();
    files.push(beside("same-key.geojson", feature(&format!(r#"{{{same}"b":1}}"#), point())));
    files.push(beside(
        "twice-type.geojson",
        FEATURE.replacen('{', r#"{"type":"Feature","geometry":null,"#, 1),
    ));
    files.push(beside("properties-list.geojson", feature("[1,2]", point())));
    files.push(beside("properties-text.geojson", feature("\"a\"", point())));
    files
}

/// Places that are nowhere, and shapes that are none.
fn coordinates() -> Vec<HostileFile> {
    let geometries = [
        r#"{"type":"Point","coordinates":[0,91]}"#,
        r#"{"type":"Point","coordinates":[1e9,-1e9]}"#,
        r#"{"type":"Point","coordinates":[1e308,1e308]}"#,
        r#"{"type":"Point","coordinates":[721,0]}"#,
        r#"{"type":"Point","coordinates":[]}"#,
        r#"{"type":"Point","coordinates":[1]}"#,
        r#"{"type":"Point","coordinates":[1,2,3,4,5,6,7,8,9]}"#,
        r#"{"type":"Point","coordinates":null}"#,
        r#"{"type":"Point","coordinates":"36,35"}"#,
        r#"{"type":"Point","coordinates":["36","35"]}"#,
        r#"{"type":"Point","coordinates":[[36,35]]}"#,
        r#"{"type":"Point","coordinates":{"lon":36,"lat":35}}"#,
        r#"{"type":"Point","coordinates":[NaN,35]}"#,
        r#"{"type":"Point","coordinates":[1e400,35]}"#,
        r#"{"type":"Point","coordinates":[null,null]}"#,
        r#"{"type":"Point"}"#,
        r#"{"type":"point","coordinates":[36,35]}"#,
        r#"{"type":"Circle","coordinates":[36,35],"radius":1}"#,
        r#"{"coordinates":[36,35]}"#,
        r#"{"type":"LineString","coordinates":[]}"#,
        r#"{"type":"LineString","coordinates":[[36,35]]}"#,
        r#"{"type":"LineString","coordinates":[[36,35],[36,35]]}"#,
        r#"{"type":"LineString","coordinates":[[36,35],[37]]}"#,
        r#"{"type":"LineString","coordinates":[36,35,37,36]}"#,
        r#"{"type":"Polygon","coordinates":[]}"#,
        r#"{"type":"Polygon","coordinates":[[]]}"#,
        r#"{"type":"Polygon","coordinates":[[[36,35],[37,35]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[36,35],[36,35],[36,35],[36,35]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[36,35],[37,36],[37,35],[36,36],[36,35]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[-180,-90],[180,-90],[180,90],[-180,90],[-180,-90]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[170,0],[-170,0],[-170,10],[170,10],[170,0]]]}"#,
        r#"{"type":"MultiPolygon","coordinates":[[[[36,35],[37,35],[37,36],[36,35]]],[]]}"#,
        r#"{"type":"MultiPolygon","coordinates":[[[36,35],[37,35],[37,36],[36,35]]]}"#,
        r#"{"type":"MultiPoint","coordinates":[[36,35],null]}"#,
        r#"{"type":"GeometryCollection","geometries":[]}"#,
        r#"{"type":"GeometryCollection","geometries":[{"type":"Feature"}]}"#,
        r#"{"type":"GeometryCollection","geometries":null}"#,
        r#"{"type":"FeatureCollection","features":[]}"#,
        "[]",
        "0",
        "\"POINT(36 35)\"",
        "true",
    ];
    let file = |(nth, geometry): (usize, &&str)| {
        beside(&format!("geometry-{nth}.geojson"), feature(r#"{"a":1}"#, geometry))
    };
    geometries.iter().enumerate().map(file).collect()
}

/// Text in other clothes than UTF-8.
fn encodings() -> Vec<HostileFile> {
    let text = good_collection().replace("\"x\"", "\"جسر الشغور é\"");
    let wide = |text: &str, high_first: bool| -> Vec<u8> {
        let bytes = |unit: u16| if high_first { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    };
    let widest = |text: &str| -> Vec<u8> { text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect() };
    let with = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    let swapped = |bad: &[u8]| {
        let at = text.find("\"x").unwrap_or(200);
        [&text.as_bytes()[..at], bad, &text.as_bytes()[at..]].concat()
    };
    let table = good_table().replace("Kafr", "كفر");
    vec![
        HostileFile::new("bom.geojson", with(b"\xEF\xBB\xBF", text.clone().into_bytes())).of(60),
        HostileFile::new("two-boms.geojson", with(b"\xEF\xBB\xBF\xEF\xBB\xBF", text.clone().into_bytes())),
        HostileFile::new("utf16le.geojson", with(b"\xFF\xFE", wide(&text, false))),
        HostileFile::new("utf16be.geojson", with(b"\xFE\xFF", wide(&text, true))),
        HostileFile::new("utf16-no-mark.geojson", wide(&text, false)),
        HostileFile::new("utf16-odd.geojson", with(b"\xFF\xFE", [wide(&text, false), vec![0x7B]].concat())),
        HostileFile::new("utf32.geojson", with(b"\xFF\xFE\0\0", widest(&text))),
        HostileFile::new("overlong.geojson", swapped(b"\xC0\xAF")),
        HostileFile::new("surrogate-bytes.geojson", swapped(b"\xED\xA0\x80")),
        HostileFile::new("beyond.geojson", swapped(b"\xF4\x90\x80\x80")),
        HostileFile::new("latin1.geojson", swapped(b"\xE9")),
        HostileFile::new("nul.geojson", swapped(b"\0")),
        HostileFile::new("only-nul.geojson", vec![0; 4096]),
        HostileFile::new("only-ff.geojson", vec![0xFF; 4096]),
        HostileFile::new("empty.geojson", ""),
        HostileFile::new("space.geojson", " \n\t "),
        HostileFile::new("bom-only.geojson", "\u{FEFF}"),
        HostileFile::new("utf16le.csv", with(b"\xFF\xFE", wide(&table, false))),
        HostileFile::new("utf16-no-mark.csv", wide(&table, true)),
        HostileFile::new("mixed.csv", [table.as_bytes(), b"99,\xE3\xE4,36,35,2018-09-01\r\n"].concat()),
    ]
}

/// Brackets in brackets.
fn nested() -> Vec<HostileFile> {
    let mut files = Vec::new();
    for depth in [10, 120, 127, 128, 129, 1000, 100_000, 1_000_000] {
        let (lists, ends) = ("[".repeat(depth), "]".repeat(depth));
        let (objects, closes) = (r#"{"a":"#.repeat(depth), "}".repeat(depth));
        let gathered = r#"{"type":"GeometryCollection","geometries":["#.repeat(depth);
        files.push(beside(
            &format!("lists-{depth}.geojson"),
            feature(&format!(r#"{{"a":{lists}1{ends}}}"#), point()),
        ));
        files.push(beside(
            &format!("objects-{depth}.geojson"),
            feature(&format!(r#"{{"a":{objects}1{closes}}}"#), point()),
        ));
        let coordinates = format!(r#"{{"type":"Polygon","coordinates":{lists}1{ends}}}"#);
        files.push(beside(&format!("coordinates-{depth}.geojson"), feature("null", &coordinates)));
        let geometry = format!("{gathered}{}{}", point(), "]}".repeat(depth));
        files.push(beside(&format!("gathered-{depth}.geojson"), feature("null", &geometry)));
        files.push(HostileFile::new(format!("open-lists-{depth}.geojson"), lists));
        files.push(HostileFile::new(format!("open-objects-{depth}.geojson"), objects));
    }
    files
}

/// Packed files that grow, lie or hold something else.
fn packed() -> Vec<HostileFile> {
    let good = gz(good_collection().as_bytes());
    let twice = gz(&good);
    let mut wrong_sum = good.clone();
    let sum = wrong_sum.len() - 8;
    wrong_sum[sum] ^= 1;
    let mut damaged = good.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xFF;
    let many: Vec<u8> = std::iter::repeat_n(gz(b" "), 5000).flatten().chain(good.clone()).collect();
    vec![
        HostileFile::new("good.geojson.gz", good.clone()).of(60),
        HostileFile::new(
            "two-members.geojsonl.gz",
            [gz(FEATURE.as_bytes()), gz(format!("\n{FEATURE}").as_bytes())].concat(),
        )
        .of(2),
        HostileFile::new("tail.geojson.gz", [good.clone(), b"tail".to_vec()].concat()),
        HostileFile::new("wrong-sum.geojson.gz", wrong_sum),
        HostileFile::new("damaged.geojson.gz", damaged),
        HostileFile::new("twice.geojson.gz.gz", twice.clone()),
        HostileFile::new("thrice.geojson.gz", gz(&twice)),
        HostileFile::new("members.geojson.gz", many),
        HostileFile::new("plain.geojson.gz", good_collection()),
        HostileFile::new("packed.geojson", good),
        HostileFile::new("head-only.geojson.gz", b"\x1F\x8B".to_vec()),
        HostileFile::new("head.geojson.zst", b"\x28\xB5\x2F\xFD".to_vec()),
        HostileFile::new("wrong.geojson.zst", [b"\x28\xB5\x2F\xFD".to_vec(), vec![0xFF; 600]].concat()),
        HostileFile::new(
            "skippable.geojson.zst",
            [b"\x50\x2A\x4D\x18\xFF\xFF\xFF\x7F".to_vec(), vec![0; 64]].concat(),
        ),
        // A frame header that asks for a window of gigabytes.
        HostileFile::new("window.geojson.zst", b"\x28\xB5\x2F\xFD\x00\xF8\x01\x00\x00".to_vec()),
        bomb("bomb.geojson.gz", " ", 1000),
        bomb("bomb.csv.gz", "a,b,36,35\n", 1000),
        bomb("bomb-of-brackets.geojson.gz", "[", 400),
    ]
}

/// So many megabytes of one word, in a thousandth of the space.
fn bomb(name: &str, word: &'static str, megabytes: usize) -> HostileFile {
    HostileFile::written(name, move |out| {
        let mut encoder = GzEncoder::new(out, Compression::best());
        let megabyte = word.repeat(1_000_000 / word.len());
        for _ in 0..megabytes {
            encoder.write_all(megabyte.as_bytes())?;
        }
        encoder.finish().map(|_| ())
    })
}

/// Tables that are none, or no longer.
fn tables() -> Vec<HostileFile> {
    let head = "id,name,lon,lat,date\n";
    let row = "1,a,36.5,35.5,2018-09-08\n";
    let with = |middle: &str| format!("{head}{row}{middle}{row}");
    let of = |name: &str, middle: &str| HostileFile::new(name, with(middle));
    vec![
        of("open-quote.csv", "2,\"a,36,35,2018\n"),
        of("lone-quotes.csv", &"\"\n".repeat(100_000)),
        of("quotes-in-words.csv", &"2,a\"b\"c\",36,35,2018-09-01\n".repeat(1000)),
        of("ragged.csv", "2\n3,a\n4,a,36\n5,a,36,35,2018-09-01,x,y,z\n,,,,\n"),
        of("nul.csv", "2,\0,36,35,\0\n"),
        of("cr.csv", &"2,a,36,35,2018-09-01\r".repeat(50)),
        of("far.csv", "2,a,1e308,-1e308,9999-99-99\n3,a,NaN,inf,0000-00-00\n4,a,361,91,-1\n"),
        of("formula.csv", "2,\"=cmd|' /C calc'!A0\",36,35,@SUM(1)\n"),
        of("bidi.csv", "2,\u{202E}txt.exe\u{2066},36,35,2018-09-01\n"),
        of("no-places.csv", &"2,a,,,\n".repeat(500)),
        HostileFile::new("head-only.csv", head),
        HostileFile::new("no-head.csv", row.repeat(20)),
        HostileFile::new("only-separators.csv", ",".repeat(1_000_000)),
        HostileFile::new("only-lines.csv", "\n".repeat(1_000_000)),
        HostileFile::new("only-tabs.tsv", "\t\n".repeat(300_000)),
        HostileFile::new(
            "same-heads.csv",
            format!("{}\n{}\n", ["lat"; 3000].join(","), ["1"; 3000].join(",")),
        ),
        HostileFile::new(
            "wkt.csv",
            "wkt\n\"POLYGON((1 2,3 4\"\n\"POINT(1e999 2)\"\n\"POINT EMPTY\"\n\"LINESTRING(1 2)\"\n",
        ),
        HostileFile::new(
            "deep-wkt.csv",
            format!("wkt\n\"{}1 2\"\nPOINT(1 2)\n", "GEOMETRYCOLLECTION(".repeat(10_000)),
        ),
        HostileFile::new("tags.csv", "name,lat,lon\n#adm1+name,#geo+lat,#geo+lon\n#,#,#\nx,35,36\n"),
        HostileFile::written("wide.csv", |out| {
            let heads: Vec<String> = (0..100_000).map(|n| format!("c{n}")).collect();
            writeln!(out, "lat,lon,{}\n35,36,{}", heads.join(","), vec!["1"; 100_000].join(","))
        }),
        HostileFile::written("long-line.csv", |out| {
            writeln!(out, "lat,lon,note\n35,36,")?;
            (0..20).try_for_each(|_| out.write_all("n".repeat(1_000_000).as_bytes()))
        }),
    ]
}

/// What is no layer at all, whatever its name.
fn strangers() -> Vec<HostileFile> {
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let xml = format!("<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY l0 \"ha\">{laughs}]><kml>&l9;</kml>");
    // A header that promises 65,535 by 65,535 pixels.
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xFF\xFF\0\0\xFF\xFF\x08\x06\0\0\0".to_vec();
    let zip =
        b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x12\0\0\0../../../etc/passwd".to_vec();
    let mut files = Vec::new();
    for ending in ["geojson", "csv", "json", "tsv", "gz", "zst", "txt"] {
        files.push(HostileFile::new(format!("laughs.xml.{ending}"), xml.clone()));
        files.push(HostileFile::new(format!("picture.png.{ending}"), png.clone()));
        files.push(HostileFile::new(format!("climbing.zip.{ending}"), zip.clone()));
        files.push(HostileFile::new(
            format!("page.html.{ending}"),
            "<!DOCTYPE html><html><body>Log in</body></html>",
        ));
        files.push(HostileFile::new(format!("paper.pdf.{ending}"), "%PDF-1.7\n%\u{E2}\n1 0 obj<<>>endobj"));
        files.push(HostileFile::new(
            format!("program.elf.{ending}"),
            [b"\x7FELF\x02\x01\x01".to_vec(), vec![0; 300]].concat(),
        ));
    }
    let references = r##"{"type":"Topology","objects":{"a":{"$ref":"#/objects/a"}},"arcs":[[[0,0],[1,1]]]}"##;
    files.push(HostileFile::new("cyclic.json", references));
    files.push(HostileFile::new("arcs.json", r#"{"type":"Topology","objects":{},"arcs":[]}"#));
    files
}

/// A great deal of one thing.
fn vast() -> Vec<HostileFile> {
    let pieces = |name: &str, head: &'static str, piece: &'static str, count: usize, tail: &'static str| {
        HostileFile::written(name, move |out| {
            out.write_all(head.as_bytes())?;
            let thousand = piece.repeat(1000);
            (0..count / 1000).try_for_each(|_| out.write_all(thousand.as_bytes()))?;
            out.write_all(tail.as_bytes())
        })
    };
    let text = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[36,35]},"properties":{"a":""#;
    let key = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[36,35]},"properties":{""#;
    let number = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[36,35]},"properties":{"a":1"#;
    let ring = r#"{"type":"Polygon","coordinates":[[[36,35],"#;
    vec![
        HostileFile::written("ring-10000000.geojson", move |out| {
            out.write_all(ring.as_bytes())?;
            for line in 0..10_000 {
                let one = |n: usize| format!("[{}.{line:04},35.{n:04}],", 36 + n % 2);
                out.write_all((0..1000).map(one).collect::<String>().as_bytes())?;
            }
            out.write_all(b"[36,35]]]}")
        })
        .of(1),
        pieces("text-100mb.geojson", text, "abcdefghij", 10_000_000, r#""}}"#).of(1),
        pieces("escapes-100mb.geojson", text, r"\u0041\n\\", 10_000_000, r#""}}"#).of(1),
        pieces("key-20mb.geojson", key, "abcdefghij", 2_000_000, r#"":1}}"#).of(1),
        pieces("digits-50mb.geojson", number, "0123456789", 5_000_000, "}}").of(1),
        pieces(
            "space-100mb.geojson",
            "{",
            "          ",
            10_000_000,
            r#""type":"Point","coordinates":[36,35]}"#,
        )
        .of(1),
        pieces(
            "commas-50mb.geojson",
            r#"{"type":"FeatureCollection","features":["#,
            ",,,,,,,,,,",
            5_000_000,
            "]}",
        ),
        pieces(
            "objects-50mb.geojson",
            r#"{"type":"FeatureCollection","features":["#,
            "{},{},{},{},",
            4_000_000,
            "{}]}",
        )
        .of(16_000_001),
        pieces(
            "quotes-20mb.geojson",
            r#"{"type":"FeatureCollection","features":["#,
            "\"\"\"\"\"\"\"\"\"\"",
            2_000_000,
            "]}",
        ),
        pieces("lines-20mb.geojsonl", "", "{}\n[]\n", 3_000_000, ""),
        HostileFile::written("properties-1000000.geojson", |out| {
            write!(out, r#"{{"type":"Feature","geometry":{},"properties":{{"a":1"#, point())?;
            for thousand in 0..1000 {
                let one = |n: usize| format!(r#","p{thousand}_{n}":{n}"#);
                out.write_all((0..1000).map(one).collect::<String>().as_bytes())?;
            }
            out.write_all(b"}}")
        })
        .of(1),
        HostileFile::written("names-200000.geojsonl", |out| {
            (0..200_000)
                .try_for_each(|n| writeln!(out, "{}", feature(&format!(r#"{{"p{n}":{n}}}"#), point())))
        })
        .of(200_000),
    ]
}
