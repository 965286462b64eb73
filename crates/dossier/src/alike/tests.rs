use super::*;
use crate::card::{Gender, PartialDate};

/// An applicant in one line: name, number, birth date, address, telephone; `-` for what is not known.
fn person(line: &str) -> Applicant {
    let told = |place| {
        line.split('|')
            .nth(place)
            .map(str::trim)
            .filter(|it| *it != "-")
            .map(str::to_owned)
    };
    Applicant {
        kind: ApplicantKind::Person,
        name: told(0).unwrap(),
        id_number: told(1),
        id_kind: None,
        birth_date: told(2).map(|date| date.parse::<PartialDate>().unwrap()),
        gender: Some(Gender::Female),
        address: told(3),
        phone: told(4),
        email: None,
    }
}

fn firm(line: &str) -> Applicant {
    Applicant {
        kind: ApplicantKind::Organisation,
        gender: None,
        ..person(line)
    }
}

fn likeness(one: &Applicant, other: &Applicant) -> Option<Likeness> {
    let mergers = Mergers::of([
        ("Phường Ví Dụ", "Xã Ví Dụ Đông"),
        ("Phường Ví Dụ", "Xã Ví Dụ Tây"),
        ("Phường Ví Dụ", "Thị trấn Ví Dụ"),
    ]);
    let (one, other) = (Person::of(one, &mergers), Person::of(other, &mergers));
    let found = one.alike(&other);
    assert_eq!(found, other.alike(&one), "either way round");
    found
}

#[test]
fn one_person_written_in_two_ways() {
    for (one, other, by) in [
        (
            "Trần Thị Bích Đào | 099196000002 | 1996-02-29 | - | -",
            "TRAN THI BICH DAO | 099 196 000 002 | - | - | -",
            Likeness::Number,
        ),
        (
            "Lê Mỹ Hoà | 099196000011 | 1996-01-02 | - | -",
            "Le Mi Hòa | - | 1996-01-02 | - | -",
            Likeness::Birth,
        ),
        (
            "Nguyễn Văn An | 099090000001 | 1990-01-01 | - | -",
            "Nguyễn Văn An | 099090000010 | 1990-01-01 | - | -",
            Likeness::NumberMistyped,
        ),
        (
            "Nguyễn Văn An | 099090000001 | 1990-01-01 | - | -",
            "An Nguyễn Văn | 099012345 | 1990-01-01 | - | -",
            Likeness::Birth,
        ),
        (
            "Phạm Ngọc Ánh | - | 2001-09-05 | Thôn Thử 3, Xã Ví Dụ Đông, Huyện Mẫu, Tỉnh Mẫu | -",
            "Phạm Ngọc Ánh | - | 2001-05-09 | Thử 3, P. Ví Dụ, Tỉnh Mẫu | -",
            Likeness::Birth,
        ),
        (
            "Phạm Ngọc Ánh | 099301000004 | - | Tổ 2, Thị trấn Ví Dụ | -",
            "Phạm Ngọc Ánh | - | 2001 | Số 7, tổ 2, phường Ví Dụ | -",
            Likeness::Birth,
        ),
        (
            "Y Moan Niê | - | - | Buôn Giả, Xã Mẫu | -",
            "y moan nie | - | - | buôn Giả, xã Mẫu, Tỉnh Mẫu | -",
            Likeness::Place,
        ),
        (
            "H'Hen Mlô | - | - | - | 0900000126",
            "H’ Hen Mlô | - | - | - | +84 900 000 126",
            Likeness::Phone,
        ),
        (
            "Trần Bích Đào | - | 1996-02-29 | - | -",
            "Trần Thị Bích Đào | - | 1996-02-29 | - | -",
            Likeness::Birth,
        ),
    ] {
        assert_eq!(likeness(&person(one), &person(other)), Some(by), "{one} / {other}");
    }
}

