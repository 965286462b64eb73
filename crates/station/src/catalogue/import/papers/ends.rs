//! How a name ends: with a mark that joined it to the next cell, or in the middle of a word.

/// A name without the marks that joined it to its count: `Đơn-`, `Đơn –`, `Thẻ; .`.
pub fn without_joiners(name: &str) -> &str {
    let mut name = name;
    loop {
        let cut = name.trim_end_matches(|c: char| c.is_whitespace() || JOINERS.contains(&c));
        let cut = match cut.strip_suffix(['.', ',', ';']) {
            Some(before) if before.ends_with(char::is_whitespace) => before.trim_end(),
            Some(_) | None => cut,
        };
        if cut == name {
            return name;
        }
        name = cut;
    }
}

const JOINERS: &[char] = &['-', '–', '—', '_', '+', '*', '•', '·', '|', '/', '&', '='];

/// Vowels no Vietnamese syllable ends with: `tiề`, `thuộ`, `phươ` want a consonant.
const OPEN: &[&str] = &["iê", "yê", "uô", "ươ"];

/// Words a sentence goes on after.
const ONWARD: &[&str] = &[
    "và", "hoặc", "của", "theo", "với", "về", "các", "những", "do", "bởi", "tại", "hay", "là",
];

/// Whether a name stops in the middle of a word or of a sentence.
pub fn is_cut_short(name: &str) -> bool {
    let end = name.trim_end_matches([';', '.', ',', ':', ' ']);
    let last = end.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let plain: String = last.chars().map(without_tone).collect();
    let open = OPEN.iter().any(|vowels| plain.ends_with(vowels)) || plain.ends_with(['ă', 'â']);
    // `ph`, `tr`, `đ`: consonants a word only begins with. A single letter is an item's mark.
    let begun = last.chars().count() > 1 && plain.chars().all(|c| "bcdđghklmnpqrstvx".contains(c));
    let small = !last.is_empty() && last.chars().all(char::is_lowercase);
    let quote = name.matches('“').count() > name.matches('”').count();
    quote || (small && (open || begun)) || ONWARD.contains(&last)
}

/// The vowel under a tone mark.
fn without_tone(c: char) -> char {
    match c {
        'ắ' | 'ằ' | 'ẳ' | 'ẵ' | 'ặ' => 'ă',
        'ấ' | 'ầ' | 'ẩ' | 'ẫ' | 'ậ' => 'â',
        'ế' | 'ề' | 'ể' | 'ễ' | 'ệ' => 'ê',
        'ố' | 'ồ' | 'ổ' | 'ỗ' | 'ộ' => 'ô',
        'ớ' | 'ờ' | 'ở' | 'ỡ' | 'ợ' => 'ơ',
        'í' | 'ì' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ý' | 'ỳ' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        'ú' | 'ù' | 'ủ' | 'ũ' | 'ụ' => 'u',
        'ứ' | 'ừ' | 'ử' | 'ữ' | 'ự' => 'ư',
        _ => c,
    }
}
