//! What can be read of a saved session in which some of it cannot: an unknown word costs what it sets, and nothing else.
//!
//! Floor 5. A later program may have written it, or a hand.

use serde_json::{Map, Value, json};

use crate::session::SavedSession;

/// The session, and the names of the parts that were left out; `None` where it is no session at all.
pub(super) fn read_parts(saved: Value) -> Option<(SavedSession, Vec<String>)> {
    let Value::Object(members) = saved else { return None };
    let mut lost = Vec::new();
    let readable: Map<String, Value> = members
        .into_iter()
        .filter_map(|(name, value)| {
            let value = readable_member(&name, value, &mut lost)?;
            Some((name, value))
        })
        .collect();
    let session = serde_json::from_value(Value::Object(readable)).ok()?;
    Some((session, lost))
}

/// One member of a session without the parts that cannot be read; every member may be missing.
fn readable_member(name: &str, value: Value, lost: &mut Vec<String>) -> Option<Value> {
    let reads = |value: &Value| serde_json::from_value::<SavedSession>(json!({ name: value })).is_ok();
    if reads(&value) {
        return Some(value);
    }
    match value {
        Value::Object(parts) => {
            let readable = |(part, value): &(String, Value)| {
                let is_readable = reads(&json!({ part.as_str(): value }));
                lost.extend((!is_readable).then(|| format!("{name}.{part}")));
                is_readable
            };
            Some(Value::Object(parts.into_iter().filter(readable).collect()))
        }
        Value::Array(items) => {
            let mut kept = Vec::with_capacity(items.len());
            for (number, item) in items.into_iter().enumerate() {
                let reads = |item: &Value| reads(&json!([item]));
                kept.extend(readable_item(&format!("{name} {}", number + 1), item, &reads, lost));
            }
            Some(Value::Array(kept))
        }
        _ => {
            lost.push(name.to_owned());
            None
        }
    }
    .filter(reads)
}

/// One item of a list, without the member that cannot be read where that one may be missing.
fn readable_item(
    name: &str,
    item: Value,
    reads: &dyn Fn(&Value) -> bool,
    lost: &mut Vec<String>,
) -> Option<Value> {
    if reads(&item) {
        return Some(item);
    }
    let without = |member: &String| {
        let mut parts = item.as_object()?.clone();
        parts.remove(member);
        Some(Value::Object(parts)).filter(reads).map(|item| (member.clone(), item))
    };
    match item.as_object().and_then(|parts| parts.keys().find_map(without)) {
        Some((member, item)) => {
            lost.push(format!("{name}.{member}"));
            Some(item)
        }
        None => {
            lost.push(name.to_owned());
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Settings, ThemeChoice};

    #[test]
    fn an_unknown_word_costs_what_it_sets_and_nothing_else() {
        let layer = json!({"file": "a.csv", "title": "a", "visible": true, "opacity": 1.0});
        let mut odd = layer.clone();
        odd["points_as"] = json!("stars");
        let (session, lost) = read_parts(json!({
            "settings": {"theme_choice": "Purple", "interface_scale": 1.5, "work_offline": false},
            "view": ["north", 3],
            "layers": [layer, odd, {"title": 5}],
        }))
        .unwrap();
        let settings = Settings { interface_scale: 1.5, work_offline: false, ..Settings::default() };
        assert_eq!((session.settings.theme_choice, &session.settings), (ThemeChoice::System, &settings));
        assert_eq!((session.layers.len(), session.view), (2, None));
        assert_eq!(lost, ["settings.theme_choice", "view 1", "view 2", "layers 2.points_as", "layers 3"]);
        assert!(read_parts(json!([1])).is_none());
    }
}
