//! Where things end and begin when their inside cannot be trusted: brackets and quotes alone.
//!
//! Floor 2. The reader needs this after a broken feature; it never looks at what a value means.

use memchr::{memchr2, memchr3, memmem};

use super::limits::{MAX_NESTED_LOOK, MAX_RECOVERY_DEPTH, RECOVERY_STEP_BYTES};

/// The byte after the value that begins at `start`; `None` where its brackets or quotes do not match.
pub(super) fn value_end(bytes: &[u8], start: usize) -> Option<usize> {
    match bytes.get(start)? {
        b'{' | b'[' => bracketed_end(bytes, start),
        b'"' => string_end(bytes, start),
        _ => {
            let rest = &bytes[start..];
            let length = rest
                .iter()
                .position(|byte| matches!(byte, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t'));
            Some(start + length.unwrap_or(rest.len()).max(1))
        }
    }
}

fn bracketed_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut open = Vec::new();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = string_end(bytes, at)?;
                continue;
            }
            b'{' | b'[' if open.len() >= MAX_RECOVERY_DEPTH => return None,
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' if open.pop() != Some(byte) => return None,
            _ => {}
        }
        at += 1;
        if open.is_empty() {
            return Some(at);
        }
    }
    None
}

/// The byte after the closing quote of the string that begins at `start`.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        at += memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// The first place from `from` on that looks like the beginning of a feature: an object that begins as the one at
/// `model` does, with the same name first. `type` must be that of a feature: geometries begin so, too. What follows a
/// colon or an opening bracket is a value inside of something, not the next feature.
pub(super) fn next_feature_start(bytes: &[u8], model: usize, from: usize) -> Option<usize> {
    next_object_with(first_key(bytes, model).unwrap_or(TYPE), bytes, from)
}

/// The nearest place from `from` on that looks like the beginning of a feature: as one of the `models` begins, or with
/// its type.
pub(super) fn nearest_feature_start(bytes: &[u8], models: &[Option<usize>], from: usize) -> Option<usize> {
    let mut keys = vec![TYPE];
    for key in models.iter().filter_map(|model| first_key(bytes, (*model)?)) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.into_iter().fold(None, |nearest, key| {
        next_object_with(key, &bytes[..nearest.unwrap_or(bytes.len())], from).or(nearest)
    })
}

fn next_object_with(key: &[u8], bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let word = at + memmem::find(bytes.get(at..)?, key)?;
        at = word + key.len();
        let before = bytes[from..word].trim_ascii_end();
        let colon = bytes[at..].trim_ascii_start();
        let Some(value) = colon.strip_prefix(b":").filter(|_| before.ends_with(b"{")) else { continue };
        let brace = from + before.len() - 1;
        let inner = matches!(bytes[..brace].trim_ascii_end().last(), Some(b':' | b'['));
        if !inner && (key != TYPE || value.trim_ascii_start().starts_with(b"\"Feature\"")) {
            return Some(brace);
        }
    }
}

const TYPE: &[u8] = b"\"type\"";

/// The end of the object at `start`, broken as it is, if the feature at `inner` seems to be an element of a list of
/// objects within it, and brackets match over all of it. `None` also where that cannot be told nearby.
pub(super) fn tidy_end(bytes: &[u8], start: usize, inner: usize) -> Option<usize> {
    let reach = inner + RECOVERY_STEP_BYTES.max((inner - start).saturating_mul(MAX_NESTED_LOOK));
    let bytes = &bytes[..reach.min(bytes.len())];
    let mut open = Vec::new();
    let (mut at, mut before) = (start, b':');
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => at = string_end(bytes, at)? - 1,
            b'{' | b'[' if open.len() > MAX_NESTED_LOOK => return None,
            b'{' => {
                // An object has names before its values, and no list holds numbers and objects.
                let fits = match open.last() {
                    Some(Open::List { of_objects }) => *of_objects && matches!(before, b'[' | b','),
                    Some(Open::Object) => before == b':',
                    None => true,
                };
                if !fits || at == inner && !matches!(open.last(), Some(Open::List { .. })) {
                    return None;
                }
                open.push(Open::Object);
            }
            b'[' => {
                let of_objects = bytes[at + 1..].trim_ascii_start().first() == Some(&b'{');
                open.push(Open::List { of_objects });
            }
            b'}' if open.pop() != Some(Open::Object) => return None,
            b']' if !matches!(open.pop(), Some(Open::List { .. })) => return None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
        at += 1;
        if open.is_empty() {
            return (at > inner).then_some(at);
        }
    }
    None
}

/// A bracket that has not been closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Object,
    List { of_objects: bool },
}

