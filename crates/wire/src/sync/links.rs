//! Records as they came, and the hashes they have: what either end does before it believes them.

use super::Hash;

/// Records with their hashes, recomputed from their bytes; nothing when they do not
/// follow each other.
#[must_use]
pub fn links<R>(
    prev: Hash,
    records: Vec<R>,
    seq: impl Fn(&R) -> u64,
    hash: impl Fn(&R, &Hash) -> Hash,
) -> Option<Vec<(R, Hash)>> {
    let (mut before, mut wanted) = (prev, records.first().map_or(1, &seq));
    let mut links = Vec::with_capacity(records.len());
    for record in records {
        if seq(&record) != wanted || wanted == 0 {
            return None;
        }
        wanted = wanted.saturating_add(1);
        before = hash(&record, &before);
        links.push((record, before));
    }
    Some(links)
}
