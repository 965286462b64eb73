//! Barcodes on the sheet, with every module a whole number of printer dots.
//!
//! 0.24 pt is 1/300 inch: on a 300 or 600 dpi laser printer all bars then come
//! out equally wide. Rectangles, not an image: nothing can blur them.

use crate::PaperError;
use crate::barcode::{blocks, code128, qr, runs};
use crate::sheet::Sheet;

const DOT: f64 = 0.24;
/// 4 dots of 1/300 inch, 0.339 mm: what a worn laser printer still resolves.
const WIDE: f64 = 4.0 * DOT;
/// 3 dots, 0.254 mm: for codes that do not fit otherwise.
const NARROW: f64 = 3.0 * DOT;
/// Free modules beside a Code 128.
const QUIET_128: f64 = 10.0;
/// Free modules around a QR symbol.
const QUIET_QR: f64 = 4.0;
/// Largest usual edge of a QR symbol, in points (20 mm).
const QR_EDGE: f64 = 57.0;
/// Smallest module of a QR symbol, in dots (0.42 mm).
const QR_DOTS: f64 = 5.0;

/// A Code 128 ready to be drawn; lengths in points.
pub(crate) struct Bars {
    modules: Vec<bool>,
    module: f64,
    /// Width without quiet zones.
    pub width: f64,
    /// At least 6.35 mm and 15 % of the width.
    pub height: f64,
}

/// The widest readable Code 128 of `code` that leaves its quiet zone within
/// `width` points on the right; the page margin is its quiet zone on the left.
///
/// # Errors
/// [`PaperError::BadCode`], [`PaperError::CodeTooLong`].
pub(crate) fn bars(code: &str, width: f64) -> Result<Bars, PaperError> {
    let modules = code128(code)?;
    let count = modules.len() as f64;
    let module = [WIDE, NARROW]
        .into_iter()
        .find(|module| (count + QUIET_128) * module <= width);
    let module = module.ok_or(PaperError::CodeTooLong {
        length: code.chars().count(),
    })?;
    let width = count * module;
    Ok(Bars {
        modules,
        module,
        width,
        height: (width * 0.15).max(30.0),
    })
}

/// Draws the bars with their upper left corner at (`x`, `top`).
pub(crate) fn draw_bars(sheet: &mut Sheet, bars: &Bars, x: f64, top: f64) {
    let x = on_grid(x);
    for (first, length) in runs(&bars.modules) {
        let left = x + first as f64 * bars.module;
        sheet.fill(left, top, length as f64 * bars.module, bars.height);
    }
}

/// A QR symbol ready to be drawn; lengths in points.
pub(crate) struct Qr {
    rows: Vec<Vec<bool>>,
    module: f64,
    /// Edge without the quiet zone.
    pub edge: f64,
    /// Free space needed on every side.
    pub quiet: f64,
}

/// A QR symbol of `text`, about 20 mm wide; larger when it holds more, up to
/// `limit` points.
///
/// # Errors
/// [`PaperError::CodeTooLong`].
pub(crate) fn square(text: &str, limit: f64) -> Result<Qr, PaperError> {
    let rows = qr(text)?;
    let count = rows.len().max(1) as f64;
    let module = (QR_EDGE / count / DOT).floor().max(QR_DOTS) * DOT;
    if count * module > limit {
        return Err(PaperError::CodeTooLong {
            length: text.chars().count(),
        });
    }
    Ok(Qr {
        rows,
        module,
        edge: count * module,
        quiet: QUIET_QR * module,
    })
}

/// Draws the symbol with its upper left corner at (`x`, `top`).
pub(crate) fn draw_square(sheet: &mut Sheet, qr: &Qr, x: f64, top: f64) {
    let x = on_grid(x);
    let long = |modules: usize| modules as f64 * qr.module;
    for block in blocks(&qr.rows) {
        sheet.fill(
            x + long(block.column),
            top + long(block.row),
            long(block.width),
            long(block.height),
        );
    }
}

fn on_grid(x: f64) -> f64 {
    (x / DOT).round() * DOT
}
