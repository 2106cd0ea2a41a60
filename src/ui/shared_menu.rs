//! Menus that the widgets of a list have together, open for one of them at a time.
//!
//! Floor 6. egui keeps an entry for every popup that was ever shown, with room for all that was in it, for as long as the
//! program runs: of one menu for each layer and column that was ever there it would never let go.

use eframe::egui::{Id, Popup, Response};

/// For whom the menu of a list is, or was last, open.
#[derive(Clone, Copy)]
struct Owner {
    widget: Id,
    /// Two popups take turns, so that one closes as the other opens.
    turn: bool,
}

/// The menu of a button in the list of that name.
pub fn menu_of(list: &'static str, button: &Response) -> Popup<'static> {
    match popup_of(list, button, button.clicked()) {
        Some(popup) => Popup::menu(button).id(popup),
        None => Popup::menu(button).open(false),
    }
}

/// The menu that a click with the other button on a widget in the list of that name opens.
pub fn context_menu_of(list: &'static str, widget: &Response) -> Popup<'static> {
    match popup_of(list, widget, widget.secondary_clicked()) {
        Some(popup) => Popup::context_menu(widget).id(popup),
        None => Popup::context_menu(widget).open(false),
    }
}

/// The popup, if it is this widget's, or now becomes so.
fn popup_of(list: &'static str, widget: &Response, is_asked_for: bool) -> Option<Id> {
    let key = Id::unique(("menu of a list", list));
    widget.ctx.data_mut(|data| {
        let owner = data.get_temp::<Owner>(key);
        let mut turn = owner.is_some_and(|owner| owner.turn);
        if owner.is_none_or(|owner| owner.widget != widget.id) {
            if !is_asked_for {
                return None;
            }
            turn = !turn;
            data.insert_temp(key, Owner { widget: widget.id, turn });
        }
        Some(key.with(turn))
    })
}
