//! Memory that a large file was read with, given back when it is no longer needed.
//!
//! Floor 4.

/// Gives freed memory back to the system. The C library keeps it for later otherwise, and after a large file that is as
/// much again as the layer itself.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "a call into the C library")]
pub(super) fn give_back_freed_memory() {
    // SAFETY: it takes no pointer and may be called by any thread at any time.
    unsafe {
        libc::malloc_trim(0);
    }
}

/// Elsewhere the system's allocator does it by itself.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn give_back_freed_memory() {}
