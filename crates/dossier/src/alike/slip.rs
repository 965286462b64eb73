//! One slip of the finger: a letter wrong, too many, too few, or two neighbours turned.

/// Whether one text becomes the other by exactly one slip.
pub fn one_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let head = common(one.iter(), other.iter());
    let (one, other) = (
        one.get(head..).unwrap_or_default(),
        other.get(head..).unwrap_or_default(),
    );
    let tail = common(one.iter().rev(), other.iter().rev());
    match (without(one, tail), without(other, tail)) {
        ([], [_]) | ([_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

fn common<'a>(one: impl Iterator<Item = &'a char>, other: impl Iterator<Item = &'a char>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

fn without(letters: &[char], tail: usize) -> &[char] {
    letters.get(..letters.len().saturating_sub(tail)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::one_apart;

    #[test]
    fn a_slip_is_one_letter_or_two_turned() {
        for (one, other) in [
            ("nguien", "nguen"),
            ("hoa", "hoan"),
            ("bich", "bivh"),
            ("dao", "doa"),
            ("aab", "ab"),
        ] {
            assert!(one_apart(one, other) && one_apart(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("hoa", "hoa"),
            ("", ""),
            ("lan", "hue"),
            ("bich", "bihcc"),
            ("ab", "cd"),
        ] {
            assert!(!one_apart(one, other), "{one} {other}");
        }
    }
}
