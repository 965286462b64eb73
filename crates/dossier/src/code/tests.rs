//! Every accepted form round-trips; everything near them is refused and nothing panics.

// Overflow in a test is a failing test.
#![allow(clippy::arithmetic_side_effects)]

use super::*;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

fn agency(text: &str) -> AgencyCode {
    text.parse().unwrap()
}

fn known() -> Vec<AgencyCode> {
    vec![agency("H99.128"), agency("H99.128.02"), agency("G01.899.909")]
}

fn read(text: &str) -> Result<String, CodeError> {
    parse(text, &known()).map(|code| code.to_string())
}

#[test]
fn agencies_follow_the_decree() {
    for good in ["H99", "H99.128", "G01.899.909", "A00.1.22.333.4"] {
        assert_eq!(agency(good).as_str(), good);
    }
    for bad in [
        "",
        "h99",
        "H9",
        "H999",
        "99.128",
        "H99.",
        "H99.1234",
        "H99.1.2.3.4.5",
        "H99.12a",
        "Ħ99",
    ] {
        assert_eq!(bad.parse::<AgencyCode>(), Err(CodeError::NotAnAgency), "{bad}");
    }
    assert_eq!(AgencyCode::parse(" h99.128 ").unwrap(), agency("H99.128"));
}

#[test]
fn the_printed_forms_are_read_as_they_stand() {
    for (text, form) in [
        ("H99.128-261123-0417", CodeForm::Form2025),
        ("H56.14-240823-0001", CodeForm::Form2025),
        ("G01.899.909-260916-890028", CodeForm::Form2025),
        ("T.H99.128-261123-0417", CodeForm::Form2025),
        ("H99.128-261123-0123456789", CodeForm::Form2025),
        ("000.17.22.H56-210531-0001", CodeForm::Form2018),
        ("000.00.06.H56-231027-036", CodeForm::Form2018),
        ("TAM-0123ABCZ", CodeForm::Temporary),
    ] {
        let code: DossierCode = text.parse().unwrap();
        assert_eq!((code.as_str(), code.form()), (text, form));
        assert_eq!(read(text).as_deref(), Ok(text));
    }
}

#[test]
fn parts_of_a_code_can_be_asked() {
    let code: DossierCode = "T.H99.128-261123-0417".parse().unwrap();
    assert_eq!(code.agency(), Some(&agency("H99.128")));
    assert_eq!(code.date(), NaiveDate::from_ymd_opt(2026, 11, 23));
    assert_eq!(code.number(), Some(417));
    let old: DossierCode = "000.17.22.H56-210531-0001".parse().unwrap();
    assert_eq!((old.agency(), old.number()), (None, Some(1)));
    assert_eq!(DossierCode::temporary([0; 5]).date(), None);
}

#[test]
fn what_people_and_readers_add_is_taken_away() {
    for text in [
        " h99.128-261123-0417\r\n",
        "\u{a0}H99.128–261123–0417\u{1d}",
        "H991282611230417",
        "h991282611230417",
        "https://h99.example/tra-cuu?lang=vi&mahs=H99.128-261123-0417",
        "HTTPS://H99.EXAMPLE/X?MHS=H99.128-261123-0417&SGT=1",
        "https://h99.example/#/tra-cuu?MaHS=h99%2E128%2D261123%2d0417",
        "https://h99.example/x?mahs=%20H99.128%E2%80%93261123-0417+",
        "https://h99.example/x?mahs=H991282611230417#top",
        "MC1:S:H99.128-261123-0417:3",
        "mc1:s:h99.128-261123-0417:03",
    ] {
        assert_eq!(read(text).as_deref(), Ok("H99.128-261123-0417"), "{text}");
    }
    assert_eq!(read("TH991282611230417").as_deref(), Ok("T.H99.128-261123-0417"));
    assert_eq!(read("tam-0123abcz").as_deref(), Ok("TAM-0123ABCZ"));
}

