//! Search and sort keys for Vietnamese names. A key is derived and may change with the program;
//! the name itself is kept as the civil-status record writes it.

use crate::text;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Search key: lower case, no tones or marks, `đ` as `d`, `y` as `i`, one apostrophe, one space.
/// Tone placement (`hoà`, `hòa`) cannot matter once the marks are gone.
pub fn fold(text: &str) -> String {
    // Lower-casing may bring a new mark (İ becomes i and a dot above), hence two passes.
    let lower = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase);
    let bare: String = lower.nfd().filter(|c| !is_combining_mark(*c)).map(alike).collect();
    text::clean(&bare)
}

/// The words of the search key: cut at everything that is neither letter nor digit, so that
/// `H'Hen`, `H’ Hen` and `h hen` give the same words.
pub fn fold_words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Key that sorts people by given name (last word), then middle names, then surname, when
/// compared byte by byte: letters in the order a ă â … d đ … y, then the tones ngang, huyền,
/// hỏi, ngã, sắc, nặng.
pub fn name_sort_key(name: &str) -> String {
    let cleaned = text::clean(name);
    let mut words: Vec<&str> = cleaned.split(' ').collect();
    let given = words.pop().unwrap_or_default();
    if !words.is_empty() {
        words.rotate_left(1);
    }
    std::iter::once(given)
        .chain(words)
        .map(word_key)
        .collect::<Vec<_>>()
        .join(" ")
}

/// `đ` has no canonical decomposition and `ð` is how old converters wrote it.
fn alike(c: char) -> char {
    match c {
        'đ' | 'ð' => 'd',
        'y' => 'i',
        '’' | '‘' | 'ʼ' | '`' | '´' => '\'',
        other => other,
    }
}

/// Letters first, each followed by the rank of its shape, then a space (lower than any letter,
/// so `An` precedes `Anh`), then the tones.
fn word_key(word: &str) -> String {
    let mut letters = String::new();
    let mut tones = String::new();
    for c in word.chars().flat_map(char::to_lowercase).nfd() {
        match (tone_rank(c), shape_rank(c)) {
            (Some(tone), _) => tones.push(tone),
            (None, Some(shape)) => {
                letters.pop();
                letters.push(shape);
            }
            (None, None) if is_combining_mark(c) => {}
            (None, None) if c == 'đ' => letters.push_str("d1"),
            (None, None) => letters.extend([c, '0']),
        }
    }
    format!("{letters} {}", if tones.is_empty() { "0" } else { &tones })
}

/// Huyền, hỏi, ngã, sắc, nặng; a word without a mark ranks `0`.
fn tone_rank(c: char) -> Option<char> {
    match c {
        '\u{300}' => Some('1'),
        '\u{309}' => Some('2'),
        '\u{303}' => Some('3'),
        '\u{301}' => Some('4'),
        '\u{323}' => Some('5'),
        _ => None,
    }
}

/// Breve before circumflex (ă, â); circumflex before horn (ô, ơ).
fn shape_rank(mark: char) -> Option<char> {
    match mark {
        '\u{306}' => Some('1'),
        '\u{302}' => Some('2'),
        '\u{31b}' => Some('3'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        assert_eq!(fold("hoà"), fold("hòa"));
        assert_eq!(fold("Lý"), fold("Lí"));
        assert_eq!(fold("Đức"), "duc");
        assert_eq!(fold("THUÝ ĐỖ"), fold("thúy  đỗ"));
        assert_eq!(fold("Ẵ Ẫ Ổ Ỗ Ữ ự ợ ẽ ỹ"), "a a o o u u o e i");
    }

    #[test]
    fn words_ignore_apostrophes_and_punctuation() {
        assert_eq!(fold_words("H’Hen Niê"), ["h", "hen", "nie"]);
        assert_eq!(fold_words("H' Hen, niê."), ["h", "hen", "nie"]);
        assert_eq!(fold_words(" - "), Vec::<String>::new());
    }

    #[test]
    fn people_sort_by_given_name_then_middle_then_surname() {
        let sorted = [
            "Trần Văn An",
            "Lê Thị Anh",
            "Lê Ngọc Ánh",
            "Phạm Văn Ân",
            "Võ Dung",
            "Bùi Văn Đào",
            "Nguyễn Thị Hà",
            "Lê Văn Hà",
            "Nguyễn Văn Hà",
            "Bùi Hạ",
            "Bùi Ôn",
            "Bùi Ơn",
            "Bùi Ý",
        ];
        let mut people = sorted;
        people.reverse();
        people.sort_by_key(|name| name_sort_key(name));
        assert_eq!(people, sorted);
    }

    #[test]
    fn a_name_may_be_one_word_or_none() {
        assert!(!name_sort_key("Y").is_empty());
        assert_eq!(name_sort_key(""), name_sort_key("  "));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn composed_and_decomposed_agree(text in "[a-zA-ZÀ-ỹ ']{0,40}") {
            let composed: String = text.nfc().collect();
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(fold(&composed), fold(&decomposed));
            prop_assert_eq!(name_sort_key(&composed), name_sort_key(&decomposed));
        }

        #[test]
        fn case_never_matters(text in "[a-zà-ãè-êìíò-õùúýăđĩũơưạ-ỹ ]{0,40}") {
            prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
        }
    }
}
