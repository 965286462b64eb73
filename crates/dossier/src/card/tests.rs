//! The fabricated cards of the domain reference, and everything a reader can do to them.

// Overflow in a test is a failing test.
#![allow(clippy::arithmetic_side_effects)]

use super::*;
use proptest::prelude::*;

const SAMPLES: [&str; 4] = [
    "099090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Thôn Mẫu, Xã Mẫu, Huyện Mẫu, Tỉnh Mẫu|15042021",
    "099195000002||Trần Thị Bích Đào|29021996|Nữ|Tổ 2, Phường Ví Dụ, Tỉnh Mẫu|10072024",
    "099095000003||Lê Đức Ơn|31021995|Nam|Thôn Giả, Xã Mẫu, Tỉnh Mẫu|01012022",
    "099301000004||Phạm Ngọc Ánh|05092001|Nữ|Ấp Thử, Xã Mẫu, Tỉnh Mẫu|20082024||Cha Mẫu|Mẹ Mẫu|",
];

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

fn warnings(payload: &str) -> Vec<CardWarning> {
    parse(payload).unwrap().warnings
}

#[test]
fn a_sound_card_is_read_without_a_warning() {
    let card = parse(SAMPLES[0]).unwrap();
    let expected = Card {
        id_number: "099090000001".into(),
        old_id_number: Some("012345678".into()),
        name: "Nguyễn Văn A".into(),
        birth_date: day(1990, 1, 1),
        gender: Some(Gender::Male),
        address: "Số 1, Thôn Mẫu, Xã Mẫu, Huyện Mẫu, Tỉnh Mẫu".into(),
        issued_on: day(2021, 4, 15),
        warnings: vec![],
    };
    assert_eq!(card, expected);
}

#[test]
fn a_birth_year_against_the_number_is_a_warning() {
    let card = parse(SAMPLES[1]).unwrap();
    assert_eq!((card.old_id_number, card.birth_date), (None, day(1996, 2, 29)));
    assert_eq!(card.gender, Some(Gender::Female));
    assert_eq!(card.warnings, [CardWarning::BirthYearMismatch]);
}

#[test]
fn an_impossible_birth_date_is_left_out_with_a_warning() {
    let card = parse(SAMPLES[2]).unwrap();
    assert_eq!((card.birth_date, card.issued_on), (None, day(2022, 1, 1)));
    assert_eq!(card.warnings, [CardWarning::BirthDateImpossible]);
}

#[test]
fn later_fields_are_ignored() {
    let card = parse(SAMPLES[3]).unwrap();
    assert_eq!(
        (card.name.as_str(), card.issued_on),
        ("Phạm Ngọc Ánh", day(2024, 8, 20))
    );
    assert_eq!(card.warnings, []);
}

#[test]
fn each_doubt_has_its_own_warning() {
    for (payload, expected) in [
        (
            "099050000001||Nguyễn Văn A|1950|Nam|Xã Mẫu|15042021",
            CardWarning::BirthDateYearOnly,
        ),
        (
            "099050000001||Nguyễn Văn A||Nam|Xã Mẫu|15042021",
            CardWarning::BirthDateImpossible,
        ),
        (
            "099090000001||Nguyễn Văn A|01011990|X|Xã Mẫu|15042021",
            CardWarning::GenderUnreadable,
        ),
        (
            "099090000001||Nguyễn Văn A|01011990|Nam|Xã Mẫu|31042021",
            CardWarning::IssueDateImpossible,
        ),
        (
            "099190000001||Nguyễn Văn A|01011990|Nam|Xã Mẫu|15042021",
            CardWarning::GenderMismatch,
        ),
        (
            "099290000001||Nguyễn Văn A|01011990|Nam|Xã Mẫu|15042021",
            CardWarning::CenturyMismatch,
        ),
        (
            "099091000001||Nguyễn Văn A|01011990|Nam|Xã Mẫu|15042021",
            CardWarning::BirthYearMismatch,
        ),
        (
            "099090000001||Nguyễn Văn A|01011990|Nam|Xã Mẫu|15041989",
            CardWarning::IssuedBeforeBirth,
        ),
        ("099090000001|||01011990|Nam|Xã Mẫu|15042021", CardWarning::NameDoubtful),
    ] {
        assert_eq!(warnings(payload), [expected], "{payload}");
    }
}

