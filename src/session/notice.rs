//! What the user is told.
//!
//! Floor 4.

/// A sentence for the user, shown until it is dismissed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub kind: NoticeKind,
    /// What happened and what to do about it.
    pub message: String,
}

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// Good to know.
    Info,
    /// Something is not as asked, the rest is there.
    Warning,
    /// What was asked did not happen.
    Error,
}

impl Notice {
    /// Good to know.
    pub fn info(message: impl Into<String>) -> Self {
        Self { kind: NoticeKind::Info, message: message.into() }
    }

    /// Something is not as asked.
    pub fn warning(message: impl Into<String>) -> Self {
        Self { kind: NoticeKind::Warning, message: message.into() }
    }

    /// What was asked did not happen.
    pub fn error(message: impl Into<String>) -> Self {
        Self { kind: NoticeKind::Error, message: message.into() }
    }
}
