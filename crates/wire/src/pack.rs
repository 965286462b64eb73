//! Bodies made small for a slow line (zstd), and how far they may be made large again: a few bytes
//! that unpack to many stop where either bound is met, and nothing is laid out for them before.

use std::io::Read as _;

/// Smaller bodies go as they are.
pub const WORTH: usize = 1_024;
/// Largest body once unpacked, in bytes.
pub const MOST_PLAIN: usize = 8 << 20;
/// Most bytes that come of one.
const RATIO: usize = 100;
/// So much may come of however little.
const ALWAYS: usize = 64 << 10;
/// Largest window an unpacker lays out: 8 MiB, whatever the frame asks for.
const WINDOW_LOG: u32 = 23;
/// Bytes of records hardly pack better above this; below, a busy counter would not notice either.
const LEVEL: i32 = 6;

/// Why a body was not unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unpack {
    /// These are no packed bytes.
    #[error("the packed bytes are damaged")]
    Damaged,
    /// More comes of them than may.
    #[error("the packed bytes unpack to too many")]
    TooLarge,
}

/// The body made small; nothing when it is small, does not become so, or is more than the other end
/// takes unpacked.
#[must_use]
pub fn pack(plain: &[u8]) -> Option<Vec<u8>> {
    if plain.len() < WORTH || plain.len() > MOST_PLAIN {
        return None;
    }
    let packed = zstd::bulk::compress(plain, LEVEL).ok()?;
    let fits = packed.len() < plain.len() && plain.len() <= most(packed.len(), MOST_PLAIN);
    fits.then_some(packed)
}

/// The body as it was, at most `limit` bytes of it.
///
/// # Errors
/// [`Unpack`].
pub fn unpack(packed: &[u8], limit: usize) -> Result<Vec<u8>, Unpack> {
    let damaged = |_| Unpack::Damaged;
    let most = most(packed.len(), limit);
    let mut decoder = zstd::stream::read::Decoder::with_buffer(packed).map_err(damaged)?;
    decoder.window_log_max(WINDOW_LOG).map_err(damaged)?;
    let one_more = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut plain = Vec::new();
    decoder.take(one_more).read_to_end(&mut plain).map_err(damaged)?;
    if plain.len() > most {
        Err(Unpack::TooLarge)
    } else {
        Ok(plain)
    }
}

fn most(packed: usize, limit: usize) -> usize {
    packed.saturating_mul(RATIO).max(ALWAYS).min(limit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bomb(bytes: u64, window: u32) -> Vec<u8> {
        let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
        encoder.window_log(window).unwrap();
        std::io::copy(&mut std::io::repeat(0).take(bytes), &mut encoder).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_bomb_stops_at_the_nearer_bound() {
        let packed = bomb(64 << 20, 21);
        assert!(packed.len() < 64 << 10);
        assert_eq!(unpack(&packed, 1 << 20), Err(Unpack::TooLarge));
        assert_eq!(unpack(&packed, usize::MAX), Err(Unpack::TooLarge), "a hundred to one");
        assert_eq!(
            unpack(&bomb(ALWAYS as u64, 21), MOST_PLAIN).map(|it| it.len()),
            Ok(ALWAYS)
        );
        assert_eq!(unpack(b"no zstd", 100), Err(Unpack::Damaged));
    }

    #[test]
    fn a_window_nobody_has_room_for_is_not_laid_out() {
        assert_eq!(unpack(&bomb(1 << 20, 27), MOST_PLAIN), Err(Unpack::Damaged));
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_back(noise in proptest::collection::vec(any::<u8>(), 1..2_000), times in 1_usize..40) {
            let plain = noise.repeat(times);
            match pack(&plain) {
                Some(packed) => prop_assert_eq!(unpack(&packed, MOST_PLAIN), Ok(plain)),
                None => prop_assert!(plain.len() < WORTH || times == 1),
            }
        }

        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut framed = vec![0x28, 0xb5, 0x2f, 0xfd];
            framed.extend(&bytes);
            for bytes in [bytes, framed] {
                prop_assert!(unpack(&bytes, 1_000).is_ok_and(|it| it.len() <= 1_000) || unpack(&bytes, 1_000).is_err());
            }
        }
    }
}
