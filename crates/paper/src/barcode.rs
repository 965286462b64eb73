//! Barcodes as modules: Code 128 with sets chosen automatically, and QR.
//!
//! The `barcoders` crate wants the set changes written into the text (`Ɓ` for B,
//! `Ć` for C); digits in set C take half the room, and room decides whether the
//! code fits an A5 sheet with modules a worn laser printer still resolves.

use barcoders::sym::code128::Code128;
use qrcode::bits::encode_auto;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel};

use crate::PaperError;

const SET_B: char = '\u{0181}';
const SET_C: char = '\u{0106}';

/// `code` with its set changes written in: runs of at least four digits go to
/// set C, all else to set B.
///
/// # Errors
/// [`PaperError::BadCode`] when empty or not printable ASCII.
pub(crate) fn code128_auto(code: &str) -> Result<String, PaperError> {
    let printable = code.bytes().all(|byte| (0x20..=0x7E).contains(&byte));
    if code.is_empty() || !printable {
        return Err(PaperError::BadCode { code: code.to_owned() });
    }
    let mut out = String::new();
    let mut set = None;
    let mut rest = code;
    while !rest.is_empty() {
        let (part, tail, next) = next_part(rest, set);
        if set != Some(next) {
            out.push(next);
        }
        out.push_str(part);
        (rest, set) = (tail, Some(next));
    }
    Ok(out)
}

/// The next stretch of `rest` in one set: (stretch, what follows, set).
fn next_part(rest: &str, set: Option<char>) -> (&str, &str, char) {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let whole_pair = set.is_none() && digits == 2 && rest.len() == 2;
    if digits >= 4 || whole_pair {
        // An odd digit is cheapest before the change into C, or at the very
        // start after it.
        if digits % 2 == 0 || set.is_none() {
            return cut(rest, digits & !1, SET_C);
        }
        return cut(rest, 1, SET_B);
    }
    let text = rest
        .bytes()
        .skip(digits)
        .take_while(|byte| !byte.is_ascii_digit())
        .count();
    cut(rest, digits.saturating_add(text).max(1), SET_B)
}

fn cut(rest: &str, at: usize, set: char) -> (&str, &str, char) {
    let (part, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
    (part, tail, set)
}

/// The modules of `code` in Code 128, dark is `true`, without quiet zones.
///
/// # Errors
/// [`PaperError::BadCode`] when empty or not printable ASCII.
pub(crate) fn code128(code: &str) -> Result<Vec<bool>, PaperError> {
    let refused = || PaperError::BadCode { code: code.to_owned() };
    let symbol = Code128::new(code128_auto(code)?).map_err(|_| refused())?;
    Ok(symbol.encode().iter().map(|module| *module == 1).collect())
}

/// The rows of a QR symbol of `text`, dark is `true`, without its quiet zone;
/// level M, which survives a coffee stain and a fold.
///
/// # Errors
/// [`PaperError::CodeTooLong`].
pub(crate) fn qr(text: &str) -> Result<Vec<Vec<bool>>, PaperError> {
    let too_long = |_| PaperError::CodeTooLong {
        length: text.chars().count(),
    };
    let bits = encode_auto(text.as_bytes(), EcLevel::M).map_err(too_long)?;
    let version = bits.version();
    let (data, correction) = construct_codewords(&bits.into_bytes(), version, EcLevel::M).map_err(too_long)?;
    let mut canvas = Canvas::new(version, EcLevel::M);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    let width = usize::try_from(version.width()).unwrap_or_default().max(1);
    let masked = MASKS.map(|mask| {
        let mut canvas = canvas.clone();
        canvas.apply_mask(mask);
        rows(&canvas.into_colors(), width)
    });
    Ok(masked
        .into_iter()
        .min_by_key(|rows| unevenness(rows))
        .unwrap_or_default())
}

const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

fn rows(modules: &[Color], width: usize) -> Vec<Vec<bool>> {
    let dark = |row: &[Color]| row.iter().map(|module| *module == Color::Dark).collect();
    modules.chunks(width).map(dark).collect()
}

/// Penalties of ISO/IEC 18004 for blocks of one colour and for too much of one: 3 a block of 2 x 2,
/// and the distance from half dark. A reader takes any mask; the two penalties left out are most of
/// the time the library's own choice takes.
fn unevenness(rows: &[Vec<bool>]) -> usize {
    let pairs = rows.iter().zip(rows.iter().skip(1));
    let blocks: usize = pairs
        .map(|(above, below)| {
            let columns = above.iter().zip(below).zip(above.iter().zip(below).skip(1));
            columns.filter(|((a, b), (c, d))| a == b && b == c && c == d).count()
        })
        .sum();
    let modules: usize = rows.iter().map(Vec::len).sum();
    let dark: usize = rows.iter().map(|row| row.iter().filter(|dark| **dark).count()).sum();
    let percent = dark.saturating_mul(100).checked_div(modules).unwrap_or(50);
    blocks
        .saturating_mul(3)
        .saturating_add(percent.abs_diff(50).saturating_mul(2))
}

/// Runs of dark modules as (first module, number of modules).
pub(crate) fn runs(modules: &[bool]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in modules.iter().enumerate().filter(|(_, dark)| **dark) {
        match runs.last_mut() {
            Some((first, length)) if first.saturating_add(*length) == at => *length = length.saturating_add(1),
            _ => runs.push((at, 1)),
        }
    }
    runs
}

/// A rectangle of dark modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    pub column: usize,
    pub row: usize,
    pub width: usize,
    pub height: usize,
}

