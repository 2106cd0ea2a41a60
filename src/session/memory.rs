//! Memory that is no longer needed, given back to the system.
//!
//! Floor 4.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
use std::num::NonZero;

/// Has the C library give back what is freed at the end of its pools from a mebibyte on, and make one pool a core, two at
/// least. By itself it learns from large pieces to keep up to 64 MiB in each pool, and makes up to eight a core as threads come
/// and go, each held by the few pieces in it that stay: a window that is open for a day holds many times what it uses. Once,
/// before the first thread begins.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "calls into the C library")]
pub fn keep_little_freed_memory() {
    let pools = std::thread::available_parallelism().map_or(LEAST_POOLS, NonZero::get).max(LEAST_POOLS);
    // SAFETY: they take numbers alone, and are safe beside allocations.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, i32::try_from(pools).unwrap_or(i32::MAX));
        libc::mallopt(libc::M_TRIM_THRESHOLD, KEPT_BYTES);
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE_BYTES);
    }
}

/// Elsewhere the system's allocator does it by itself.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn keep_little_freed_memory() {}

/// The window seldom waits for a worker that takes memory.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LEAST_POOLS: usize = 2;
/// So much may lie free at the end of a pool.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const KEPT_BYTES: i32 = 1 << 20;
/// Pieces from here on are asked of the system one by one: buffers of a frame are not.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE_BYTES: i32 = 4 << 20;

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
