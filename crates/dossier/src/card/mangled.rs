//! Signs a reader leaves in a text when it cannot type Vietnamese: letters of a wrong code page, marks that were
//! keys, capitals where none are. Names have no check digit, so whatever is odd is asked about.

/// Letters that names and places of this country are written with besides `a` to `z`: Vietnamese ones, and those
/// of its other peoples that have signs of their own (Ê Đê, Ba Na, Gia Rai, Chăm).
const LETTERS: &str = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵƀčĕĭñŏŭ";
/// What else stands in names and addresses: `H'Hen`, `Ia-Grai`, `số 12/3 (tổ 4)`.
const SIGNS: &str = " '’ʼ-.,/():;&+";
/// Tones of Windows' Vietnamese code page, read as if they were Western letters: they follow a vowel there.
const TONES: &str = "ìòÌÒÞÒ";

/// Whether a text bears such a sign.
pub(super) fn is_mangled(text: &str) -> bool {
    !text.chars().all(is_known) || text.split(' ').any(is_odd_word)
}

fn is_known(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || SIGNS.contains(c)
        || ('\u{300}'..='\u{36f}').contains(&c)
        || c.to_lowercase()
            .all(|small| LETTERS.contains(small) || small.is_ascii_lowercase())
}

/// A capital behind a small letter, a figure between letters, or a tone that follows its vowel.
fn is_odd_word(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.windows(2).any(|pair| match pair {
        [before, after] => {
            (before.is_lowercase() && after.is_uppercase())
                || (before.is_alphabetic() && after.is_ascii_digit() && before.is_lowercase())
                || (is_vowel(*before) && TONES.contains(*after))
        }
        _ => false,
    })
}

fn is_vowel(c: char) -> bool {
    crate::fold::fold(&c.to_string()).contains(['a', 'e', 'i', 'o', 'u'])
}
