//! Wrapping loses no character, never exceeds the width, and refuses what the
//! face cannot show.

use proptest::prelude::*;

use super::*;

fn lines(text: &str, width: f64) -> Vec<String> {
    let spans = [Span::new(text, Face::Regular, 10.0)];
    let lines = wrap(fonts().unwrap(), &spans, width).unwrap();
    lines
        .iter()
        .map(|line| line.spans.iter().map(|span| span.text.as_str()).collect())
        .collect()
}

#[test]
fn wraps_at_spaces() {
    assert_eq!(lines("Trần Thị Bích Đào", 48.0), ["Trần Thị", "Bích Đào"]);
    assert_eq!(lines("", 60.0), [""]);
}

#[test]
fn breaks_a_word_wider_than_the_line() {
    let broken = lines(&"a".repeat(40), 50.0);
    assert!(broken.len() > 2);
    assert_eq!(broken.concat(), "a".repeat(40));
}

#[test]
fn a_mark_stays_with_its_letter() {
    for line in lines(&"ơ\u{306}".repeat(30), 41.0) {
        assert!(!line.starts_with('\u{306}'), "{line:?}");
    }
}

#[test]
fn headings_are_evened() {
    let spans = [Span::new("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", Face::Bold, 9.0)];
    let lines = wrap_even(fonts().unwrap(), &spans, 170.0).unwrap();
    let words: Vec<_> = lines.iter().map(|line| line.spans[0].text.as_str()).collect();
    assert_eq!(words, ["TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"]);
}

#[test]
fn cleaning_keeps_the_name() {
    assert_eq!(clean("Y  Blo\u{31B}\u{200B}\u{a0}Niê\r\n"), "Y Blơ Niê ");
    assert_eq!(clean("Tra\u{302}\u{300}n"), "Trần");
}

#[test]
fn says_what_cannot_be_printed() {
    for name in [
        "Ẵ Ẫ Ổ Ỗ Ữ ự ợ ẽ ỹ",
        "H'Hen Niê",
        "K’Brếu",
        "Y Ƀlơ\u{306} Čư",
        "ƀ ĕ ŏ ŭ ĭ č ñ",
        "₫ № – …",
    ] {
        assert_eq!(unprintable(name), Ok(None), "{name}");
    }
    assert_eq!(unprintable("Nguyễn 漢"), Ok(Some('漢')));
    assert_eq!(unprintable("a\0b"), Ok(Some('\0')));
}

#[test]
fn every_vietnamese_letter_has_a_glyph() {
    let plain = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯYđĐ";
    for letter in plain.chars() {
        for tone in ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"] {
            let text = clean(&format!("{letter}{tone}"));
            assert_eq!(unprintable(&text), Ok(None), "{text}");
        }
    }
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_is_wider(text in "[a-zđươ ẵỗ0-9.,'/-]{0,200}", width in 30.0f64..300.0) {
        let spans = [Span::new(&text, Face::Regular, 10.0)];
        let lines = wrap(fonts().unwrap(), &spans, width).unwrap();
        for line in &lines {
            prop_assert!(line.width <= width);
        }
        let without_space = |text: &str| text.replace(' ', "");
        let joined: String = lines.iter().flat_map(|line| &line.spans).map(|span| span.text.as_str()).collect();
        prop_assert_eq!(without_space(&joined), without_space(&clean(&text)));
    }
}
