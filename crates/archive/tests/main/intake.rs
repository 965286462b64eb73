//! Whole files of each kind are measured; everything else is refused with its own code.

use archive::{MAX_BYTES, Media, PageError, PageFacts, inspect};

use crate::samples::{KINDS, early_tiff, pdf, pdf_of, png_chunk, png_promise, sample, turned_jpeg};

#[test]
fn each_kind_is_known_by_its_content() {
    for media in KINDS {
        let facts = inspect(&sample(media)).unwrap();
        let (size, pages) = if media == Media::Pdf {
            ((420, 595), 2)
        } else {
            ((96, 64), 1)
        };
        assert_eq!(
            (facts.media, (facts.width, facts.height), facts.pages),
            (media, size, pages)
        );
        assert!(media.mime().contains('/') && !media.extension().is_empty());
    }
}

#[test]
fn an_empty_file_and_a_file_of_zeros() {
    assert_eq!(inspect(b""), Err(PageError::EmptyFile));
    for length in [1, 2, 100, 5000] {
        assert_eq!(inspect(&vec![0; length]), Err(PageError::NotAnImage));
    }
}

#[test]
fn what_only_its_name_calls_an_image_is_refused() {
    let word = b"PK\x03\x04\x14\0\x06\0\x08\0[Content_Types].xml".as_slice();
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice();
    let web = b"RIFF\x24\0\0\0WEBPVP8 ".as_slice();
    let pnm = b"P6\n1 1\n255\nabc".as_slice();
    for bytes in [
        "Kính gửi: Ủy ban nhân dân".as_bytes(),
        b"<html>",
        word,
        heic,
        web,
        pnm,
        b"GIF89a",
    ] {
        assert_eq!(inspect(bytes), Err(PageError::NotAnImage));
    }
    // A text that happens to begin like a bitmap.
    assert!(inspect("BMW X5 là xe ô tô, không phải ảnh để lưu vào hồ sơ.".as_bytes()).is_err());
}

#[test]
fn every_kind_is_refused_at_every_cut() {
    for media in KINDS {
        let whole = sample(media);
        // The last line end of a PDF belongs to nothing.
        let end = if media == Media::Pdf {
            whole.len() - 1
        } else {
            whole.len()
        };
        for length in (0..end).rev().step_by(1 + end / 400).chain(0..64) {
            assert!(inspect(&whole[..length]).is_err(), "{media:?} cut to {length} of {end}");
        }
    }
}

#[test]
fn a_cut_is_told_as_a_cut() {
    for (media, length) in [
        (Media::Jpeg, 900),
        (Media::Png, 200),
        (Media::Bmp, 5000),
        (Media::Pdf, 600),
    ] {
        assert_eq!(
            inspect(&sample(media)[..length]),
            Err(PageError::Truncated),
            "{media:?}"
        );
    }
    let tiff = early_tiff(40, 40, 0);
    assert_eq!(inspect(&tiff).unwrap().dpi, Some(300));
    for length in tiff.len() - 1600..tiff.len() {
        assert_eq!(inspect(&tiff[..length]), Err(PageError::Truncated), "{length}");
    }
    // Only the end mark is missing: the decoder alone would be content.
    let png = sample(Media::Png);
    assert_eq!(inspect(&png[..png.len() - 12]), Err(PageError::Truncated));
}

#[test]
fn bytes_after_the_end_do_no_harm() {
    for media in [Media::Jpeg, Media::Png, Media::Pdf] {
        let longer = [sample(media), b"\n\0\0trailing".to_vec()].concat();
        assert_eq!(inspect(&longer).unwrap().media, media);
    }
}

#[test]
fn a_changed_pixel_byte_in_a_png_is_damage() {
    let mut bytes = sample(Media::Png);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    assert_eq!(inspect(&bytes), Err(PageError::ImageDamaged));
}

#[test]
fn huge_promises_are_refused_from_the_header() {
    let mut jpeg = sample(Media::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(inspect(&jpeg), Err(PageError::ImageTooLarge));

    assert_eq!(inspect(&png_promise(60_000, 60_000)), Err(PageError::ImageTooLarge));
    assert_eq!(inspect(&png_promise(20_000, 10_001)), Err(PageError::ImageTooLarge));
    for (width, height) in [(0, 1), (1, 0), (u32::MAX, u32::MAX), (i32::MAX as u32, 1)] {
        assert!(inspect(&png_promise(width, height)).is_err());
    }
    let mut bmp = sample(Media::Bmp);
    bmp[18..26].copy_from_slice(&[0, 0xFF, 0, 0, 0, 0xFF, 0, 0]);
    assert_eq!(inspect(&bmp), Err(PageError::ImageTooLarge));
    assert!(inspect(&early_tiff(60_000, 60_000, 0)).is_err());
}

#[test]
fn a_file_above_the_limit_is_not_looked_into() {
    let mut bytes = sample(Media::Jpeg);
    bytes.resize(MAX_BYTES + 1, 0);
    assert_eq!(inspect(&bytes), Err(PageError::FileTooLarge));
}

#[test]
fn resolutions_are_read() {
    let mut png = sample(Media::Png);
    let dots = [11_811_u32.to_be_bytes(), 11_811_u32.to_be_bytes()].concat();
    let chunk = png_chunk(b"pHYs", &[&dots[..], &[1]].concat());
    png.splice(33..33, chunk); // after the header chunk
    assert_eq!(inspect(&png).unwrap().dpi, Some(300));

    let mut bmp = sample(Media::Bmp);
    bmp[38..42].copy_from_slice(&7_874_u32.to_le_bytes());
    assert_eq!(inspect(&bmp).unwrap().dpi, Some(200));
    assert_eq!(inspect(&sample(Media::Pdf)).unwrap().dpi, None);
}

#[test]
fn sizes_are_those_of_the_upright_picture() {
    let facts = |turn| inspect(&turned_jpeg(turn)).unwrap();
    assert_eq!((facts(1).width, facts(1).height), (96, 64));
    assert_eq!((facts(6).width, facts(6).height), (64, 96));
}

#[test]
fn a_tiff_of_several_pages_is_refused() {
    assert_eq!(inspect(&early_tiff(40, 40, 8)), Err(PageError::TiffManyPages));
}

#[test]
fn pdfs_that_cannot_be_kept() {
    let catalogue = "<</Type/Catalog/Pages 2 0 R>>".to_owned();
    let none = "<</Type/Pages/Count 0/Kids[]>>".to_owned();
    assert_eq!(
        inspect(&pdf_of(&[catalogue.clone(), none], "")),
        Err(PageError::PdfWithoutPages)
    );

    let locked = format!(
        "/ID[<{id}><{id}>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{key}>/U<{key}>>>",
        id = "00".repeat(16),
        key = "ab".repeat(32),
    );
    let objects = [catalogue, "<</Type/Pages/Count 0/Kids[]>>".to_owned()];
    assert_eq!(inspect(&pdf_of(&objects, &locked)), Err(PageError::PdfEncrypted));

    assert_eq!(
        inspect(b"%PDF-1.7\nnothing at all\n%%EOF\n"),
        Err(PageError::PdfDamaged)
    );
    assert_eq!(inspect(b"%PDF-1.7\n"), Err(PageError::Truncated));
}

#[test]
fn a_pdf_of_many_pages_is_counted() {
    let expected = PageFacts {
        media: Media::Pdf,
        width: 420,
        height: 595,
        dpi: None,
        pages: 300,
    };
    assert_eq!(inspect(&pdf(300)), Ok(expected));
}
