//! Pictures for tests: tiny, and each different from every other.

use std::io::Cursor;

use image::{ImageFormat, RgbImage};

/// A picture of 8 by 8 pixels that differs from number to number.
fn picture(number: u32) -> RgbImage {
    let [_, high, middle, low] = number.to_be_bytes();
    RgbImage::from_fn(8, 8, |x, y| {
        image::Rgb([high ^ (x as u8 * 16), middle ^ (y as u8 * 16), low])
    })
}

fn encoded(number: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture(number).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn png(number: u32) -> Vec<u8> {
    encoded(number, ImageFormat::Png)
}

/// A large one that nothing packs: about 3 bytes a pixel.
pub fn noise(number: u32, side: u32) -> Vec<u8> {
    let mut state = u64::from(number) | 1;
    let pixels = RgbImage::from_fn(side, side, |_, _| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let [high, middle, low, ..] = state.to_be_bytes();
        image::Rgb([high, middle, low])
    });
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// With the JFIF header that must not be readable on any disk.
pub fn jpeg(number: u32) -> Vec<u8> {
    encoded(number, ImageFormat::Jpeg)
}