#[test]
fn nothing_looser_is_a_code() {
    for text in [
        "",
        " ",
        "H99.128-261123-041",
        "H99.128-261123-01234567890",
        "H99.128-26112-0417",
        "H99.128-261123-0417-1",
        "H99.128 261123 0417",
        "H99128-261123-0417",
        "H99.128_261123_0417",
        "X.H99.128-261123-0417",
        "H77552611230417",
        "0001722H562105310001",
        "000.17.22.H56-210531-01",
        "000.17.22.H56-210531-0123456",
        "TAM-0123ABC",
        "TAM-0123ABCDE",
        "TAM-0123ABCI",
        "TAM-0123ABCO",
        "TAM-0123ABCL",
        "TAM-0123ABCU",
        "TAM0123ABCZ",
        "MC1:S:H99.128-261123-0417",
        "MC1:S:H99.128-261123-0417:0",
        "MC1:S:H99.128-261123-0417:+3",
        "MC1:S:H99.128-261123-0417:70000",
        "MC2:S:H99.128-261123-0417:3",
        "https://h99.example/H99.128-261123-0417",
        "https://h99.example/x?ma=H99.128-261123-0417",
        "https://h99.example/x?mahs=H99.128%2",
        "https://h99.example/x?mahs=%FF",
        "ftp://h99.example/x?mahs=H99.128-261123-0417",
        "H99.128-261123-0417\0",
        "H99.128-26١123-0417",
        "099090000001|012345678|Nguyễn Văn A",
    ] {
        assert_eq!(read(text), Err(CodeError::NotACode), "{text}");
    }
    assert_eq!(read(&"H".repeat(1 << 20)), Err(CodeError::NotACode));
}

#[test]
fn a_day_that_does_not_exist_is_named_as_such() {
    for text in [
        "H99.128-260231-0417",
        "H991282602310417",
        "000.17.22.H56-211331-0001",
        "H99.128-250229-0001",
    ] {
        assert_eq!(read(text), Err(CodeError::ImpossibleDate), "{text}");
    }
    assert!(read("H99.128-240229-0001").is_ok());
}

#[test]
fn two_readings_are_ambiguous() {
    // H99.128 sees 261123-0417999; H99.12 would see 826112: no such month, so it stays out.
    let near = [agency("H99.128"), agency("H99.12")];
    assert!(parse("H991282611230417999", &near).is_ok());
    let same = [agency("H99.12.8"), agency("H99.128"), agency("H99.1.28")];
    assert_eq!(parse("H991282611230417", &same), Err(CodeError::Ambiguous));
    // H99 sees 12-01-01 and H99.1 sees 20-10-11: both are days.
    let nested = [agency("H99"), agency("H99.1")];
    assert_eq!(parse("H9912010110417", &nested), Err(CodeError::Ambiguous));
    let twice = [agency("H99.128"), agency("H99.128")];
    assert!(parse("H991282611230417", &twice).is_ok());
    let link = "https://x/?mahs=H99.128-261123-0417&mhs=H99.128-261123-0418";
    assert_eq!(read(link), Err(CodeError::Ambiguous));
}

#[test]
fn a_separator_slip_names_its_component() {
    let slip = read_scan("MC1:S:TAM-0123ABCZ:12", &[]).unwrap();
    let code: DossierCode = "TAM-0123ABCZ".parse().unwrap();
    assert_eq!(
        slip,
        Scan::Separator {
            code: code.clone(),
            component: 12
        }
    );
    assert_eq!(read_scan("TAM-0123ABCZ", &[]), Ok(Scan::Dossier(code)));
}

#[test]
fn numbers_outside_the_form_are_refused() {
    let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    let h99 = agency("H99.128");
    assert!(DossierCode::official(&h99, day(2026), 9_999_999_999).is_ok());
    for (year, number) in [(2026, 10_000_000_000), (1999, 1), (2100, 1)] {
        let refused = DossierCode::official(&h99, day(year), number);
        assert_eq!(refused, Err(CodeError::OutOfRange));
    }
}

