//! sitmap: a desktop situation map.
//!
//! The modules, in floor order; imports go down only, and modules on one floor do not know each other:
//!
//! | floor | modules |
//! |---|---|
//! | 0 | [`coords`] |
//! | 1 | [`situation`] |
//! | 2 | [`source`], [`symbology`], [`index`], [`text`] |
//! | 3 | [`tessellate`], [`sidecar`] |
//! | 4 | [`session`], [`tiles`], [`render`] |
//! | 5 | [`map_view`], [`project`] |
//! | 6 | [`ui`], [`export`] |
//! | 7 | [`cli`], [`workspace`] |

pub mod cli;
pub mod coords;
pub mod export;
pub mod index;
pub mod map_view;
pub mod project;
pub mod render;
pub mod session;
pub mod sidecar;
pub mod situation;
pub mod source;
pub mod symbology;
pub mod tessellate;
pub mod text;
pub mod tiles;
pub mod ui;
pub mod workspace;

/// Texts and files from random bytes, for the tests of what must hold of any of them.
#[cfg(test)]
#[path = "../tests/support/generated.rs"]
mod generated;
