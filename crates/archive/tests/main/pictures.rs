//! Thumbnails and previews: their sizes, and that they show the page.

use archive::{Media, PageError, inspect, preview, render_pdf_page, thumbnail};
use image::{DynamicImage, RgbaImage};

use crate::samples::{KINDS, pdf, pdf_of, sample, turned_jpeg};

fn opened(bytes: &[u8]) -> image::RgbImage {
    image::load_from_memory(bytes).unwrap().into_rgb8()
}

#[test]
fn thumbnails_are_small_jpegs_of_the_page() {
    for media in KINDS {
        let bytes = sample(media);
        let facts = inspect(&bytes).unwrap();
        let small = thumbnail(&bytes, &facts, 0, 48).unwrap();
        assert_eq!(image::guess_format(&small).unwrap(), image::ImageFormat::Jpeg);
        let small = opened(&small);
        let longest = small.width().max(small.height());
        assert!((47..=48).contains(&longest), "{media:?} {longest}");
        if media != Media::Pdf {
            let [red, green, _] = small.get_pixel(6, 6).0;
            assert!(red > 180 && green < 80, "{media:?}");
        }
    }
}

#[test]
fn small_images_are_not_blown_up() {
    let bytes = sample(Media::Png);
    let shown = preview(&bytes, 0, 4000).unwrap();
    assert_eq!((shown.width, shown.height), (96, 64));
    let tiny = preview(&bytes, 0, 0).unwrap();
    assert_eq!((tiny.width, tiny.height), (1, 1));
}

#[test]
fn a_photograph_is_shown_upright() {
    let shown = preview(&turned_jpeg(6), 0, 4000).unwrap();
    assert_eq!((shown.width, shown.height), (64, 96));
    // The red quarter goes from the upper left to the upper right.
    let picture = opened(&shown.bytes);
    assert!(picture.get_pixel(56, 10).0[0] > 180 && picture.get_pixel(8, 10).0[0] < 120);
}

#[test]
fn transparency_lies_on_white_and_grey_stays_grey() {
    let mut clear = std::io::Cursor::new(Vec::new());
    let image = DynamicImage::ImageRgba8(RgbaImage::new(10, 10));
    image.write_to(&mut clear, image::ImageFormat::Png).unwrap();
    let shown = opened(&preview(clear.get_ref(), 0, 100).unwrap().bytes);
    assert!(shown.pixels().all(|pixel| pixel.0.iter().all(|part| *part > 250)));

    let mut grey = std::io::Cursor::new(Vec::new());
    DynamicImage::new_luma16(10, 10)
        .write_to(&mut grey, image::ImageFormat::Png)
        .unwrap();
    let shown = preview(grey.get_ref(), 0, 100).unwrap();
    assert_eq!(
        image::load_from_memory(&shown.bytes).unwrap().color(),
        image::ColorType::L8
    );
}

#[test]
fn a_pdf_page_is_drawn_at_its_resolution() {
    let bytes = pdf(2);
    for page in [0, 1] {
        let drawn = opened(&render_pdf_page(&bytes, page, 144).unwrap());
        assert_eq!((drawn.width(), drawn.height()), (840, 1190));
        // The bar lies 100 to 200 points above the foot, the word at 400 points; the rest is white.
        assert_eq!(drawn.get_pixel(420, 1190 - 300).0, [0, 0, 0]);
        assert_eq!(drawn.get_pixel(420, 100).0, [255, 255, 255]);
        let word = (120..300).flat_map(|x| (340..390).map(move |y| (x, y)));
        assert!(word.filter(|(x, y)| drawn.get_pixel(*x, *y).0[0] < 80).count() > 200);
    }
}

#[test]
fn a_pdf_preview_fits_its_box() {
    let shown = preview(&pdf(1), 0, 1000).unwrap();
    assert!((999..=1000).contains(&shown.height) && (705..=706).contains(&shown.width));
    assert_eq!(opened(&shown.bytes).dimensions(), (shown.width, shown.height));
}

#[test]
fn pages_that_are_not_there() {
    let (image, pdf) = (sample(Media::Jpeg), pdf(2));
    for (bytes, page) in [(&image, 1), (&pdf, 2), (&pdf, u32::MAX)] {
        let facts = inspect(bytes).unwrap();
        assert_eq!(thumbnail(bytes, &facts, page, 100), Err(PageError::NoSuchPage));
        assert_eq!(preview(bytes, page, 100), Err(PageError::NoSuchPage));
    }
    assert_eq!(render_pdf_page(&pdf, 2, 72), Err(PageError::NoSuchPage));
    assert_eq!(render_pdf_page(&image, 0, 72), Err(PageError::NotAnImage));
    assert_eq!(render_pdf_page(b"", 0, 72), Err(PageError::EmptyFile));
}

#[test]
fn pages_of_absurd_size_are_drawn_small_or_refused() {
    let page = |media_box: &str| {
        let page = format!("<</Type/Page/Parent 2 0 R/MediaBox[{media_box}]>>");
        let tree = "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned();
        pdf_of(&["<</Type/Catalog/Pages 2 0 R>>".to_owned(), tree, page], "")
    };
    for media_box in ["0 0 1 20000", "0 0 1e9 1e9", "0 0 0 0", "0 0 -5 9", "0 0 99999999999 1"] {
        let bytes = page(media_box);
        if let Ok(shown) = preview(&bytes, 0, 200) {
            assert!(shown.width <= 200 && shown.height <= 200, "{media_box}");
        }
        assert!(render_pdf_page(&bytes, 0, u32::MAX).is_err());
    }
    assert_eq!(render_pdf_page(&pdf(1), 0, 5000), Err(PageError::ImageTooLarge));
}
