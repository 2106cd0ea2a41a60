//! The killed and injured of one row.
//!
//! Floor 1.

use super::cells::Cells;
use super::coded_words::harm_scope;
use super::event_of_row::doubt;
use super::figures::Figures;
use super::plain_name::plain_name;
use super::{CodeScheme, Doubt, EventField, Harm, HarmScope};

/// The killed, and whose they are in the words of the table.
pub(super) fn killed_of_row(cells: Cells<'_>, doubts: &mut Vec<Doubt>) -> (Harm, String) {
    let fields = [EventField::KilledLow, EventField::KilledBest, EventField::KilledHigh];
    let mut killed = harm_of(cells, fields, "killed", doubts);
    let mut wording = String::new();
    if cells.mapping.scheme == CodeScheme::Ucdp {
        let sides = DeathsBySide::of(cells);
        killed.of = sides.scope();
        if let (Some(sum), Some(best)) = (sides.sum(), killed.best)
            && sum != best
        {
            let evidence = format!("the parts make {sum}, the best figure is {best}");
            doubts.push(doubt("The deaths by side do not make up the best figure", evidence));
        }
    } else {
        let all: Vec<_> = cells.all(EventField::KilledOf).collect();
        let worded = all.iter().find(|(name, _)| name.ends_with("_wording")).or(all.first());
        wording = worded.map(|(_, text)| text.clone()).unwrap_or_default();
        killed.of = match all.first() {
            Some((_, text)) => harm_scope(text),
            None => scope_of_names(cells, fields),
        };
    }
    (killed, wording)
}

/// The injured; of whom only where the name of their column says it.
pub(super) fn injured_of_row(cells: Cells<'_>, doubts: &mut Vec<Doubt>) -> Harm {
    let fields = [EventField::InjuredLow, EventField::InjuredBest, EventField::InjuredHigh];
    Harm { of: scope_of_names(cells, fields), ..harm_of(cells, fields, "injured", doubts) }
}

fn harm_of(cells: Cells<'_>, fields: [EventField; 3], whose: &str, doubts: &mut Vec<Doubt>) -> Harm {
    let figures = fields.map(|field| {
        let Some((name, text)) = cells.all(field).next() else { return Figures::default() };
        Figures::read_with(&text, cells.details.comma_is_decimal).unwrap_or_else(|error| {
            doubts.push(doubt(&format!("How many were {whose}: {error}"), format!("{name}: {text}")));
            Figures::default()
        })
    });
    let harm = Harm::of_figures(figures);
    if !harm.is_ordered() {
        let said: Vec<String> = fields
            .iter()
            .flat_map(|field| cells.all(*field))
            .map(|(name, text)| format!("{name}: {text}"))
            .collect();
        let words = format!(
            "The figures of the {whose} contradict each other: the least, the best and the greatest are not in order"
        );
        doubts.push(doubt(&words, said.join(", ")));
    }
    harm
}

/// A column that is called `civilians_killed` counts civilians.
fn scope_of_names(cells: Cells<'_>, fields: [EventField; 3]) -> HarmScope {
    let names = fields.iter().flat_map(|field| cells.mapping.columns(*field)).map(|name| plain_name(name));
    let scopes: Vec<HarmScope> = names.map(|name| harm_scope(&name)).collect();
    match scopes.split_first() {
        // "total killed" says how many, not whose.
        Some((&first, rest)) if first != HarmScope::All && rest.iter().all(|scope| *scope == first) => first,
        _ => HarmScope::Unknown,
    }
}

/// How UCDP splits its best figure.
struct DeathsBySide {
    combatants: Option<u32>,
    civilians: Option<u32>,
    unknown: Option<u32>,
}

impl DeathsBySide {
    fn of(cells: Cells<'_>) -> Self {
        let read = |wanted: &str| {
            let cell = cells.all(EventField::KilledOf).find(|(name, _)| plain_name(name) == wanted);
            Figures::read_with(&cell?.1, cells.details.comma_is_decimal).ok()?.best
        };
        let combatants = read("deaths_a").zip(read("deaths_b")).map(|(a, b)| a.saturating_add(b));
        Self { combatants, civilians: read("deaths_civilians"), unknown: read("deaths_unknown") }
    }

    fn sum(&self) -> Option<u32> {
        Some(self.combatants?.saturating_add(self.civilians?).saturating_add(self.unknown?))
    }

    fn scope(&self) -> HarmScope {
        match (self.combatants, self.civilians, self.unknown) {
            (Some(0), Some(1..), Some(0)) => HarmScope::Civilians,
            (Some(1..), Some(0), Some(0)) => HarmScope::Combatants,
            (Some(1..), Some(1..), Some(0)) => HarmScope::All,
            _ => HarmScope::Unknown,
        }
    }
}
