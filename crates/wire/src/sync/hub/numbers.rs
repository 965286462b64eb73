//! Numbers of a daily series for one life of one device.

/// Largest block.
pub const LARGEST: u32 = 500;
/// Kept back for dossiers that come through the portal; behind them the series goes on in five
/// digits.
pub const KEPT_BACK: std::ops::RangeInclusive<u32> = 5_001..=9_999;

/// Numbers from … to, both leased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First.
    pub from: u32,
    /// Last.
    pub to: u32,
}

impl Span {
    /// How many.
    #[must_use]
    pub const fn size(self) -> u32 {
        self.to.saturating_sub(self.from).saturating_add(1)
    }
}

/// Further blocks, so that with the `has` it holds the caller has `count` numbers. `last` is the
/// highest number ever leased of the day to anybody, by this database or by one that was lost.
#[must_use]
pub fn blocks(has: u32, last: u32, count: u32) -> Vec<Span> {
    let (mut lacking, mut last) = (count.saturating_sub(has), last);
    let mut blocks = Vec::new();
    while lacking > 0 {
        let block = next_block(last, lacking);
        lacking = lacking.saturating_sub(block.size());
        last = block.to;
        blocks.push(block);
    }
    blocks
}

/// The numbers behind `last`, at most `count` and one block, never across those kept back.
fn next_block(last: u32, count: u32) -> Span {
    let after = last.saturating_add(1);
    let from = if KEPT_BACK.contains(&after) {
        KEPT_BACK.end().saturating_add(1)
    } else {
        after
    };
    let to = from.saturating_add(count.min(LARGEST)).saturating_sub(1);
    let before = KEPT_BACK.start().saturating_sub(1);
    Span {
        from,
        to: if from <= before { to.min(before) } else { to },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_kept_back_are_jumped_over() {
        let next = |last, count| (next_block(last, count).from, next_block(last, count).to);
        assert_eq!(next(0, 200), (1, 200));
        assert_eq!(next(4_900, 200), (4_901, 5_000));
        assert_eq!(next(5_000, 100), (10_000, 10_099));
        assert_eq!(next(10_099, 500), (10_100, 10_599));
    }
}
