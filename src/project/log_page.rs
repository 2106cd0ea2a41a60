//! The log of a project for other programs and for paper.
//!
//! Floor 5.

use crate::session::{LogAction, LogEntry, PROGRAM, ProvenanceLog, SourceSeal};

/// The log as JSON: its entries, each with its path where that is told, and the seal of the newest.
pub fn json_of(log: &ProvenanceLog) -> String {
    let entries: Vec<serde_json::Value> = log
        .entries()
        .iter()
        .map(|entry| {
            let mut entry_json = serde_json::to_value(entry).unwrap_or_default();
            if let (Some(path), Some(members)) = (path_of(log, entry), entry_json.as_object_mut()) {
                members.insert("path".to_owned(), path.into());
            }
            entry_json
        })
        .collect();
    let json = serde_json::json!({ "entries": entries, "head_sha256": log.head() }).to_string();
    // What steers a terminal or turns text around stands in strings alone, where it can be written so.
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7F}'..='\u{9F}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}' => {
                escaped.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// The log of a project of that name as a page of HTML to print. Texts from outside are escaped: nothing in it is run.
pub fn page_of(log: &ProvenanceLog, project: &str) -> String {
    let rows: String = log.entries().iter().map(|entry| row_of(log, entry)).collect();
    let now = jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M").to_string();
    let (count, head, name) = (log.entries().len(), log.head(), escaped(project));
    format!(
        "{PAGE_HEAD}<p>Of the project {name}, printed on {now} UTC with {PROGRAM}. {count} entries.</p>\n{PAGE_WORDS}\
         <p>Seal of the newest line: <code>{head}</code></p>\n\
         <table><thead><tr><th>No.</th><th>Time (UTC)</th><th>What</th><th>Program</th><th>Seal of the line before</th>\
         </tr></thead>\n<tbody>\n{rows}</tbody></table>\n</body></html>\n"
    )
}

/// Nothing of another place is loaded, and nothing is run.
const PAGE_HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
    <title>Provenance log</title>\n<style>\n\
    body { font: 10pt/1.4 sans-serif; margin: 2em }\n\
    table { border-collapse: collapse; width: 100% }\n\
    th, td { border-bottom: 1px solid #bbb; padding: 4px 8px; text-align: start; vertical-align: top; \
    overflow-wrap: anywhere }\n\
    code { font-size: 8pt }\n\
    tr { break-inside: avoid }\n\
    </style></head><body>\n<h1>Provenance log</h1>\n";

/// What the seals show, and what they do not.
const PAGE_WORDS: &str = "<p>Each entry is sealed with the one before: its last column is the SHA-256 of the line before \
    it, as the project holds it, and zeros in the first. A line that was changed, left out or moved does not fit. This \
    shows that nothing was changed since the seal of the newest line was noted down in another place, and no more: \
    whoever can write the whole file can seal another log. The bundled layers are those of the program\u{2019}s version. \
    \u{201C}Kept\u{201D} are the features of a file that were read, \u{201C}rejected\u{201D} those that could not \
    be.</p>\n";

fn path_of<'a>(log: &'a ProvenanceLog, entry: &LogEntry) -> Option<&'a str> {
    let LogAction::Imported { path_seal: Some(seal), .. } = &entry.action else { return None };
    log.paths().get(seal).map(|sealed| sealed.path.as_str())
}

fn row_of(log: &ProvenanceLog, entry: &LogEntry) -> String {
    format!(
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td><code>{}</code></td></tr>\n",
        entry.number,
        escaped(&entry.time),
        words_of(log, entry),
        escaped(&entry.program),
        escaped(&entry.previous),
    )
}

/// What was done, for people, as HTML.
fn words_of(log: &ProvenanceLog, entry: &LogEntry) -> String {
    let bytes_of = |source: &SourceSeal| {
        format!(
            "{}, {} bytes, SHA-256 <code>{}</code>",
            escaped(&source.name),
            source.bytes,
            escaped(&source.sha256)
        )
    };
    match &entry.action {
        LogAction::Imported { layer, source, method, kept, rejected, .. } => {
            let path =
                path_of(log, entry).map(|path| format!("<br>from {}", escaped(path))).unwrap_or_default();
            format!(
                "<b>{}</b> was read from {}{path}<br>as {}: {kept} kept, {rejected} rejected",
                escaped(layer),
                bytes_of(source),
                escaped(method)
            )
        }
        LogAction::Changed { layer, was_sha256, source } => format!(
            "The file of <b>{}</b> had changed: now {}; it was <code>{}</code>",
            escaped(layer),
            bytes_of(source),
            escaped(was_sha256)
        ),
        LogAction::Saved { layers, holds_data, tells_paths } => {
            let layers: String = layers
                .iter()
                .map(|logged| {
                    format!("<br>{}: <code>{}</code>", escaped(&logged.layer), escaped(&logged.sha256))
                })
                .collect();
            let data = if *holds_data { "with its data" } else { "without its data" };
            let paths = if *tells_paths { "with paths" } else { "without paths" };
            format!("The project was saved {data}, {paths}{layers}")
        }
    }
}

/// Text for a page; marks that reorder what stands around it are isolated.
fn escaped(text: &str) -> String {
    let letters = text.chars().fold(String::with_capacity(text.len()), |mut shown, c| {
        match c {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '"' => shown.push_str("&quot;"),
            '\'' => shown.push_str("&#39;"),
            c if c.is_control() => shown.push('\u{FFFD}'),
            c => shown.push(c),
        }
        shown
    });
    format!("<bdi>{letters}</bdi>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_is_text_on_the_page_and_in_the_json() {
        let mut log = ProvenanceLog::default();
        let layer = "<script>alert(1)</script>\u{202E}\0".to_owned();
        let source = SourceSeal { name: "a\"b".to_owned(), sha256: "00".to_owned(), bytes: 3 };
        log.record(LogAction::Imported {
            layer,
            source,
            path_seal: None,
            method: "CSV".to_owned(),
            kept: 1,
            rejected: 0,
        });
        let page = page_of(&log, "a.sitmap");
        assert!(!page.contains("<script>") && page.contains("&lt;script&gt;") && page.contains("a&quot;b"));
        assert!(page.contains("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;\u{202E}\u{FFFD}</bdi>"));
        let json: serde_json::Value = serde_json::from_str(&json_of(&log)).unwrap();
        assert_eq!(json["entries"][0]["kept"], 1);
        assert_eq!(json["head_sha256"], log.head());
    }
}