#[test]
fn what_spoils_the_name_or_the_address_makes_both_doubtful() {
    for payload in [
        "099090000001||Nguy?n V?n A|01011990|Nam|Xã Mẫu|15042021",
        "099090000001||Nguy\u{fffd}n Văn A|01011990|Nam|Xã Mẫu|15042021",
        "099090000001||Nguyá»…n VÄƒn A|01011990|Nam|Xã Mẫu|15042021",
        "099090000001||Nguyen Van A|01011990|Nam|Xa Mau, Tinh Mau|15042021",
        "099090000001||Nguyễn Văn A|01011990|Nam|X? M?u|15042021",
        // One plain word is a name; an address without a mark is none.
        "099090000001||Y|01011990|Nam|Xa Mau|15042021",
        // The name happens to look like one: Lợi became Lãi; the address gives it away.
        "099090000001||Lãi|01011990|Nam|Ph°Ýng Mau|15042021",
    ] {
        let expected = [CardWarning::NameDoubtful, CardWarning::AddressDoubtful];
        assert_eq!(warnings(payload), expected, "{payload}");
    }
}

#[test]
fn plain_names_are_not_doubted_without_cause() {
    for payload in [
        "099090000001||Nguyen Van A|01011990|Nam|Xã Mẫu|15042021",
        "099090000001||Y|01011990|Nam|Xã Mẫu|15042021",
        "099190000001||H’Hen Niê|01011990|Nữ|Buôn Mẫu|15042021",
        "099190000001||H'Hen Niê|01011990|NỮ|Buôn Mẫu|15042021",
    ] {
        assert_eq!(warnings(payload), [], "{payload}");
    }
}

#[test]
fn text_is_cleaned_and_composed() {
    let payload = "\u{feff}099090000001| |Nguye\u{302}\u{303}n\u{a0} Va\u{306}n A |01011990|Nam|Xã Mẫu|15042021\r\n";
    let card = parse(payload).unwrap();
    assert_eq!((card.name.as_str(), card.old_id_number), ("Nguyễn Văn A", None));
}

#[test]
fn a_payload_that_is_no_card_says_so() {
    for payload in [
        "",
        " \r\n",
        "099090000001",
        "https://vneid.example/q?t=8f3a",
        "eyJhbGciOi.eyJzdWIi.c2ln",
        "GD4990099000001|4e677579c3aa6e|01/01/1990|1|5861|99-001|01/01/2021|-|",
        "|||||||",
    ] {
        assert_eq!(parse(payload), Err(CardError::NotACard), "{payload}");
    }
}

#[test]
fn damaged_cards_are_refused_each_with_its_reason() {
    let short = "099090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1";
    assert_eq!(parse(short), Err(CardError::TooFewFields { found: 6 }));
    let eleven = "09909000001||Nguyễn Văn A|01011990|Nam|Xã Mẫu|15042021";
    assert_eq!(parse(eleven), Err(CardError::BadIdNumber { length: 11 }));
    let nul = "099090000001||Nguyễn\0Văn A|01011990|Nam|Xã Mẫu|15042021";
    assert_eq!(parse(nul), Err(CardError::ControlCharacter));
    let huge = format!("{}|{}", SAMPLES[0], "Mẫu".repeat(1 << 18));
    assert_eq!(parse(&huge), Err(CardError::TooLong));
}

#[test]
fn warnings_have_names_of_their_own_and_sentences() {
    let codes: std::collections::BTreeSet<_> = CardWarning::ALL.iter().map(|w| w.code()).collect();
    assert_eq!(codes.len(), CardWarning::ALL.len());
    assert!(CardWarning::ALL.iter().all(|w| w.message().ends_with('.')));
}

proptest! {
    #[test]
    fn any_cut_and_any_damage_is_answered(
        sample in prop::sample::select(SAMPLES.to_vec()), cut in 0usize..120,
        at in 0usize..120, with in any::<char>(),
    ) {
        let mut chars: Vec<char> = sample.chars().take(cut + 1).collect();
        let at = at % chars.len();
        chars[at] = with;
        let payload: String = chars.into_iter().collect();
        if let Ok(card) = parse(&payload) {
            prop_assert_eq!(card.id_number.len(), 12);
        }
    }

    #[test]
    fn any_text_is_answered(payload in "(\\PC|\\|){0,200}") {
        let _ = parse(&payload);
    }
}
