//! How fast files went up lately, for people.

/// Older carrying counts half.
const WINDOW_MS: u64 = 20_000;

/// Bytes and the time they took, the newest counting most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Speed {
    bytes: u64,
    ms: u64,
}

impl Speed {
    /// So many bytes came through in so many milliseconds.
    pub fn carried(&mut self, bytes: u64, ms: u64) {
        if self.ms > WINDOW_MS {
            self.bytes = self.bytes.checked_div(2).unwrap_or(0);
            self.ms = self.ms.checked_div(2).unwrap_or(0);
        }
        self.bytes = self.bytes.saturating_add(bytes);
        self.ms = self.ms.saturating_add(ms);
    }

    /// Bytes a second; nothing before anything took time.
    #[must_use]
    pub fn bytes_per_second(self) -> Option<u64> {
        self.bytes.saturating_mul(1_000).checked_div(self.ms)
    }
}

#[cfg(test)]
mod tests {
    use super::Speed;

    #[test]
    fn the_newest_counts_most() {
        let mut speed = Speed::default();
        assert_eq!(speed.bytes_per_second(), None);
        speed.carried(100_000, 1_000);
        assert_eq!(speed.bytes_per_second(), Some(100_000));
        for _ in 0..40 {
            speed.carried(10_000, 1_000);
        }
        let now = speed.bytes_per_second().unwrap();
        assert!((10_000..12_000).contains(&now), "{now}");
        speed.carried(0, 0);
        assert_eq!(speed.bytes_per_second(), Some(now));
    }
}
