//! Bodies made small for a slow line (zstd), and how far they may be made large again: a few bytes
//! that unpack to many stop where either bound is met, and nothing is laid out for them before.

mod noise;

use std::io::Read as _;
use std::sync::{LazyLock, Mutex, OnceLock};

use noise::Apart;
use zstd::bulk::Compressor;
use zstd::dict::EncoderDictionary;

/// What messages mostly look like: bytes both ends have before the first one comes, so that a small
/// message need not say them again. Compiled in, and never changed: a better sample is another coding.
const SAMPLE: &[u8] = include_bytes!("pack/sample-1.txt");

/// Its text, without the noise.
static APART: LazyLock<Vec<u8>> = LazyLock::new(|| noise::apart(SAMPLE).unwrap_or_default().text);

/// How a body is packed; the name is that of `Content-Encoding`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// zstd, as everybody has it.
    Zstd,
    /// zstd that begins with the sample of this crate: for ends that said that they have it.
    Sample,
    /// The same with what no packer makes smaller beside it: four bytes of its length (little endian),
    /// the noise, and the text as zstd.
    Apart,
}

impl Coding {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Zstd, Self::Sample, Self::Apart];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zstd => "zstd",
            Self::Sample => "zstd-motcua-1",
            Self::Apart => "zstd-motcua-2",
        }
    }

    /// The coding of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|coding| coding.name() == name)
    }

    fn sample(self) -> &'static [u8] {
        match self {
            Self::Zstd => &[],
            Self::Sample => SAMPLE,
            Self::Apart => APART.as_slice(),
        }
    }

    /// Smaller bodies go as they are.
    const fn worth(self) -> usize {
        match self {
            Self::Zstd => 1_024,
            Self::Sample | Self::Apart => 200,
        }
    }
}

/// Every name, as `Accept-Encoding` says it.
pub const ACCEPTED: &str = "zstd-motcua-2, zstd-motcua-1, zstd";
/// Largest body once unpacked, in bytes.
pub const MOST_PLAIN: usize = 8 << 20;
/// Most bytes that come of one.
const RATIO: usize = 100;
/// So much may come of however little.
const ALWAYS: usize = 64 << 10;
/// Largest window an unpacker lays out: 8 MiB, whatever the frame asks for.
const WINDOW_LOG: u32 = 23;
/// How hard is tried: a small body, which is what a slow line gets, costs milliseconds at the hardest.
const HARD: i32 = 19;
/// Up to here a body is packed beginning with the sample.
pub const SMALL: usize = 128 << 10;
const LEVEL: i32 = 8;
/// On a line that carries it at once.
const FAST: i32 = 5;
/// At an end many wait for, but for bodies so small that they are as good as free.
const CROWD: i32 = 3;
const CROWDED: usize = 8 << 10;

/// How much time a body is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Whatever makes a small body smaller: its line may be slow.
    Line,
    /// Little: the line carries it at once.
    Fast,
    /// Little: many wait for this end.
    Crowd,
}

impl Effort {
    const fn level(self, bytes: usize) -> i32 {
        match self {
            Self::Line if bytes <= SMALL => HARD,
            Self::Crowd if bytes <= CROWDED => HARD,
            Self::Fast => FAST,
            Self::Crowd => CROWD,
            Self::Line => LEVEL,
        }
    }
}

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
pub fn pack(plain: &[u8], coding: Coding, effort: Effort) -> Option<Vec<u8>> {
    if plain.len() < coding.worth() || plain.len() > MOST_PLAIN {
        return None;
    }
    let packed = match coding {
        Coding::Zstd | Coding::Sample => squeezed(plain, coding, effort),
        Coding::Apart => {
            let Apart { text, noise } = noise::apart(plain)?;
            let length = u32::try_from(noise.len()).ok()?.to_le_bytes();
            Some([length.as_slice(), &noise, &squeezed(&text, coding, effort)?].concat())
        }
    }?;
    let fits = packed.len() < plain.len() && plain.len() <= most(packed.len(), MOST_PLAIN);
    fits.then_some(packed)
}

