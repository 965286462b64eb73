//! What reaches the command line, and what must never reach it.

use super::{Feed, ScanRequest};

fn with_option(name: &str, value: &str) -> Result<Vec<String>, String> {
    let mut request = ScanRequest::new("test:0");
    request.options.insert(name.to_owned(), value.to_owned());
    request.arguments().map_err(|error| error.code().to_owned())
}

#[test]
fn a_full_request_becomes_one_argument_each() {
    let request = ScanRequest {
        source: Some("Automatic Document Feeder".into()),
        mode: Some("Color".into()),
        dpi: Some(300),
        options: [("x".into(), "210".into()), ("test-picture".into(), "Grid".into())].into(),
        ..ScanRequest::new("test:0")
    };
    let expected = [
        "--device-name=test:0",
        "--source=Automatic Document Feeder",
        "--mode=Color",
        "--resolution=300",
        "--test-picture=Grid",
        "-x210",
        "--format=png",
        "--batch=page-%04d.png",
        "--batch-print",
    ];
    assert_eq!(request.arguments().unwrap(), expected);
}

#[test]
fn the_glass_gives_one_page_and_a_feeder_all() {
    let until_empty = |source: Option<&str>, feed| {
        ScanRequest {
            source: source.map(Into::into),
            feed,
            ..ScanRequest::new("d")
        }
        .until_empty()
    };
    for feeder in [
        "ADF",
        "Automatic Document Feeder",
        "ADF Duplex",
        "Duplex",
        "Document Feeder",
    ] {
        assert!(until_empty(Some(feeder), Feed::Auto), "{feeder}");
    }
    assert!(!until_empty(Some("Flatbed"), Feed::Auto));
    assert!(!until_empty(None, Feed::Auto));
    assert!(until_empty(Some("DP"), Feed::UntilEmpty));
    assert!(!until_empty(Some("ADF"), Feed::One));
    let one = ScanRequest::new("d").arguments().unwrap();
    assert_eq!(one.last().map(String::as_str), Some("--batch-count=1"));
}

#[test]
fn options_of_scanimage_itself_and_their_beginnings_are_refused() {
    for name in [
        "batch",
        "batch-script",
        "output",
        "output-file",
        "o",
        "form",
        "dev",
        "d",
        "b",
    ] {
        let refused = with_option(name, "1").is_err();
        assert_eq!(refused, name != "batch-script", "{name}");
    }
}

#[test]
fn names_and_values_out_of_shape_are_refused() {
    for name in ["", "-", "--x", "Mode", "a b", "a=b", "a\n", "đ", "a;b", "$(x)"] {
        assert_eq!(with_option(name, "1").unwrap_err(), "SCAN_SETTING_REFUSED", "{name:?}");
    }
    for value in ["", "a\0b", "a\nb", &"9".repeat(4097)] {
        assert_eq!(with_option("brightness", value).unwrap_err(), "SCAN_SETTING_REFUSED");
    }
    for device in ["", "a\0"] {
        assert!(ScanRequest::new(device).arguments().is_err());
    }
    for dpi in [0, 49, 2401, u16::MAX] {
        let request = ScanRequest {
            dpi: Some(dpi),
            ..ScanRequest::new("d")
        };
        assert!(request.arguments().is_err(), "{dpi}");
    }
}
