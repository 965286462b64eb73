//! Amounts as people and files write them: `8.000 đ`, `8,000`, `8000 đồng`. Nothing is guessed: a
//! fraction, a minus or another country's money is refused with the reason.

use std::str::FromStr;

use thiserror::Error;

use super::Dong;

/// An amount that cannot be taken as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UnreadAmount {
    /// Below zero.
    #[error("Số tiền không được âm. Xin nhập lại.")]
    Negative,
    /// In a currency other than đồng.
    #[error("Chỉ nhận tiền đồng Việt Nam, không nhận ngoại tệ. Xin nhập số đồng.")]
    Foreign,
    /// Above [`Dong::LARGEST`].
    #[error("Số tiền phải từ 0 đến 999.999.999.999 đ. Xin gõ lại.")]
    TooLarge,
    /// No whole number, or figures not parted in threes.
    #[error("Số tiền phải là số nguyên, ví dụ 8.000. Xin gõ lại.")]
    NotAnAmount,
}

/// What may stand behind (or before) an amount of đồng.
const UNITS: [&str; 5] = ["", "đ", "đồng", "vnd", "vnđ"];

impl FromStr for Dong {
    type Err = UnreadAmount;

    fn from_str(text: &str) -> Result<Self, UnreadAmount> {
        let of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '−');
        let number = text.trim_matches(|c| !of_number(c));
        let unit: String = text.chars().filter(|c| !of_number(*c) && !c.is_whitespace()).collect();
        if !number.contains(|c: char| c.is_ascii_digit()) {
            return Err(UnreadAmount::NotAnAmount);
        }
        if !UNITS.contains(&unit.to_lowercase().as_str()) {
            return Err(UnreadAmount::Foreign);
        }
        if number.starts_with(['-', '−']) {
            return Err(UnreadAmount::Negative);
        }
        let digits = whole(number).ok_or(UnreadAmount::NotAnAmount)?;
        let amount = digits.parse().map_err(|_| UnreadAmount::TooLarge)?;
        Self::new(amount).map_err(|_| UnreadAmount::TooLarge)
    }
}

/// The figures, when they stand together or are parted in threes by one and the same sign.
fn whole(number: &str) -> Option<String> {
    let sign = number.chars().find(|c| !c.is_ascii_digit());
    let groups: Vec<&str> = sign.map_or_else(|| vec![number], |sign| number.split(sign).collect());
    let figures = groups.iter().all(|group| group.chars().all(|c| c.is_ascii_digit()));
    let (first, others) = groups.split_first()?;
    let parted = others.is_empty() || (1..=3).contains(&first.len());
    let in_threes = others.iter().all(|group| group.len() == 3);
    (figures && parted && in_threes).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_written_or_refused_with_the_reason() {
        for (text, read) in [
            ("8000", Ok(8_000)),
            (" 8.000 đ ", Ok(8_000)),
            ("8,000", Ok(8_000)),
            ("1.500.000 đồng", Ok(1_500_000)),
            ("20000VNĐ", Ok(20_000)),
            ("0", Ok(0)),
            ("5 USD", Err(UnreadAmount::Foreign)),
            ("$5", Err(UnreadAmount::Foreign)),
            ("10 €", Err(UnreadAmount::Foreign)),
            ("20 tệ", Err(UnreadAmount::Foreign)),
            ("-8.000", Err(UnreadAmount::Negative)),
            ("−1 đ", Err(UnreadAmount::Negative)),
            ("2.5", Err(UnreadAmount::NotAnAmount)),
            ("1.000,000", Err(UnreadAmount::NotAnAmount)),
            ("1000.000", Err(UnreadAmount::NotAnAmount)),
            ("8000-9000", Err(UnreadAmount::NotAnAmount)),
            ("8 000 9", Err(UnreadAmount::NotAnAmount)),
            (".000", Err(UnreadAmount::NotAnAmount)),
            ("miễn phí", Err(UnreadAmount::NotAnAmount)),
            ("", Err(UnreadAmount::NotAnAmount)),
            ("1.000.000.000.000", Err(UnreadAmount::TooLarge)),
            ("99999999999999999999", Err(UnreadAmount::TooLarge)),
        ] {
            assert_eq!(text.parse::<Dong>(), read.map(Dong), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(dong in 0..=Dong::LARGEST.0) {
            prop_assert_eq!(Dong(dong).to_string().parse(), Ok(Dong(dong)));
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let read = text.parse::<Dong>();
            prop_assert!(read.is_err() || read.is_ok_and(|amount| amount.0 >= 0));
        }
    }
}
