//! What one event takes on the wire, beside what of it cannot be made smaller: a hash, a salt, names
//! drawn by chance, and its share of the batch's signatures are noise to any packer.

use std::collections::BTreeSet;

use wire::Record;

use super::EVENTS;
use super::ours::{Pair, Server, whole};
use crate::figures::Figures;
use crate::line::{Line, Way};
use crate::stop::Outcome;

/// BLAKE3.
const HASH: usize = 32;
const SALT: usize = 16;
/// An identity, and the part of it that is drawn: the first six bytes are a clock.
const IDENTITY: usize = 16;
const DRAWN: usize = 10;
/// Ed25519, of the head and of the request.
const SIGNATURES: usize = 2 * 64;

/// Carries a round's events over a line that counts.
pub fn measure(seed: u64, figures: &mut Figures) -> Outcome {
    let line = Line::new();
    let pair = Pair::over(EVENTS, seed, (Some(&line), Server::Beside))?;
    let written = pair.written()?;
    let before = [line.carried(Way::Up), line.carried(Way::Down)];
    pair.push()?;
    let [up, down] = [line.carried(Way::Up), line.carried(Way::Down)];
    let (events, n) = (whole(wide(written.len())), written.len());
    let up = whole(up.saturating_sub(before[0])) / events;
    let down = whole(down.saturating_sub(before[1])) / events;
    let drawn = whole(wide(noise(&written, DRAWN))) / events;
    let noise = whole(wide(noise(&written, IDENTITY))) / events;
    figures.promise("sync.wire_to_incompressible", (up + down) / noise, 1.25, n);
    figures.note("sync.wire_to_hashes_and_drawn", (up + down) / drawn, n);
    figures.note("sync.wire_bytes_up", up, n);
    figures.note("sync.wire_bytes_down", down, n);
    figures.note("sync.incompressible_bytes", noise, n);
    let plain: usize = written.iter().map(plain).sum();
    figures.note("sync.event_bytes", whole(wide(plain)) / events, n);
    Ok(())
}

fn plain(record: &Record) -> usize {
    let body = record.body.as_ref().map_or(0, String::len);
    record.header.len().saturating_add(body)
}

/// Bytes of noise in all of them, an identity counted with so many.
fn noise(written: &[Record], identity: usize) -> usize {
    let mut dossiers = BTreeSet::new();
    let mut bytes = written
        .len()
        .div_ceil(wire::protocol::MAX_BATCH_RECORDS)
        .saturating_mul(SIGNATURES);
    for record in written {
        let Ok(header) = record.header() else { continue };
        let mut drawn = identity;
        if header.dossier.is_some_and(|dossier| dossiers.insert(dossier)) {
            drawn = drawn.saturating_add(identity);
        }
        let files = header.blobs.len().saturating_mul(HASH);
        bytes = bytes
            .saturating_add(HASH)
            .saturating_add(SALT)
            .saturating_add(drawn)
            .saturating_add(files);
    }
    bytes
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