#[test]
fn temporary_codes_use_every_bit() {
    assert_eq!(DossierCode::temporary([0; 5]).as_str(), "TAM-00000000");
    assert_eq!(DossierCode::temporary([255; 5]).as_str(), "TAM-ZZZZZZZZ");
    assert_eq!(DossierCode::temporary([0, 0, 0, 0, 1]).as_str(), "TAM-00000001");
    assert_eq!(DossierCode::temporary([0x80, 0, 0, 0, 0]).as_str(), "TAM-G0000000");
}

prop_compose! {
    fn days()(offset in 0u64..36_525) -> NaiveDate {
        NaiveDate::from_ymd_opt(2000, 1, 1).unwrap().checked_add_days(Days::new(offset)).unwrap()
    }
}

proptest! {
    #[test]
    fn official_codes_round_trip(
        name in "[A-Z][0-9]{2}(\\.[0-9]{1,3}){0,4}", date in days(), number in 0u64..=9_999_999_999,
    ) {
        let code = DossierCode::official(&agency(&name), date, number).unwrap();
        prop_assert_eq!(code.to_string().parse::<DossierCode>().unwrap(), code.clone());
        prop_assert_eq!(parse(&code.as_str().to_lowercase(), &[]).unwrap(), code.clone());
        let bare = code.as_str().replace(['.', '-'], "");
        prop_assert_eq!(parse(&bare, &[agency(&name)]).unwrap(), code.clone());
        let manual: DossierCode = format!("T.{code}").parse().unwrap();
        prop_assert_eq!(manual.number(), code.number());
    }

    #[test]
    fn old_codes_round_trip(
        head in "[0-9]{3}\\.[0-9]{2}\\.[0-9]{2}\\.[A-Z][0-9]{2}", date in days(), number in "[0-9]{3,6}",
    ) {
        let text = format!("{head}-{}-{number}", date.format("%y%m%d"));
        let code = parse(&format!(" {text}\n"), &[]).unwrap();
        prop_assert_eq!((code.as_str(), code.form()), (text.as_str(), CodeForm::Form2018));
        prop_assert_eq!(code.date(), Some(date));
    }

    #[test]
    fn temporary_codes_round_trip(bits in any::<[u8; 5]>(), other in any::<[u8; 5]>()) {
        let code = DossierCode::temporary(bits);
        prop_assert_eq!(code.as_str().parse::<DossierCode>().unwrap(), code.clone());
        prop_assert_eq!(bits == other, code == DossierCode::temporary(other));
    }

    #[test]
    fn slips_and_links_round_trip(date in days(), number in 0u64..100_000, component in 1u16..) {
        let code = DossierCode::official(&agency("H99.128"), date, number).unwrap();
        let slip = read_scan(&format!("MC1:S:{code}:{component}"), &[]).unwrap();
        prop_assert_eq!(slip, Scan::Separator { code: code.clone(), component });
        let encoded = code.as_str().replace('-', "%2D").replace('.', "%2e");
        prop_assert_eq!(parse(&format!("https://x/y?a=b&MaHs={encoded}"), &[]).unwrap(), code);
    }

    #[test]
    fn damaged_text_never_panics_and_never_becomes_another_text(
        at in 0usize..60, with in any::<char>(), cut in 0usize..60,
        base in prop::sample::select(vec![
            "H99.128-261123-0417", "000.17.22.H56-210531-0001", "TAM-0123ABCZ", "H991282611230417",
            "MC1:S:H99.128-261123-0417:3", "https://x/?mahs=H99.128%2D261123-0417",
        ]),
    ) {
        let mut chars: Vec<char> = base.chars().collect();
        let at = at % chars.len();
        chars[at] = with;
        chars.truncate(chars.len() - cut % chars.len());
        let text: String = chars.into_iter().collect();
        if let Ok(code) = parse(&text, &known()) {
            prop_assert_eq!(code.as_str().parse::<DossierCode>().unwrap(), code);
        }
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        let _ = read_scan(&text, &known());
    }
}