/// Whether the object at `start` begins with `"type": "Feature"`.
pub(super) fn begins_as_a_feature<'a>(bytes: &'a [u8], start: usize) -> bool {
    let words = [&b"{"[..], b"\"type\"", b":", b"\"Feature\""];
    let behind = |rest: &'a [u8], word: &&[u8]| rest.trim_ascii_start().strip_prefix(*word);
    words.iter().try_fold(&bytes[start..], behind).is_some()
}

/// The first name of the object that begins at `start`, in its quotes.
fn first_key(bytes: &[u8], start: usize) -> Option<&[u8]> {
    let inside = bytes.get(start..)?.strip_prefix(b"{")?.trim_ascii_start();
    if inside.first() == Some(&b'"') { inside.get(..string_end(inside, 0)?) } else { None }
}

/// The first place from `from` on where a new record of a text sequence begins: after a record separator, or a line
/// that opens an object no deeper indented than the line of `record`. Lines end as they do on any system.
pub(super) fn next_record_start(bytes: &[u8], record: usize, from: usize) -> Option<usize> {
    const RECORD_SEPARATOR: u8 = 0x1E;
    // Looked for nearby only: a sequence without line breaks would be walked back to its start for every record.
    let record = record.min(bytes.len());
    let nearby = record.saturating_sub(RECOVERY_STEP_BYTES);
    let line = memchr::memrchr2(b'\n', b'\r', &bytes[nearby..record]).map_or(nearby, |end| nearby + end + 1);
    let indent = record - line;
    // The line that begins at `from` itself may be the one: what is broken is often noticed there.
    let mut at = record.max(from - (bytes[..from].len() - bytes[..from].trim_ascii_end().len()));
    loop {
        let rest = bytes.get(at..)?;
        let border = memchr3(b'\n', b'\r', RECORD_SEPARATOR, rest)?;
        if rest[border] == RECORD_SEPARATOR {
            return Some(at + border);
        }
        at += border + 1;
        let line = bytes.get(at..)?;
        let blank = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if blank <= indent && matches!(line.get(blank), Some(b'{' | &RECORD_SEPARATOR)) {
            return Some(at + blank);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_ends_where_its_brackets_do_whatever_stands_in_its_strings() {
        let text = br#"{"a": "}]\"", "b": [1, {}] x} tail"#;
        assert_eq!(value_end(text, 0), Some(text.len() - 5));
        assert_eq!(value_end(b"null, 5", 0), Some(4));
        assert_eq!(value_end(b"{\"a\": [1}", 0), None);
        assert_eq!(value_end(b"{\"a\": \"no end", 0), None);
    }

    #[test]
    fn the_next_feature_is_found_in_any_layout() {
        let text = b"garbage, { \"type\" :\n \"Feature\", \"id\": 1}";
        assert_eq!(next_feature_start(text, 0, 0), Some(9));
        assert_eq!(next_feature_start(b"{\"type\":\"Point\"}", 0, 0), None);
        let text = br#"{"geometry":{"type":"Point" oops,{ "geometry" : null}"#;
        assert_eq!(next_feature_start(text, 0, 28), Some(33));
    }

    #[test]
    fn the_nearest_feature_begins_as_one_of_several_does() {
        let text = br#"{"id":1} x,{"type":"Feature"},{"id":2}"#;
        assert_eq!(nearest_feature_start(text, &[Some(0)], 9), Some(11));
        assert_eq!(nearest_feature_start(text, &[Some(0)], 20), Some(30));
        assert_eq!(nearest_feature_start(text, &[], 20), None);
    }

    #[test]
    fn features_in_a_list_of_objects_belong_to_the_feature_around_it() {
        let text = br#"{"x":,"rel":[{"type":"Feature"},{"type":"Feature"}]},{"type":"Feature"}"#;
        assert_eq!(tidy_end(text, 0, 32), Some(52));
        let cut_in_numbers = br#"{"x":[1,{"type":"Feature"},{"x":[1,{"type":"Feature"}]}]}"#;
        assert_eq!(tidy_end(cut_in_numbers, 0, 8), None);
        let without_a_brace = br#"{"x":{},{"type":"Feature"}},{"type":"Feature"}"#;
        assert_eq!(tidy_end(without_a_brace, 0, 8), None);
    }

    #[test]
    fn the_next_record_is_on_a_line_of_its_own() {
        let text = b"{\"a\":\n  {broken\n{\"b\":1}\n";
        assert_eq!(next_record_start(text, 0, 8), Some(16));
        assert_eq!(next_record_start(b"{x\x1E{}", 0, 1), Some(2));
        assert_eq!(next_record_start(b"{x\r{}", 0, 1), Some(3));
    }
}
