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
    let mergers = Mergers::of([("Phường Ví Dụ", "Xã Ví Dụ Đông"), ("Phường Ví Dụ", "Thị trấn Ví Dụ")]);
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
    for other in [
        firm("Công ty TNHH Mẫu Việt | 0990000001-001 | - | - | -"),
        firm("Công ty TNHH Mẫu Nam | - | - | Số 14, Đường Thí Dụ, Phường Ví Dụ | -"),
        person("Công ty TNHH Mẫu Việt | 0990000001 | - | - | -"),
    ] {
        assert_eq!(likeness(&whole, &other), None, "{other:?}");
    }
}
