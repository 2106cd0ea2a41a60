//! The system's allocator, which counts what is allocated and not freed.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// For `#[global_allocator]`.
pub struct CountingAllocator;

static HELD: AtomicUsize = AtomicUsize::new(0);

/// Bytes that the program has asked for and not given back, on all threads; what C libraries ask for is not among them.
pub fn held_bytes() -> usize {
    HELD.load(Ordering::Relaxed)
}

fn took(place: *mut u8, bytes: usize) -> *mut u8 {
    if !place.is_null() {
        HELD.fetch_add(bytes, Ordering::Relaxed);
    }
    place
}

// SAFETY: each call is passed on as it is.
unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller's.
        took(unsafe { System.alloc(layout) }, layout.size())
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller's.
        took(unsafe { System.alloc_zeroed(layout) }, layout.size())
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        // SAFETY: as the caller's.
        let moved = took(unsafe { System.realloc(place, layout, bytes) }, bytes);
        if !moved.is_null() {
            HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        }
        moved
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as the caller's.
        unsafe { System.dealloc(place, layout) };
    }
}
