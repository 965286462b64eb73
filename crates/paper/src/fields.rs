//! Lines of a form: a label and its value, or dots to be filled in by hand.

use crate::PaperError;
use crate::face::Face;
use crate::sheet::{Align, Column, FULL, MARGIN, Sheet, WIDTH};
use crate::text::{Line, Span, width, wrap};

/// Free space between two fields on one line, in points.
const GAP: f64 = 10.0;
/// Least width of a dotted line a person can write on, in points.
const DOTS: f64 = 60.0;

/// A label and what stands after it; `None` leaves dots.
pub(crate) struct Field<'a> {
    pub label: &'a str,
    pub value: Option<&'a str>,
    /// Face of the value.
    pub face: Face,
}

impl<'a> Field<'a> {
    /// A field whose value is set in the running face; an empty value counts as
    /// none.
    pub(crate) fn new(label: &'a str, value: Option<&'a str>) -> Self {
        let value = value.map(str::trim).filter(|value| !value.is_empty());
        Self {
            label,
            value,
            face: Face::Regular,
        }
    }

    /// The same field with its value in bold.
    pub(crate) fn bold(self) -> Self {
        Self {
            face: Face::Bold,
            ..self
        }
    }

    fn spans(&self, size: f64) -> Vec<Span> {
        let label = Span::new(&format!("{} ", self.label), Face::Regular, size);
        let value = self.value.map(|value| Span::new(value, self.face, size));
        std::iter::once(label).chain(value).collect()
    }

    /// Width on one line, dots at their least width.
    fn natural_width(&self, sheet: &Sheet) -> Result<f64, PaperError> {
        let dots = if self.value.is_none() { DOTS } else { 0.0 };
        Ok(width(sheet.fonts, &self.spans(sheet.size))? + dots)
    }
}

/// One field on lines of its own.
///
/// # Errors
/// As [`Sheet::paragraph`].
pub(crate) fn field(sheet: &mut Sheet, field: &Field<'_>) -> Result<(), PaperError> {
    let spans = field.spans(sheet.size);
    if field.value.is_some() {
        return sheet.paragraph(&spans, Align::Left);
    }
    for line in wrap(sheet.fonts, &spans, WIDTH - DOTS)? {
        let line = with_dots(sheet, line, WIDTH)?;
        sheet.line(&line, FULL, Align::Left)?;
    }
    Ok(())
}

/// Two fields side by side where both fit on one line, else below each other.
///
/// # Errors
/// As [`Sheet::paragraph`].
pub(crate) fn pair(sheet: &mut Sheet, left: &Field<'_>, right: &Field<'_>) -> Result<(), PaperError> {
    let (first, second) = (left.natural_width(sheet)?, right.natural_width(sheet)?);
    let middle = (first + GAP).max(WIDTH / 2.0);
    let start = if middle + second <= WIDTH { middle } else { first + GAP };
    if start + second > WIDTH {
        field(sheet, left)?;
        return field(sheet, right);
    }
    sheet.need(sheet.leading())?;
    let top = sheet.y;
    one_line(
        sheet,
        left,
        Column {
            x: MARGIN,
            width: start - GAP,
        },
    )?;
    sheet.y = top;
    one_line(
        sheet,
        right,
        Column {
            x: MARGIN + start,
            width: WIDTH - start,
        },
    )
}

fn one_line(sheet: &mut Sheet, field: &Field<'_>, column: Column) -> Result<(), PaperError> {
    for line in wrap(sheet.fonts, &field.spans(sheet.size), f64::MAX)? {
        let line = match field.value {
            Some(_) => line,
            None => with_dots(sheet, line, column.width)?,
        };
        sheet.line(&line, column, Align::Left)?;
    }
    Ok(())
}

/// `line` followed by dots up to `width`.
fn with_dots(sheet: &Sheet, mut line: Line, width: f64) -> Result<Line, PaperError> {
    let dot = sheet.fonts.advance(Face::Regular, '.')? * sheet.size;
    let gap = sheet.size * 0.25;
    let count = ((width - line.width - gap) / dot).floor().max(0.0) as usize;
    let dots = format!(" {}", ".".repeat(count));
    line.spans.push(Span {
        text: dots,
        face: Face::Regular,
        size: sheet.size,
    });
    line.width = width;
    Ok(line)
}
