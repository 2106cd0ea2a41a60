//! Panels and dialogs: thin egui functions that read the session and push commands.
//!
//! Floor 6. Every function is named `…_ui`; [`window_ui`] lays them out around the map. `&mut` is only for a part's own
//! state: open folds, text being typed. Words come from `format`, colours from [`theme`], text from data goes through
//! [`bidi_text`].

mod about_window;
mod addresses;
mod basemap_chooser;
pub mod bidi_text;
mod claims_table;
mod contacted_hosts;
mod copied_rows;
mod copy_window;
mod details_claims;
mod details_event;
mod details_panel;
mod details_place;
mod details_statement;
mod details_table;
mod event_list;
mod events_window;
mod feature_words;
mod file_dialogs;
mod file_drop;
mod filter_bar;
mod filter_editor;
mod filter_window;
mod format;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod icons;
mod import_places;
mod import_preview;
mod import_window;
mod layer_of_window;
mod layer_row;
mod layers_panel;
mod link_dialog;
mod links;
mod load_report_window;
mod nothing_shown;
mod notices;
mod online_note;
mod passphrase_field;
mod project_questions;
mod project_window;
mod report_panel;
mod search_box;
mod search_row;
mod search_words;
mod settings_window;
mod shared_menu;
mod shortcuts;
mod shortcuts_window;
mod status_bar;
mod table_panel;
pub mod theme;
mod timeline;
mod toolbar;
mod value_list;
mod view_menu;
mod widgets;
mod window;
mod window_state;
mod windows;

pub use details_panel::{DetailsState, details_panel_ui};
pub use file_dialogs::FileDialogs;
pub use format::{caches_cleared, tile_words};
pub use layers_panel::{LayersPanelState, layers_panel_ui};
pub use search_words::search_context;
pub use status_bar::Readings;
pub use theme::install_theme;
pub use window::window_ui;
pub use window_state::{OpenWindow, WindowState};
