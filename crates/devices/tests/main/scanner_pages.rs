//! Pages that arrive: one from the glass pixel for pixel, ten from a feeder in order.

use std::sync::atomic::AtomicBool;

use devices::sane::{Feed, Next, ScanLimits, ScanRequest, list, scan};

use crate::rig::{PATIENT, Rig};

/// A picture in which no two neighbouring pixels are alike.
fn picture() -> image::RgbImage {
    image::RgbImage::from_fn(97, 61, |x, y| {
        let mixed = x.wrapping_mul(73).wrapping_add(y.wrapping_mul(151));
        image::Rgb([(mixed % 251) as u8, x as u8, y as u8])
    })
}

#[test]
fn the_virtual_scanners_are_listed() {
    let rig = Rig::new();
    let Some(program) = rig.scanimage() else {
        return;
    };
    let scanners = list(&program, PATIENT).unwrap();
    assert!(
        scanners
            .iter()
            .any(|s| s.id == "pnm:0" && s.label == "Noname PNM file reader")
    );
    assert!(scanners.iter().any(|s| s.id == "test:0"), "{scanners:?}");
}

#[test]
fn no_scanner_is_an_empty_list() {
    let rig = Rig::new();
    rig.write("sane/dll.conf", b"\n");
    let Some(program) = rig.scanimage() else {
        return;
    };
    assert!(list(&program, PATIENT).unwrap().is_empty());
}

#[test]
fn a_page_from_the_glass_arrives_pixel_for_pixel() {
    let rig = Rig::new();
    let Some(program) = rig.scanimage() else {
        return;
    };
    // Written by hand: the image crate would choose PAM, which the back end does not read.
    let file = rig.write(
        "page.ppm",
        &[b"P6\n97 61\n255\n", picture().as_raw().as_slice()].concat(),
    );
    let mut request = ScanRequest::new("pnm:0");
    request.options.insert("filename".into(), file.to_str().unwrap().into());

    for feed in [Feed::Auto, Feed::UntilEmpty] {
        let scanned = rig.scan(
            &program,
            &ScanRequest {
                feed,
                ..request.clone()
            },
        );
        assert_eq!(scanned.end.unwrap().pages, 1, "{feed:?}");
        let arrived = image::load_from_memory(&scanned.pages[0].1).unwrap().to_rgb8();
        assert_eq!(arrived, picture());
        assert!(rig.left_over().is_empty());
    }
}

#[test]
fn a_feeder_gives_ten_pages_in_order() {
    let rig = Rig::new();
    let Some(program) = rig.scanimage() else {
        return;
    };
    let request = ScanRequest {
        source: Some("Automatic Document Feeder".into()),
        mode: Some("Color".into()),
        dpi: Some(75),
        options: [("x".into(), "210".into()), ("y".into(), "297".into())].into(),
        ..ScanRequest::new("test:0")
    };
    let scanned = rig.scan(&program, &request);
    assert_eq!(scanned.end.unwrap().pages, 10);
    let numbers: Vec<u32> = scanned.pages.iter().map(|page| page.0).collect();
    assert_eq!(numbers, (1..=10).collect::<Vec<_>>());
    for (_, bytes) in &scanned.pages {
        let page = image::load_from_memory(bytes).unwrap();
        assert_eq!((page.width(), page.height()), (620, 876));
    }
    assert!(rig.left_over().is_empty());
}

#[test]
fn the_receiver_can_stop_after_a_page() {
    let rig = Rig::new();
    let Some(program) = rig.scanimage() else {
        return;
    };
    let request = ScanRequest {
        feed: Feed::UntilEmpty,
        ..ScanRequest::new("test:0")
    };
    let cancel = AtomicBool::new(false);
    let limits = ScanLimits {
        page_deadline: PATIENT,
        cancel: &cancel,
    };
    let mut seen = 0;
    // The glass of the test device would give pages for ever.
    let end = scan(
        &program,
        &request,
        &rig.pages(),
        &mut |page| {
            seen = page.number;
            Ok(if page.number == 3 { Next::Stop } else { Next::Continue })
        },
        limits,
    );
    assert_eq!((seen, end.unwrap().pages), (3, 3));
    assert!(rig.left_over().is_empty());
}

#[test]
fn files_of_a_killed_scan_are_swept_and_others_left() {
    let rig = Rig::new();
    let Some(program) = rig.scanimage() else {
        return;
    };
    for name in ["page-0007.png", "page-0008.png.part", "other.txt"] {
        std::fs::write(rig.pages().join(name), b"left over").unwrap();
    }
    let scanned = rig.scan(&program, &ScanRequest::new("test:0"));
    assert_eq!(scanned.end.unwrap().pages, 1);
    assert_eq!(rig.left_over(), ["other.txt"]);
}
