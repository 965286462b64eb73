//! Small files of every kind, made here so that each byte is known. The picture is 96 x 64.

use std::io::Cursor;

use archive::Media;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage};

pub const KINDS: [Media; 5] = [Media::Jpeg, Media::Png, Media::Tiff, Media::Bmp, Media::Pdf];

/// Red in the upper left quarter, a gradient elsewhere.
pub fn picture() -> RgbImage {
    RgbImage::from_fn(96, 64, |x, y| {
        if x < 48 && y < 32 {
            Rgb([220, 20, 20])
        } else {
            Rgb([(x * 2) as u8, (y * 3) as u8, 128])
        }
    })
}

pub fn sample(media: Media) -> Vec<u8> {
    let format = match media {
        Media::Jpeg => ImageFormat::Jpeg,
        Media::Png => ImageFormat::Png,
        Media::Tiff => ImageFormat::Tiff,
        Media::Bmp => ImageFormat::Bmp,
        Media::Pdf => return pdf(2),
    };
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture()).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG whose EXIF orientation is `turn` (6: turn right to see it upright).
pub fn turned_jpeg(turn: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new(&mut bytes);
    let exif = [
        b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(),
        &[turn],
        &[0; 6],
    ];
    encoder.set_exif_metadata(exif.concat()).unwrap();
    encoder
        .write_image(picture().as_raw(), 96, 64, ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

/// A PDF of A5 pages (420 x 595 points), each with a black bar below the middle and a word.
pub fn pdf(pages: usize) -> Vec<u8> {
    let content = "0 0 0 rg 60 100 300 100 re f BT /F1 24 Tf 60 400 Td (Mot Cua) Tj ET";
    let kids: Vec<String> = (0..pages).map(|n| format!("{} 0 R", n + 5)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {pages}/Kids[{}]>>", kids.join(" ")),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
    ];
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<</Font<</F1 3 0 R>>>>>>";
    objects.extend(std::iter::repeat_n(page.to_owned(), pages));
    pdf_of(&objects, "")
}

/// A PDF of the given objects (the first is the catalogue) with a right cross-reference table.
pub fn pdf_of(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (n, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file.push_str(&format!(
        "xref\n0 {size}\n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\n"
    ));
    file.push_str(&format!("startxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}

/// An uncompressed grey TIFF whose directory stands before its only strip: cut anywhere, its
/// directory stays readable. `next` is the offset of a second directory.
pub fn early_tiff(width: u32, height: u32, next: u32) -> Vec<u8> {
    let strip = 8 + 2 + 12 * 11 + 4 + 8;
    let entries: [(u16, u16, u32); 11] = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, strip),
        (277, 3, 1),
        (278, 4, height),
        (279, 4, width.saturating_mul(height)),
        (282, 5, strip - 8),
        (296, 3, 2),
    ];
    let mut file = b"II*\0\x08\0\0\0\x0b\0".to_vec();
    for (tag, kind, value) in entries {
        file.extend(tag.to_le_bytes());
        file.extend(kind.to_le_bytes());
        file.extend(1_u32.to_le_bytes());
        file.extend(value.to_le_bytes());
    }
    file.extend(next.to_le_bytes());
    file.extend([300_u32.to_le_bytes(), 1_u32.to_le_bytes()].concat());
    // A header may promise far more than is written.
    file.extend(std::iter::repeat_n(
        200_u8,
        (width.saturating_mul(height)).min(4096) as usize,
    ));
    file
}

/// A PNG chunk with its check sum.
pub fn png_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [name.as_slice(), data].concat();
    let mut sum = u32::MAX;
    for byte in &body {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                (sum >> 1) ^ 0xEDB8_8320
            } else {
                sum >> 1
            };
        }
    }
    [&(data.len() as u32).to_be_bytes()[..], &body, &(!sum).to_be_bytes()].concat()
}

/// A PNG whose header promises `width` x `height` in colour and whose data are empty.
pub fn png_promise(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let chunks = [
        png_chunk(b"IHDR", &header),
        png_chunk(b"IDAT", b"x\x9c\x03\0\0\0\0\x01"),
        png_chunk(b"IEND", b""),
    ];
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunks.concat()].concat()
}