#[test]
fn people_who_only_look_alike() {
    for (one, other) in [
        (
            "Nguyễn Văn Hùng | 099090000001 | 1990-01-01 | Thôn Giả, Xã Mẫu | 0900000126",
            "Nguyễn Văn Hùng | 099090000457 | 1990-01-01 | Thôn Giả, Xã Mẫu | 0900000126",
        ),
        (
            "Nguyễn Văn Hùng | - | 1960 | Thôn Giả, Xã Mẫu | -",
            "Nguyễn Văn Hùng | 099090000457 | - | Thôn Giả, Xã Mẫu | -",
        ),
        (
            "Lê Thị Lan | 099196000011 | 1996-01-02 | Thôn Giả, Xã Mẫu | 0900000126",
            "Lê Thị Huệ | 099196000012 | 1996-01-02 | Thôn Giả, Xã Mẫu | 0900000126",
        ),
        (
            "Nguyễn Thị Hoa | - | - | Thôn Giả, Xã Mẫu | -",
            "Nguyễn Thị Hoa | - | - | Thôn Giả, Xã Ví Dụ | -",
        ),
        ("Nguyễn Thị Hoa | - | - | - | -", "Nguyễn Thị Hoa | - | - | - | -"),
        ("- - | - | - | - | -", "- - | - | - | - | -"),
    ] {
        assert_eq!(likeness(&person(one), &person(other)), None, "{one} / {other}");
    }
}

#[test]
fn an_address_is_read_by_its_parts() {
    let near = |one: &str, other: &str| {
        let at = |address: &str| person(&format!("Lê Thị Lan | - | - | {address} | -"));
        likeness(&at(one), &at(other))
    };
    for (one, other) in [
        (
            "Phương Viên, xã Song Phương",
            "Thôn Phương Viên, Xã Song Phương, Tỉnh Mẫu",
        ),
        ("Tổ dân phố 5, P. Ví Dụ", "TDP 5, phường Ví Dụ"),
        ("Tổ 5, Phường Ví Dụ", "tổ dân phố 5, Xã Ví Dụ Đông, Huyện Mẫu"),
        ("Số 14, Đường Thí Dụ, Phường Ví Dụ", "14 Thí Dụ, P. Ví Dụ"),
        ("Thôn 3, Phường Ví Dụ", "Thôn 3, Xã Ví Dụ Đông"),
    ] {
        assert_eq!(near(one, other), Some(Likeness::Place), "{one} / {other}");
    }
    for (one, other) in [
        ("Thôn 3, Xã Ví Dụ Đông", "Thôn 3, Xã Ví Dụ Tây"),
        ("Tổ 2, Phường Ví Dụ", "Số 2, tổ 7, Phường Ví Dụ"),
        ("Thôn 3, Xã Mẫu", "Thôn 3, Xã Giả"),
    ] {
        assert_eq!(near(one, other), None, "{one} / {other}");
    }
}

#[test]
fn numbers_of_different_kinds_say_nothing() {
    let born = |number: &str| person(&format!("Lê Thị Lan | {number} | 1996-01-02 | - | -"));
    for (one, other) in [("B1234567", "099196000011"), ("099012345", "099196000011")] {
        assert_eq!(
            likeness(&born(one), &born(other)),
            Some(Likeness::Birth),
            "{one} / {other}"
        );
    }
    assert_eq!(likeness(&born("B1234567"), &born("C7654321")), None);
}

#[test]
fn organisations_go_by_their_number_or_by_what_is_their_own() {
    let whole = firm("Công ty TNHH Mẫu Việt | 0990000001 | - | Số 14, Đường Thí Dụ, Phường Ví Dụ | -");
    assert_eq!(
        likeness(&whole, &firm("CTY TNHH MẪU VIỆT | - | - | 14 Thí Dụ, P. Ví Dụ | -")),
        Some(Likeness::Place)
    );
    assert_eq!(
        likeness(&whole, &firm("Công ty Mẫu Việt | 0990000001 | - | - | -")),
        Some(Likeness::Number)
    );
    let joint = firm("CTCP Thương mại Hữu Việt | - | - | Tổ 2, Phường Ví Dụ | -");
    let long = firm("Công ty Cổ phần TM Hữu Việt | - | - | Tổ 2, Phường Ví Dụ | -");
    assert_eq!(likeness(&joint, &long), Some(Likeness::Place));
    let other = firm("Công ty Cổ phần Thương mại Hàn Việt | - | - | Tổ 2, Phường Ví Dụ | -");
    assert_eq!(likeness(&joint, &other), None);
    for other in [
        firm("Công ty TNHH Mẫu Việt | 0990000001-001 | - | - | -"),
        firm("Công ty TNHH Mẫu Nam | - | - | Số 14, Đường Thí Dụ, Phường Ví Dụ | -"),
        person("Công ty TNHH Mẫu Việt | 0990000001 | - | - | -"),
    ] {
        assert_eq!(likeness(&whole, &other), None, "{other:?}");
    }
}
