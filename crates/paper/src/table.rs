//! A ruled table that goes on over pages: its head is repeated, a row too tall
//! for one page is continued on the next, and nothing is cut off.

use crate::PaperError;
use crate::face::Face;
use crate::sheet::{Align, Column, FULL, Sheet};
use crate::text::{Line, Span, wrap, wrap_even};

const RULE: f64 = 0.5;
/// Free space between a rule and the text beside it, in points.
const PAD: f64 = 3.5;
/// Free height of a row above and below its text together, in points.
const FREE: f64 = 3.5;

/// A column of a table.
pub(crate) struct Head {
    pub title: &'static str,
    /// Width in points; the columns of a table fill the page between its margins.
    pub width: f64,
    pub align: Align,
}

type Cells = Vec<Vec<Line>>;

/// Sets a table of `rows`, one text per column.
///
/// # Errors
/// As [`Sheet::paragraph`].
pub(crate) fn table(sheet: &mut Sheet, heads: &[Head], rows: &[Vec<String>]) -> Result<(), PaperError> {
    let titles = heads.iter().map(|head| cell(sheet, head.title, Face::Bold, head));
    let titles = titles.collect::<Result<Cells, _>>()?;
    sheet.need(height(sheet, &titles) + sheet.leading() + FREE)?;
    draw(sheet, heads, &titles, true)?;
    for row in rows {
        let cells = row
            .iter()
            .zip(heads)
            .map(|(text, head)| cell(sheet, text, Face::Regular, head));
        let mut cells = cells.collect::<Result<Cells, _>>()?;
        while cells.iter().any(|lines| !lines.is_empty()) {
            let part = next_part(sheet, heads, &titles, &mut cells)?;
            draw(sheet, heads, &part, false)?;
        }
    }
    Ok(())
}

fn cell(sheet: &Sheet, text: &str, face: Face, head: &Head) -> Result<Vec<Line>, PaperError> {
    let spans = [Span::new(text.trim(), face, sheet.size)];
    let width = head.width - 2.0 * PAD;
    match head.align {
        Align::Left => wrap(sheet.fonts, &spans, width),
        Align::Centre => wrap_even(sheet.fonts, &spans, width),
    }
}

/// Takes as many lines of a row as this page holds, turning it first when the
/// row would fit whole on the next one.
fn next_part(sheet: &mut Sheet, heads: &[Head], titles: &Cells, cells: &mut Cells) -> Result<Cells, PaperError> {
    let one_line = sheet.leading() + FREE;
    let whole = height(sheet, cells);
    let page = sheet.bottom() * 0.8;
    let before = sheet.y;
    sheet.need(if whole < page { whole } else { one_line })?;
    if sheet.y < before {
        draw(sheet, heads, titles, true)?;
    }
    // The sum of line heights may miss the room by a rounding error.
    let room = sheet.bottom() - sheet.y - FREE + 0.01;
    let room = (room / sheet.leading()).floor().max(1.0) as usize;
    let take = |lines: &mut Vec<Line>| lines.drain(..room.min(lines.len())).collect();
    Ok(cells.iter_mut().map(take).collect())
}

fn height(sheet: &Sheet, cells: &Cells) -> f64 {
    let lines = cells.iter().map(Vec::len).max().unwrap_or(0);
    lines as f64 * sheet.leading() + FREE
}

/// Draws one row at the flow's place, with its rules.
fn draw(sheet: &mut Sheet, heads: &[Head], cells: &Cells, is_head: bool) -> Result<(), PaperError> {
    let (top, height) = (sheet.y, height(sheet, cells));
    let mut x = FULL.x;
    for (head, lines) in heads.iter().zip(cells) {
        let column = Column {
            x: x + PAD,
            width: head.width - 2.0 * PAD,
        };
        let align = if is_head { Align::Centre } else { head.align };
        sheet.y = top + FREE * 0.3;
        for line in lines {
            sheet.line(line, column, align)?;
        }
        sheet.fill(x, top, RULE, height);
        x += head.width;
    }
    sheet.fill(FULL.x + FULL.width - RULE, top, RULE, height);
    sheet.fill(FULL.x, top, FULL.width, RULE);
    sheet.fill(FULL.x, top + height - RULE, FULL.width, RULE);
    // Rows share the rule between them.
    sheet.y = top + height - RULE;
    Ok(())
}
