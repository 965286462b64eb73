//! Records as small as the protocol allows: 16 bytes of event in one BLAKE3 block with their chain.

use wire::sync::{Chain, Hash, Position};

/// A stream's name: device and epoch.
pub type Name = (u32, u32);

/// A record of a newer program: its last bytes mean nothing to this one.
pub const UNKNOWN: u8 = 1;
/// An event the rules refuse after the fact.
pub const REFUSED: u8 = 2;

/// What is stored of an event, as it came.
pub type Bytes = [u8; 16];

/// The event's identity, which it keeps under every name.
pub fn id(bytes: &Bytes) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

/// The printed number, day and number; 0 for none.
pub fn code(bytes: &Bytes) -> u32 {
    u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]])
}

/// [`UNKNOWN`], [`REFUSED`].
pub fn kind(bytes: &Bytes) -> u8 {
    bytes[8]
}

/// Bytes on the line; a unit is 4 kB.
pub fn size(bytes: &Bytes) -> usize {
    usize::from(bytes[9]) << 12
}

/// An event. The clock is what its PC thought; nothing may depend on it.
pub fn event(id: u32, code: u32, kind: u8, size: u8, clock: u32) -> Bytes {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&id.to_le_bytes());
    bytes[4..8].copy_from_slice(&code.to_le_bytes());
    (bytes[8], bytes[9]) = (kind, size);
    bytes[10..14].copy_from_slice(&clock.to_le_bytes());
    // What a newer program wrote and this one has no name for.
    bytes[15] = if kind & UNKNOWN == 0 { 0 } else { 0xa5 };
    bytes
}

/// The event as this program would write it from what it could read.
pub fn rewritten(mut bytes: Bytes) -> Bytes {
    bytes[15] = 0;
    bytes
}

/// The hash of record `seq`.
pub fn hash(name: Name, seq: u64, prev: &Hash, bytes: &Bytes) -> Hash {
    let mut all = [0u8; 62];
    all[..32].copy_from_slice(prev);
    all[32..36].copy_from_slice(&name.0.to_le_bytes());
    all[36..40].copy_from_slice(&name.1.to_le_bytes());
    all[40..46].copy_from_slice(&seq.to_le_bytes()[..6]);
    all[46..].copy_from_slice(bytes);
    *blake3::hash(&all).as_bytes()
}

/// One copy of one stream.
#[derive(Clone)]
pub struct Copy {
    pub name: Name,
    /// The stream's key, from which its first `prev` comes.
    pub key: u64,
    pub start: Hash,
    pub records: Vec<(Bytes, Hash)>,
}

impl Copy {
    pub fn new(name: Name, key: u64) -> Self {
        let start = *blake3::hash(&key.to_le_bytes()).as_bytes();
        Self {
            name,
            key,
            start,
            records: Vec::new(),
        }
    }

    pub fn len(&self) -> u64 {
        self.records.len() as u64
    }

    pub fn at(&self, seq: u64) -> Option<Hash> {
        match usize::try_from(seq).unwrap().checked_sub(1) {
            None => Some(self.start),
            Some(at) => self.records.get(at).map(|record| record.1),
        }
    }

    pub fn end(&self) -> Position {
        Position {
            seq: self.len(),
            hash: self.records.last().map_or(self.start, |record| record.1),
        }
    }

    /// Appends an event in the next place.
    pub fn append(&mut self, bytes: Bytes) {
        let end = self.end();
        self.records
            .push((bytes, hash(self.name, end.seq + 1, &end.hash, &bytes)));
    }

    /// Whether every hash is the one of its bytes.
    pub fn verifies(&self) -> bool {
        let mut prev = self.start;
        self.records.iter().zip(1..).all(|((bytes, kept), seq)| {
            prev = hash(self.name, seq, &prev, bytes);
            prev == *kept
        })
    }
}

impl Chain for Copy {
    type Error = std::convert::Infallible;

    fn head(&self) -> Position {
        self.end()
    }

    fn hash_at(&self, seq: u64) -> Result<Option<Hash>, Self::Error> {
        Ok(self.at(seq))
    }
}