/// A large text is a sample of itself; the one of this crate would only be in its way.
fn squeezed(text: &[u8], coding: Coding, effort: Effort) -> Option<Vec<u8>> {
    let level = effort.level(text.len());
    let Some(sample) = prepared(coding, level).filter(|_| text.len() <= SMALL) else {
        return Compressor::new(level).ok()?.compress(text).ok();
    };
    let mut packer = idle().unwrap_or_default();
    packer.set_prepared_dictionary(sample).ok()?;
    let packed = packer.compress(text).ok();
    keep(packer);
    packed
}

/// Packers of small texts that have nothing to do: laying one out takes longer than many a text.
static IDLE: Mutex<Vec<Compressor<'static>>> = Mutex::new(Vec::new());
/// Most of them; each holds up to some megabytes.
const MOST_IDLE: usize = 4;

fn idle() -> Option<Compressor<'static>> {
    IDLE.lock().ok()?.pop()
}

fn keep(packer: Compressor<'static>) {
    if let Ok(mut idle) = IDLE.lock()
        && idle.len() < MOST_IDLE
    {
        idle.push(packer);
    }
}

/// Samples laid out for the levels bodies are packed with that are not large: doing so takes longer than
/// packing most of them.
static LAID_OUT: [[OnceLock<EncoderDictionary<'static>>; LEVELS.len()]; 2] =
    [const { [const { OnceLock::new() }; LEVELS.len()] }; 2];
const LEVELS: [i32; 3] = [HARD, FAST, CROWD];

fn prepared(coding: Coding, level: i32) -> Option<&'static EncoderDictionary<'static>> {
    let [sample, apart] = &LAID_OUT;
    let of_coding = match coding {
        Coding::Zstd => return None,
        Coding::Sample => sample,
        Coding::Apart => apart,
    };
    let mut levels = LEVELS.iter().zip(of_coding);
    let (_, laid_out) = levels.find(|(known, _)| **known == level)?;
    Some(laid_out.get_or_init(|| EncoderDictionary::copy(coding.sample(), level)))
}

/// The body as it was, at most `limit` bytes of it.
///
/// # Errors
/// [`Unpack`].
pub fn unpack(packed: &[u8], coding: Coding, limit: usize) -> Result<Vec<u8>, Unpack> {
    let most = most(packed.len(), limit);
    match coding {
        Coding::Zstd | Coding::Sample => released(packed, coding, most),
        Coding::Apart => {
            let (length, rest) = packed.split_first_chunk::<4>().ok_or(Unpack::Damaged)?;
            let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| Unpack::Damaged)?;
            let (noise, text) = rest.split_at_checked(length).ok_or(Unpack::Damaged)?;
            let text = released(text, coding, most)?;
            noise::together(&text, noise, most).ok_or(Unpack::Damaged)
        }
    }
}

fn released(packed: &[u8], coding: Coding, most: usize) -> Result<Vec<u8>, Unpack> {
    let damaged = |_| Unpack::Damaged;
    let mut decoder = zstd::stream::read::Decoder::with_dictionary(packed, coding.sample()).map_err(damaged)?;
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
        assert_eq!(unpack(&packed, Coding::Zstd, 1 << 20), Err(Unpack::TooLarge));
        assert_eq!(
            unpack(&packed, Coding::Zstd, usize::MAX),
            Err(Unpack::TooLarge),
            "a hundred to one"
        );
        assert_eq!(
            unpack(&bomb(ALWAYS as u64, 21), Coding::Zstd, MOST_PLAIN).map(|it| it.len()),
            Ok(ALWAYS)
        );
        assert_eq!(unpack(b"no zstd", Coding::Zstd, 100), Err(Unpack::Damaged));
    }

    #[test]
    fn a_window_nobody_has_room_for_is_not_laid_out() {
        assert_eq!(
            unpack(&bomb(1 << 20, 27), Coding::Zstd, MOST_PLAIN),
            Err(Unpack::Damaged)
        );
    }

    #[test]
    fn a_packer_forgets_what_it_packed_before() {
        let one = "hồ sơ một cửa ".repeat(40);
        let other = "giấy tiếp nhận và hẹn trả ".repeat(300);
        let packed = |text: &str, coding, effort| squeezed(text.as_bytes(), coding, effort).unwrap();
        let first = packed(&one, Coding::Apart, Effort::Line);
        for effort in [Effort::Crowd, Effort::Fast, Effort::Line] {
            for coding in Coding::ALL {
                packed(&other, coding, effort);
            }
            assert_eq!(packed(&one, Coding::Apart, Effort::Line), first);
        }
    }

    /// Their bytes are in programs out there: of the second also what is taken out of it.
    #[test]
    fn the_samples_are_what_they_always_were() {
        for (sample, known) in [
            (SAMPLE, "7d977a9301bebf6c0e36c0d5e5f234a4"),
            (Coding::Apart.sample(), "7eb4951490db84bf8c2d8cb96c1e5a5f"),
        ] {
            let hash = blake3::hash(sample).to_hex();
            assert!(hash.starts_with(known), "{hash}");
        }
        assert_eq!(
            ACCEPTED,
            Coding::ALL
                .map(Coding::name)
                .iter()
                .rev()
                .copied()
                .collect::<Vec<_>>()
                .join(", ")
        );
    }

    #[test]
    fn a_message_like_the_sample_is_small_with_it() {
        let message = &SAMPLE[SAMPLE.len() / 2..];
        let sizes = Coding::ALL.map(|coding| pack(message, coding, Effort::Line).unwrap().len());
        assert!(sizes[1] * 4 < sizes[0], "{sizes:?}");
    }

    /// Events of a day: words, and what is drawn by chance.
    fn events(count: u64) -> Vec<u8> {
        let one = |number: u64| {
            let hash = blake3::hash(&number.to_le_bytes());
            let id: dossier::EventId = dossier::EventId::from_bytes(*hash.as_bytes().first_chunk().unwrap());
            format!(
                r#"{{"event":"{id}","name":"Nguyễn Thị {number}","salt":"{}"}}"#,
                hash.to_hex()
            )
        };
        (0..count).map(one).collect::<Vec<_>>().join(",").into_bytes()
    }

    #[test]
    fn small_and_large_messages_come_back_and_take_less_apart() {
        for count in [2, 40, 1_500] {
            let plain = events(count);
            for effort in [Effort::Line, Effort::Fast, Effort::Crowd] {
                let sizes = Coding::ALL.map(|coding| {
                    let Some(packed) = pack(&plain, coding, effort) else {
                        return plain.len();
                    };
                    assert_eq!(unpack(&packed, coding, MOST_PLAIN).as_ref(), Ok(&plain));
                    packed.len()
                });
                assert!(
                    sizes[2] < sizes[1] && sizes[1] <= sizes[0] + 64,
                    "{count} {effort:?} {sizes:?}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_back(noise in proptest::collection::vec(any::<u8>(), 1..2_000), times in 1_usize..40) {
            let plain = noise.repeat(times);
            for coding in Coding::ALL {
                match pack(&plain, coding, Effort::Line) {
                    Some(packed) => prop_assert_eq!(unpack(&packed, coding, MOST_PLAIN), Ok(plain.clone())),
                    // Bytes of its own that are marks go as they are.
                    None => prop_assert!(plain.len() < coding.worth() || times == 1 || coding == Coding::Apart),
                }
            }
        }

        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut framed = vec![0x28, 0xb5, 0x2f, 0xfd];
            framed.extend(&bytes);
            let apart = [&2_u32.to_le_bytes(), framed.as_slice()].concat();
            for bytes in [&bytes, &framed, &apart] {
                for coding in Coding::ALL {
                    let done = unpack(bytes, coding, 1_000);
                    prop_assert!(done.is_err() || done.is_ok_and(|it| it.len() <= 1_000));
                }
            }
        }
    }
}
