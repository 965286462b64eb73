//! Amounts in đồng, whole and never negative where a person enters them.

mod read;
mod words;

pub use read::UnreadAmount;

use std::fmt;
use thiserror::Error;

/// An amount of đồng. The field is public so that sums folded from the log can be written back
/// plainly; amounts from people and files come in through [`Dong::new`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Dong(pub i64);

/// An amount that no counter can have charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("Số tiền phải từ 0 đến 999.999.999.999 đ. Xin gõ lại.")]
pub struct AmountOutOfRange;

impl AmountOutOfRange {
    /// Stable name of the error for programs.
    pub fn code(&self) -> &'static str {
        "INVALID_AMOUNT"
    }
}

impl Dong {
    /// Nothing to pay.
    pub const ZERO: Self = Self(0);
    /// The largest amount accepted; far above any fee, far below overflow of a year's sum.
    pub const LARGEST: Self = Self(999_999_999_999);

    /// An amount of `dong` đồng.
    ///
    /// # Errors
    /// [`AmountOutOfRange`] below zero or above [`Dong::LARGEST`].
    pub fn new(dong: i64) -> Result<Self, AmountOutOfRange> {
        if (0..=Self::LARGEST.0).contains(&dong) {
            Ok(Self(dong))
        } else {
            Err(AmountOutOfRange)
        }
    }

    /// The sum, or an error where it leaves the accepted range.
    ///
    /// # Errors
    /// [`AmountOutOfRange`].
    pub fn plus(self, other: Self) -> Result<Self, AmountOutOfRange> {
        Self::new(self.0.checked_add(other.0).ok_or(AmountOutOfRange)?)
    }

    /// This amount `count` times, as for a fee per copy.
    ///
    /// # Errors
    /// [`AmountOutOfRange`].
    pub fn times(self, count: u32) -> Result<Self, AmountOutOfRange> {
        Self::new(self.0.checked_mul(i64::from(count)).ok_or(AmountOutOfRange)?)
    }
}

impl fmt::Display for Dong {
    /// `8.000 đ`: groups of three, parted by dots as Vietnamese paper does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        let mut printed = String::from(if self.0 < 0 { "-" } else { "" });
        for (place, digit) in (0..digits.len()).rev().zip(digits.chars()) {
            printed.push(digit);
            if place > 0 && place.is_multiple_of(3) {
                printed.push('.');
            }
        }
        f.pad(&format!("{printed} đ"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_print_with_dots() {
        for (dong, printed) in [
            (0, "0 đ"),
            (999, "999 đ"),
            (8_000, "8.000 đ"),
            (540_000, "540.000 đ"),
            (3_012_000, "3.012.000 đ"),
            (-5_000, "-5.000 đ"),
        ] {
            assert_eq!(Dong(dong).to_string(), printed);
        }
        assert_eq!(Dong(i64::MIN).to_string(), "-9.223.372.036.854.775.808 đ");
    }

    #[test]
    fn amounts_stay_in_range() {
        assert_eq!(Dong::new(-1), Err(AmountOutOfRange));
        assert_eq!(Dong::new(1_000_000_000_000), Err(AmountOutOfRange));
        assert_eq!(Dong::LARGEST.plus(Dong(1)), Err(AmountOutOfRange));
        assert_eq!(Dong(i64::MAX).times(2), Err(AmountOutOfRange));
        assert_eq!(Dong(2_000).times(4), Ok(Dong(8_000)));
    }

    proptest! {
        #[test]
        fn the_digits_survive_printing(dong in 0i64..=999_999_999_999) {
            let digits: String =
                Dong(dong).to_string().chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(digits, dong.to_string());
        }
    }
}