/// The dark modules of `rows` as rectangles: equal runs below each other are one,
/// which halves what the file has to say.
pub(crate) fn blocks(rows: &[Vec<bool>]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (row, modules) in rows.iter().enumerate() {
        for (column, width) in runs(modules) {
            let same = |block: &&mut Block| {
                (block.column, block.width) == (column, width) && block.row.saturating_add(block.height) == row
            };
            match blocks.iter_mut().rev().find(same) {
                Some(block) => block.height = block.height.saturating_add(1),
                None => blocks.push(Block {
                    column,
                    row,
                    width,
                    height: 1,
                }),
            }
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chooses_sets() {
        let table = [
            ("123456789012", "Ć123456789012"),
            ("12", "Ć12"),
            ("123", "Ɓ123"),
            ("12345", "Ć1234Ɓ5"),
            ("A12345", "ƁA1Ć2345"),
            ("A123456", "ƁAĆ123456"),
            ("H99.128-261119-0007", "ƁH99.128-Ć261119Ɓ-Ć0007"),
            ("H99.128-261119-10007", "ƁH99.128-Ć261119Ɓ-1Ć0007"),
            ("000.17.22.H56-210531-0001", "Ɓ000.17.22.H56-Ć210531Ɓ-Ć0001"),
            ("TAM-7K3Q9ZX2", "ƁTAM-7K3Q9ZX2"),
            ("a b~", "Ɓa b~"),
        ];
        for (code, want) in table {
            assert_eq!(code128_auto(code).unwrap(), want, "{code}");
        }
    }

    #[test]
    fn refuses_what_it_cannot_carry() {
        for code in ["", "Đ", "a\nb", "a\u{7f}"] {
            assert!(matches!(code128(code), Err(PaperError::BadCode { .. })), "{code:?}");
        }
        assert!(matches!(
            qr(&"x".repeat(5000)),
            Err(PaperError::CodeTooLong { length: 5000 })
        ));
    }

    /// 101 modules for 12 digits in set C; set changes save room.
    #[test]
    fn widths() {
        assert_eq!(code128("123456789012").unwrap().len(), 101);
        assert_eq!(code128("H99.128-261119-0007").unwrap().len(), 222);
    }

    #[test]
    fn blocks_cover_the_dark_modules_once() {
        let rows = qr("H99.128-261119-0007").unwrap();
        let mut drawn = vec![vec![0; rows.len()]; rows.len()];
        for block in blocks(&rows) {
            for row in drawn.iter_mut().skip(block.row).take(block.height) {
                for module in row.iter_mut().skip(block.column).take(block.width) {
                    *module += 1;
                }
            }
        }
        let want: Vec<Vec<i32>> = rows
            .iter()
            .map(|row| row.iter().map(|dark| i32::from(*dark)).collect())
            .collect();
        assert_eq!(drawn, want);
    }

    #[test]
    fn runs_cover_dark_modules() {
        assert_eq!(runs(&[true, true, false, true]), [(0, 2), (3, 1)]);
        assert_eq!(qr("H99.128-261119-0007").unwrap().len(), 21);
    }
}
