//! Amounts in words, as Vietnamese receipts, books and cash slips want them beside the figure.
//!
//! One spelling of several that are right: "linh" (not "lẻ"), "nghìn" (not "ngàn"), "tỷ" (not
//! "tỉ"), "bốn" (not "tư") in every place, so that the same amount always reads the same.

use super::Dong;

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const BILLION: u64 = 1_000_000_000;

impl Dong {
    /// The amount in words with a capital first letter: `Hai mươi mốt nghìn đồng`. Below zero, as
    /// in the sum of a day with more refunds than takings, it begins with "Âm".
    #[must_use]
    pub fn in_words(self) -> String {
        let mut words = if self.0 < 0 { vec!["âm"] } else { Vec::new() };
        match self.0.unsigned_abs() {
            0 => words.push("không"),
            amount => number(amount, false, &mut words),
        }
        words.push("đồng");
        capital(&words.join(" "))
    }
}

/// Reads thousands of millions apart: above them the reading begins anew ("một nghìn tỷ").
fn number(amount: u64, inner: bool, words: &mut Vec<&'static str>) {
    let above = divided(amount, BILLION);
    if above > 0 {
        number(above, inner, words);
        words.push("tỷ");
    }
    let mut inner = inner || above > 0;
    for (size, name) in [(1_000_000, "triệu"), (1_000, "nghìn"), (1, "")] {
        let group = rest(divided(rest(amount, BILLION), size), 1_000);
        if group > 0 {
            three(group, inner, words);
            words.extend(Some(name).filter(|name| !name.is_empty()));
            inner = true;
        }
    }
}

/// Three figures. Behind others (`inner`) the empty hundreds are spoken: "không trăm linh năm".
fn three(group: u64, inner: bool, words: &mut Vec<&'static str>) {
    let (hundreds, two) = (divided(group, 100), rest(group, 100));
    let (tens, ones) = (divided(two, 10), rest(two, 10));
    let spoken = inner || hundreds > 0;
    if spoken {
        words.extend([digit(hundreds), "trăm"]);
    }
    match tens {
        0 if ones > 0 && spoken => words.push("linh"),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([digit(tens), "mươi"]),
    }
    words.extend(match (tens, ones) {
        (_, 0) => None,
        (2.., 1) => Some("mốt"),
        (1.., 5) => Some("lăm"),
        _ => Some(digit(ones)),
    });
}

fn digit(figure: u64) -> &'static str {
    let place = usize::try_from(figure).ok();
    place.and_then(|place| DIGITS.get(place)).copied().unwrap_or_default()
}

/// The divisors here are constants above zero.
fn divided(amount: u64, by: u64) -> u64 {
    amount.checked_div(by).unwrap_or_default()
}

fn rest(amount: u64, by: u64) -> u64 {
    amount.checked_rem(by).unwrap_or_default()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_spelt_as_a_cashier_would() {
        for (dong, words) in [
            (0, "Không đồng"),
            (1, "Một đồng"),
            (5, "Năm đồng"),
            (10, "Mười đồng"),
            (11, "Mười một đồng"),
            (15, "Mười lăm đồng"),
            (20, "Hai mươi đồng"),
            (21, "Hai mươi mốt đồng"),
            (24, "Hai mươi bốn đồng"),
            (55, "Năm mươi lăm đồng"),
            (100, "Một trăm đồng"),
            (101, "Một trăm linh một đồng"),
            (105, "Một trăm linh năm đồng"),
            (110, "Một trăm mười đồng"),
            (8_000, "Tám nghìn đồng"),
            (21_000, "Hai mươi mốt nghìn đồng"),
            (105_000, "Một trăm linh năm nghìn đồng"),
            (200_000, "Hai trăm nghìn đồng"),
            (540_000, "Năm trăm bốn mươi nghìn đồng"),
            (1_000_000, "Một triệu đồng"),
            (1_000_005, "Một triệu không trăm linh năm đồng"),
            (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
            (3_012_000, "Ba triệu không trăm mười hai nghìn đồng"),
            (
                15_115_555,
                "Mười lăm triệu một trăm mười lăm nghìn năm trăm năm mươi lăm đồng",
            ),
            (1_000_000_000, "Một tỷ đồng"),
            (1_000_050_000, "Một tỷ không trăm năm mươi nghìn đồng"),
            (
                999_999_999_999,
                "Chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu \
                 chín trăm chín mươi chín nghìn chín trăm chín mươi chín đồng",
            ),
            (1_001_000_000_000, "Một nghìn không trăm linh một tỷ đồng"),
            (-21_000, "Âm hai mươi mốt nghìn đồng"),
        ] {
            assert_eq!(Dong(dong).in_words(), words);
        }
        assert!(Dong(i64::MIN).in_words().ends_with("tám trăm linh tám đồng"));
    }

    /// Spells back word by word, knowing nothing of groups or figures before.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "an overflow here fails the test, which is right"
    )]
    fn spelt_back(words: &str) -> i64 {
        let (mut sum, mut group) = (0, 0);
        for word in words.to_lowercase().split(' ') {
            match word {
                "không" | "linh" => {}
                "trăm" => group *= 100,
                "mười" => group += 10,
                "mươi" => group = group / 100 * 100 + group % 100 % 10 * 10,
                "nghìn" => (sum, group) = (sum + group * 1_000, 0),
                "triệu" => (sum, group) = (sum + group * 1_000_000, 0),
                "tỷ" => (sum, group) = ((sum + group) * 1_000_000_000, 0),
                "đồng" => return sum + group,
                "mốt" => group += 1,
                "lăm" => group += 5,
                one => {
                    let figure = DIGITS.iter().position(|digit| *digit == one).expect(one);
                    group += i64::try_from(figure).unwrap();
                }
            }
        }
        panic!("{words} does not end in đồng")
    }

    proptest! {
        #[test]
        fn words_spell_back_to_the_amount(dong in prop_oneof![0..100_000i64, 0..=Dong::LARGEST.0, 0..i64::MAX / 1_000]) {
            let words = Dong(dong).in_words();
            prop_assert_eq!(spelt_back(&words), dong, "{}", words);
            prop_assert!(!words.contains("  ") && !words.contains("mươi một") && !words.contains("mươi năm"));
        }
    }

    #[test]
    fn all_small_amounts_spell_back() {
        for dong in (0..=9_999).chain((0..=999).map(|group| group * 1_000)) {
            assert_eq!(spelt_back(&Dong(dong).in_words()), dong);
        }
    }
}
