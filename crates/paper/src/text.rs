//! Text before it has a place: normalised, measured, wrapped.
//!
//! A PDF viewer draws each glyph after the other by its advance width, without
//! kerning or shaping, so a line's width is the sum of the advances. What the
//! face cannot draw is refused here: the PDF writer would leave it out silently.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub use crate::face::Face;
use crate::{PaperError, face::Fonts, face::fonts};

/// A stretch of text in one face and size.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Span {
    pub text: String,
    pub face: Face,
    /// Size in points.
    pub size: f64,
}

impl Span {
    /// A span of text; cleaned, see [`clean`].
    pub(crate) fn new(text: &str, face: Face, size: f64) -> Self {
        Self {
            text: clean(text),
            face,
            size,
        }
    }
}

/// One line of text, no wider than it was asked to be.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Line {
    pub spans: Vec<Span>,
    /// Width in points.
    pub width: f64,
}

/// Whether `ch` is drawn over or under the letter before it. The cut faces have no
/// marks outside this block; others are refused as missing.
pub(crate) fn is_mark(ch: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&ch)
}

/// NFC, and without what came along from a word processor or a chat: runs of
/// white space become one space, invisible characters disappear. Leading and
/// trailing space is kept as one space, because it joins a label to its value.
#[must_use]
pub fn clean(text: &str) -> String {
    // Nearly all text is composed already, and asking is cheaper than composing.
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => tidy(text.len(), text.chars()),
        IsNormalized::No | IsNormalized::Maybe => tidy(text.len(), text.nfc()),
    }
}

fn tidy(bytes: usize, text: impl Iterator<Item = char>) -> String {
    let mut out = String::with_capacity(bytes);
    for ch in text {
        match ch {
            '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' => {}
            _ if ch.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.push(ch),
        }
    }
    out
}

/// The first character of `text` that no form can show, or `None`: lets the
/// counter refuse a name while the person is still there.
///
/// # Errors
/// [`PaperError::Fonts`] when the fonts in the program are damaged.
pub fn unprintable(text: &str) -> Result<Option<char>, PaperError> {
    let fonts = fonts()?;
    let span = |face| Span::new(text, face, 10.0);
    for face in Face::ALL {
        match wrap(fonts, &[span(face)], f64::MAX) {
            Ok(_) => {}
            Err(PaperError::MissingGlyph { ch }) => return Ok(Some(ch)),
            Err(other) => return Err(other),
        }
    }
    Ok(None)
}

/// One character with its style and width in points.
#[derive(Clone, Copy)]
struct Cell {
    ch: char,
    face: Face,
    size: f64,
    width: f64,
}

/// Breaks `spans` into lines no wider than `width` points: at spaces, and inside
/// a word only when the word alone is wider than a line, there after a hyphen or
/// slash if one stands in the second half of the line. Always at least one line.
///
/// # Errors
/// [`PaperError::MissingGlyph`].
pub(crate) fn wrap(fonts: &Fonts, spans: &[Span], width: f64) -> Result<Vec<Line>, PaperError> {
    let cells = measure(fonts, spans)?;
    Ok(breaks(&cells, width).into_iter().map(assemble).collect())
}

fn breaks(cells: &[Cell], width: f64) -> Vec<&[Cell]> {
    let mut rest = cells;
    let mut lines = Vec::new();
    loop {
        let (line, next) = rest.split_at(break_point(rest, width));
        lines.push(trim_end(line));
        rest = trim_start(next);
        if rest.is_empty() {
            return lines;
        }
    }
}

/// Like [`wrap`], but the lines are as even as the number of lines allows: for
/// centred headings, where one word alone on the last line looks like a mistake.
///
/// # Errors
/// [`PaperError::MissingGlyph`].
pub(crate) fn wrap_even(fonts: &Fonts, spans: &[Span], width: f64) -> Result<Vec<Line>, PaperError> {
    let cells = measure(fonts, spans)?;
    let mut best = breaks(&cells, width);
    let mut narrower = width * 0.95;
    while best.len() > 1 && narrower > width * 0.4 {
        let lines = breaks(&cells, narrower);
        if lines.len() > best.len() {
            break;
        }
        best = lines;
        narrower *= 0.95;
    }
    Ok(best.into_iter().map(assemble).collect())
}

/// Width of `spans` on one line, in points.
///
/// # Errors
/// [`PaperError::MissingGlyph`].
pub(crate) fn width(fonts: &Fonts, spans: &[Span]) -> Result<f64, PaperError> {
    Ok(measure(fonts, spans)?.iter().map(|cell| cell.width).sum())
}

fn measure(fonts: &Fonts, spans: &[Span]) -> Result<Vec<Cell>, PaperError> {
    let mut cells = Vec::with_capacity(spans.iter().map(|span| span.text.len()).sum());
    for Span { text, face, size } in spans {
        for ch in text.chars() {
            // A mark stands above or below its letter and takes no room.
            let advance = fonts.advance(*face, ch)?;
            let width = if is_mark(ch) { 0.0 } else { advance * size };
            cells.push(Cell {
                ch,
                face: *face,
                size: *size,
                width,
            });
        }
    }
    Ok(cells)
}

/// How many cells go on the first line.
fn break_point(cells: &[Cell], width: f64) -> usize {
    let (mut used, mut after_space, mut after_joint, mut after_letter) = (0.0, None, None, 0_usize);
    for (at, cell) in cells.iter().enumerate() {
        used += cell.width;
        if used > width && cell.ch != ' ' {
            // At least one cell per line, or a narrow column would never end.
            let joint = after_joint.filter(|joint| *joint > after_letter / 2);
            return after_space.or(joint).unwrap_or(after_letter).max(1);
        }
        let next = at.saturating_add(1);
        match cell.ch {
            ' ' if at > 0 => after_space = Some(next),
            '-' | '/' | '@' | '?' | '&' | '_' => after_joint = Some(next),
            _ => {}
        }
        if !cells.get(next).is_some_and(|cell| is_mark(cell.ch)) {
            after_letter = next;
        }
    }
    cells.len()
}

fn trim_end(mut cells: &[Cell]) -> &[Cell] {
    while let [head @ .., Cell { ch: ' ', .. }] = cells {
        cells = head;
    }
    cells
}

fn trim_start(mut cells: &[Cell]) -> &[Cell] {
    while let [Cell { ch: ' ', .. }, tail @ ..] = cells {
        cells = tail;
    }
    cells
}

fn assemble(cells: &[Cell]) -> Line {
    let mut line = Line::default();
    for cell in cells {
        line.width += cell.width;
        match line.spans.last_mut() {
            Some(span) if span.face == cell.face && span.size == cell.size => span.text.push(cell.ch),
            _ => line.spans.push(Span {
                text: started(cell.ch, cells.len()),
                face: cell.face,
                size: cell.size,
            }),
        }
    }
    line
}

/// A text that begins with `ch`, with room for a line of two-byte letters.
fn started(ch: char, letters: usize) -> String {
    let mut text = String::with_capacity(letters.saturating_mul(2));
    text.push(ch);
    text
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
