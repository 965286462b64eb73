//! How much goes up at once: cut by bytes, because a line dies of bytes (a hundred records of a
//! large dossier may never get through where ten do); the number of records is a second limit.

/// How many records from the front go into one batch. One always goes, or a large one would stay
/// for ever and everything behind it too.
#[must_use]
pub fn cut(sizes: impl IntoIterator<Item = usize>, most_bytes: usize, most_records: usize) -> usize {
    let mut bytes = 0usize;
    let fits = sizes.into_iter().take(most_records).take_while(|size| {
        let first = bytes == 0;
        bytes = bytes.saturating_add((*size).max(1));
        first || bytes <= most_bytes
    });
    fits.count()
}

/// The next attempt after "too large": half of what was tried, or what the hub says it takes.
/// Nothing when a single record is already too much.
#[must_use]
pub fn halved(tried: usize, records: usize, hub_takes: Option<usize>) -> Option<usize> {
    let half = tried.checked_div(2).unwrap_or(0).max(1);
    (records > 1).then(|| hub_takes.map_or(half, |takes| takes.min(half)))
}
