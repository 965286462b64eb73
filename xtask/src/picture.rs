//! Pages to lay on the glass: A4 at 150 dpi as PPM, with strokes like lines of text that differ
//! from page to page. Drawn here so that the demo needs no picture tool and no real paper.

use std::path::Path;

use crate::people::Dice;
use crate::stop::{Outcome, While};

/// A4 at 150 dots per inch.
const WIDTH: usize = 1240;
const HEIGHT: usize = 1754;
const MARGIN: usize = 120;
const INK: [u8; 3] = [24, 24, 32];
const STAMP: [u8; 3] = [196, 32, 40];

/// Writes page number `seed` to `path`; two numbers never give the same picture.
pub fn write(path: &Path, seed: u64) -> Outcome {
    std::fs::write(path, ppm(seed)).doing(format!("writing {}", path.display()))
}

fn ppm(seed: u64) -> Vec<u8> {
    let mut pixels = vec![250_u8; WIDTH.saturating_mul(HEIGHT).saturating_mul(3)];
    let mut dice = Dice::new(seed);
    for line in 0..36_usize {
        words(&mut pixels, line.saturating_mul(42).saturating_add(MARGIN), &mut dice);
    }
    number(&mut pixels, seed);
    fill(&mut pixels, (820, 1430), (240, 160), STAMP);
    let mut file = format!("P6\n{WIDTH} {HEIGHT}\n255\n").into_bytes();
    file.append(&mut pixels);
    file
}

/// One line of text: bars of the width of words.
fn words(pixels: &mut [u8], top: usize, dice: &mut Dice) {
    let mut left = MARGIN;
    let end = WIDTH.saturating_sub(MARGIN).saturating_sub(dice.roll(300));
    while left < end {
        let width = dice.roll(90).saturating_add(24);
        fill(pixels, (left, top), (width, 14), INK);
        left = left.saturating_add(width).saturating_add(12);
    }
}

/// The number itself as a row of 64 squares, so that different numbers are different pictures.
fn number(pixels: &mut [u8], seed: u64) {
    for bit in 0..64_u32 {
        let left = usize::try_from(bit)
            .unwrap_or(0)
            .saturating_mul(15)
            .saturating_add(MARGIN);
        if seed.checked_shr(bit).unwrap_or(0) & 1 == 1 {
            fill(pixels, (left, 60), (12, 24), INK);
        }
    }
}

fn fill(pixels: &mut [u8], (left, top): (usize, usize), (width, height): (usize, usize), ink: [u8; 3]) {
    for row in pixels.chunks_exact_mut(WIDTH.saturating_mul(3)).skip(top).take(height) {
        let (dots, _) = row.as_chunks_mut::<3>();
        dots.iter_mut().skip(left).take(width).for_each(|dot| *dot = ink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_differ_and_repeat() {
        let page = ppm(1);
        assert!(page.starts_with(b"P6\n1240 1754\n255\n"));
        assert_eq!(page.len(), 17 + 1240 * 1754 * 3);
        assert_eq!(page, ppm(1));
        assert_ne!(page, ppm(2));
    }
}
