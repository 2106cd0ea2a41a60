//! A file that is cut short while it is mapped: what is missing reads as zeros, and the reading ends with an error.
//!
//! Floor 2. Where a mapped page cannot be had any more, because another program cut the file or a drive was pulled out,
//! the system sends SIGBUS, which ends a process that does not handle it. The handler here lays empty memory over the
//! rest of the mapping and remembers that it did; systemd does the same (`src/basic/sigbus.c`). Faults elsewhere go to
//! whoever handled them before. Windows refuses to cut a mapped file, so there is nothing to do.

use std::sync::atomic::AtomicBool;

/// As long as it lives, missing pages of one mapping are handled.
pub(super) struct CutGuard<'a> {
    #[cfg(unix)]
    slot: Option<&'static unix::Slot>,
    /// Set by the handler, through the slot.
    _was_cut: &'a AtomicBool,
}

impl<'a> CutGuard<'a> {
    /// Guards the mapping at `bytes`; `was_cut` turns true where some of it was missing.
    ///
    /// `None` where too many mappings are guarded already: then the file had better be read than mapped.
    #[cfg(unix)]
    pub fn new(bytes: &[u8], was_cut: &'a AtomicBool) -> Option<Self> {
        Some(Self { slot: Some(unix::occupy(bytes, was_cut)?), _was_cut: was_cut })
    }

    #[cfg(not(unix))]
    pub fn new(_bytes: &[u8], was_cut: &'a AtomicBool) -> Option<Self> {
        Some(Self { _was_cut: was_cut })
    }
}

#[cfg(unix)]
impl Drop for CutGuard<'_> {
    fn drop(&mut self) {
        if let Some(slot) = self.slot.take() {
            slot.leave();
        }
    }
}

#[cfg(unix)]
#[expect(unsafe_code, reason = "a signal handler cannot be installed otherwise")]
mod unix {
    use std::mem::MaybeUninit;
    use std::ptr::null_mut;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};

    /// Layers that are read at the same moment.
    const SLOTS: usize = 64;

    static TABLE: [Slot; SLOTS] = [const { Slot::new() }; SLOTS];
    static PAGE_BYTES: AtomicUsize = AtomicUsize::new(0);
    static HANDLER_BEFORE: OnceLock<libc::sigaction> = OnceLock::new();

    /// One guarded mapping; free while `was_cut` is null.
    pub struct Slot {
        /// Odd while the range is being changed.
        version: AtomicUsize,
        start: AtomicUsize,
        end: AtomicUsize,
        was_cut: AtomicPtr<AtomicBool>,
    }

    impl Slot {
        const fn new() -> Self {
            Self {
                version: AtomicUsize::new(0),
                start: AtomicUsize::new(0),
                end: AtomicUsize::new(0),
                was_cut: AtomicPtr::new(null_mut()),
            }
        }

        pub fn leave(&self) {
            self.set_range(0, 0);
            self.was_cut.store(null_mut(), Ordering::SeqCst);
        }

        /// Only whoever occupies the slot calls this.
        fn set_range(&self, start: usize, end: usize) {
            self.version.fetch_add(1, Ordering::SeqCst);
            self.start.store(start, Ordering::SeqCst);
            self.end.store(end, Ordering::SeqCst);
            self.version.fetch_add(1, Ordering::SeqCst);
        }

        /// The end of the mapping, where `address` lies in it. A range that changes meanwhile is another thread's: that of
        /// the mapping whose reader met the missing page stands still.
        fn end_around(&self, address: usize) -> Option<usize> {
            let version = self.version.load(Ordering::SeqCst);
            let (start, end) = (self.start.load(Ordering::SeqCst), self.end.load(Ordering::SeqCst));
            let is_whole = version.is_multiple_of(2) && self.version.load(Ordering::SeqCst) == version;
            (is_whole && (start..end).contains(&address)).then_some(end)
        }
    }

    pub fn occupy(bytes: &[u8], was_cut: &AtomicBool) -> Option<&'static Slot> {
        if !is_installed() {
            return None;
        }
        let flag = std::ptr::from_ref(was_cut).cast_mut();
        let is_free = |slot: &&Slot| {
            slot.was_cut.compare_exchange(null_mut(), flag, Ordering::SeqCst, Ordering::SeqCst).is_ok()
        };
        let slot = TABLE.iter().find(is_free)?;
        let start = bytes.as_ptr() as usize;
        slot.set_range(start, start + bytes.len());
        Some(slot)
    }

    /// Whether the handler is there, installed now where it was not.
    fn is_installed() -> bool {
        static INSTALLED: OnceLock<bool> = OnceLock::new();
        *INSTALLED.get_or_init(|| {
            // SAFETY: plain calls; the structures are ours and filled in before they are read.
            unsafe {
                let Ok(page_bytes) = usize::try_from(libc::sysconf(libc::_SC_PAGESIZE)) else { return false };
                PAGE_BYTES.store(page_bytes, Ordering::SeqCst);
                let mut before = MaybeUninit::<libc::sigaction>::zeroed();
                if libc::sigaction(libc::SIGBUS, std::ptr::null(), before.as_mut_ptr()) != 0 {
                    return false;
                }
                HANDLER_BEFORE.get_or_init(|| before.assume_init());
                let mut action = MaybeUninit::<libc::sigaction>::zeroed().assume_init();
                action.sa_sigaction = handle as *const () as libc::sighandler_t;
                action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
                libc::sigaction(libc::SIGBUS, &raw const action, null_mut()) == 0
            }
        })
    }

    /// Runs in the thread that met the missing page, in the middle of whatever it did: atomics and system calls only.
    extern "C" fn handle(_signal: libc::c_int, info: *mut libc::siginfo_t, _context: *mut libc::c_void) {
        // SAFETY: the system hands in a valid `info`.
        let address = unsafe { (*info).si_addr() } as usize;
        let met = TABLE.iter().find_map(|slot| Some((slot, slot.end_around(address)?)));
        if !met.is_some_and(|(slot, end)| fill_up(slot, address, end))
            && let Some(before) = HANDLER_BEFORE.get()
        {
            // Not ours. The instruction is tried again after this, and then the one who was here before us is asked.
            // SAFETY: `before` is what the system gave us.
            unsafe { libc::sigaction(libc::SIGBUS, std::ptr::from_ref(before), null_mut()) };
        }
    }

    /// Lays zeros over the mapping from the page of `address` to its end: behind the end of a file there is nothing.
    fn fill_up(slot: &Slot, address: usize, end: usize) -> bool {
        let page = address & !(PAGE_BYTES.load(Ordering::SeqCst) - 1);
        let length = end - page;
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_FIXED;
        // SAFETY: the pages belong to a mapping that lives at least as long as its slot is occupied, and nothing but
        // that mapping is replaced; whoever unmaps it unmaps these with it. The flag outlives the slot, too.
        unsafe {
            let laid = libc::mmap(page as *mut libc::c_void, length, libc::PROT_READ, flags, -1, 0);
            let Some(was_cut) = slot.was_cut.load(Ordering::SeqCst).as_ref() else { return false };
            was_cut.store(true, Ordering::SeqCst);
            laid != libc::MAP_FAILED
        }
    }
}
