//! What JavaScript calls.

use core::arch::wasm32;
use core::mem::MaybeUninit;
use core::{ptr, slice};

use crate::decoder::{Decoder, Progress};

static mut DECODER: MaybeUninit<Decoder> = MaybeUninit::zeroed();
static mut PACKED: &[u8] = &[];
static mut STREAM: &mut [u8] = &mut [];
static mut OUTPUT: &mut [u8] = &mut [];

const PAGE: usize = 1 << 16;

/// Room for `size` bytes that nothing else uses; zero if there is none.
fn room(size: usize) -> usize {
    let pages = wasm32::memory_grow(0, size.div_ceil(PAGE));
    if pages == usize::MAX { 0 } else { pages * PAGE }
}

/// Where the packed bytes are to be written; zero if the memory is full.
#[unsafe(no_mangle)]
extern "C" fn take(size: usize) -> usize {
    let at = room(size);
    // SAFETY: one thread, and the memory was grown for this slice alone.
    unsafe { PACKED = slice::from_raw_parts(at as *const u8, size) };
    at
}

/// After the packed bytes are written: where the output will be, or zero if its size cannot be true.
#[unsafe(no_mangle)]
extern "C" fn begin() -> usize {
    // SAFETY: one thread; no reference outlives a call.
    unsafe {
        let Some((stream, output)) = Decoder::sizes(PACKED) else { return 0 };
        let at = room(stream + output);
        if at == 0 {
            return 0;
        }
        STREAM = slice::from_raw_parts_mut(at as *mut u8, stream);
        OUTPUT = slice::from_raw_parts_mut((at + stream) as *mut u8, output);
        let decoder = (*ptr::addr_of_mut!(DECODER)).assume_init_mut();
        decoder.begin(PACKED).map_or(0, |()| at + stream)
    }
}

/// Unpacks up to `count` bytes more: the output's size when all is there, zero before, -1 if the packed
/// bytes are damaged.
#[unsafe(no_mangle)]
extern "C" fn step(count: usize) -> isize {
    // SAFETY: one thread; no reference outlives a call.
    unsafe {
        let decoder = (*ptr::addr_of_mut!(DECODER)).assume_init_mut();
        let stream = &mut *ptr::addr_of_mut!(STREAM);
        let output = &mut *ptr::addr_of_mut!(OUTPUT);
        match decoder.step(PACKED, stream, output, count) {
            Progress::More => 0,
            Progress::Done => output.len() as isize,
            Progress::Damaged => -1,
        }
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    wasm32::unreachable()
}
