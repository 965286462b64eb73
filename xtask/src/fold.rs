//! Names as a person types them in a hurry: lower case, no tones, đ as d. The product folds more
//! (i/y, tone placement) in `crates/dossier`; this plain version is what the demo types, on purpose
//! without sharing a line with what it checks.

const LETTERS: &[(char, &str)] = &[
    ('a', "àáảãạăằắẳẵặâầấẩẫậ"),
    ('e', "èéẻẽẹêềếểễệ"),
    ('i', "ìíỉĩị"),
    ('o', "òóỏõọôồốổỗộơờớởỡợ"),
    ('u', "ùúủũụưừứửữự"),
    ('y', "ỳýỷỹỵ"),
    ('d', "đ"),
];

/// The text in lower case without tones and marks, NFC or NFD alike.
pub fn fold(text: &str) -> String {
    let lower = text.chars().flat_map(char::to_lowercase);
    lower
        .filter(|letter| !('\u{300}'..='\u{36f}').contains(letter))
        .map(bare)
        .collect()
}

fn bare(letter: char) -> char {
    LETTERS
        .iter()
        .find(|(_, marked)| marked.contains(letter))
        .map_or(letter, |(bare, _)| *bare)
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn tones_and_marks_go() {
        assert_eq!(fold("Nguyễn Đức Hoà"), "nguyen duc hoa");
        assert_eq!(fold("Nguye\u{302}\u{303}n"), "nguyen");
        assert_eq!(fold("THƯỢNG QUỲNH"), "thuong quynh");
    }
}
