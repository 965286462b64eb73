//! The one place where third-party decoders run: on a thread of their own, with a deep stack.
//!
//! Decoders of images and PDF are large and meet hostile bytes. A panic in one of them must refuse
//! one file, not end a registration that is under way on the same thread, so it is turned into
//! [`PageError::DecoderFailed`] here (this is why the release profile must keep unwinding). A
//! thread instead of `catch_unwind`, because nested PDF objects also need more stack than the 2 MiB
//! that a worker thread has, and running out of stack cannot be caught.

use crate::error::PageError;

/// Address space for the stack; only the touched part costs memory.
const STACK: usize = 64 * 1024 * 1024;

/// Runs `work` apart and waits for it.
///
/// # Errors
/// Those of `work`; [`PageError::DecoderFailed`] when it panics or no thread can be started.
pub(crate) fn apart<T: Send>(work: impl FnOnce() -> Result<T, PageError> + Send) -> Result<T, PageError> {
    std::thread::scope(|scope| {
        let name = "page-decoder".to_owned();
        let builder = std::thread::Builder::new().name(name).stack_size(STACK);
        let running = builder
            .spawn_scoped(scope, work)
            .map_err(|_| PageError::DecoderFailed)?;
        running.join().unwrap_or(Err(PageError::DecoderFailed))
    })
}

#[cfg(test)]
mod tests {
    use super::apart;
    use crate::error::PageError;

    #[test]
    fn results_come_through_and_a_panic_becomes_a_refusal() {
        assert_eq!(apart(|| Ok(7)), Ok(7));
        assert_eq!(
            apart(|| Err::<(), _>(PageError::NoSuchPage)),
            Err(PageError::NoSuchPage)
        );
        let broken = apart(|| -> Result<(), PageError> { panic!("a decoder's own mistake") });
        assert_eq!(broken, Err(PageError::DecoderFailed));
    }
}
