//! Pages of positioned marks: where the flow of a form stands, and what has been
//! put on paper so far.
//!
//! Lengths are points; a place is measured from the top left corner of the page,
//! because that is how a form is read. Only `pdf` knows that PDF counts upwards.

use crate::face::{Face, Fonts};
use crate::mark::{Mark, place};
use crate::text::{Line, Span, wrap};
use crate::{PaperError, text};

/// Width of A5 upright, 148 mm, in points.
pub(crate) const PAGE_WIDTH: f64 = 148.0 * MM;
/// Height of A5 upright, 210 mm, in points.
pub(crate) const PAGE_HEIGHT: f64 = 210.0 * MM;
/// Margin on all sides, 10 mm, in points.
pub(crate) const MARGIN: f64 = 10.0 * MM;
/// Width between the margins, in points.
pub(crate) const WIDTH: f64 = PAGE_WIDTH - 2.0 * MARGIN;
/// Points per millimetre.
pub(crate) const MM: f64 = 72.0 / 25.4;
/// The most pages one form may have: three hundred components stay far below.
pub(crate) const MAX_PAGES: usize = 40;

const FOOT_SIZE: f64 = 6.5;
const FOOT_LEADING: f64 = 8.0;
/// Free space above the foot.
const FOOT_GAP: f64 = 4.0;
/// Width left free at the foot for the page number.
const PAGE_NUMBER_WIDTH: f64 = 50.0;
/// Room below the baseline, in em: the rest of a line's height is above it, where
/// Vietnamese capitals carry two marks.
const DESCENT: f64 = 0.25;

/// Where a line stands between two edges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Align {
    Left,
    Centre,
}

/// A part of the page's width, in points from its left edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Column {
    pub x: f64,
    pub width: f64,
}

/// The whole width between the margins.
pub(crate) const FULL: Column = Column {
    x: MARGIN,
    width: WIDTH,
};

/// A form being set.
pub(crate) struct Sheet {
    pub fonts: &'static Fonts,
    /// Pages already full.
    done: Vec<Vec<Mark>>,
    page: Vec<Mark>,
    /// Top of the next line.
    pub y: f64,
    /// Size of running text.
    pub size: f64,
    /// Distance between baselines, in sizes.
    spacing: f64,
    running_head: Span,
    foot: Vec<Line>,
}

impl Sheet {
    /// An empty first page; running text has a size in points and a distance
    /// between baselines in sizes. `running_head` opens every further page, `foot` stands
    /// small at the bottom of all.
    ///
    /// # Errors
    /// [`PaperError::MissingGlyph`], [`PaperError::Fonts`].
    pub(crate) fn new((size, spacing): (f64, f64), running_head: &str, foot: &str) -> Result<Self, PaperError> {
        let fonts = crate::face::fonts()?;
        let foot = Span::new(foot, Face::Regular, FOOT_SIZE);
        Ok(Self {
            fonts,
            done: Vec::new(),
            page: Vec::new(),
            y: MARGIN,
            size,
            spacing,
            running_head: Span::new(running_head, Face::Italic, 8.5),
            foot: wrap(fonts, &[foot], WIDTH - PAGE_NUMBER_WIDTH)?,
        })
    }

    /// Distance from one baseline to the next at the running size.
    pub(crate) fn leading(&self) -> f64 {
        self.size * self.spacing
    }

    /// Lowest place the flow may reach.
    pub(crate) fn bottom(&self) -> f64 {
        PAGE_HEIGHT - MARGIN - self.foot.len() as f64 * FOOT_LEADING - FOOT_GAP
    }

    /// Leaves `height` free, unless the page ends here anyway.
    pub(crate) fn skip(&mut self, height: f64) {
        self.y = (self.y + height).min(self.bottom());
    }

    /// Starts a new page unless `height` still fits on this one.
    ///
    /// # Errors
    /// [`PaperError::TooManyPages`], [`PaperError::MissingGlyph`].
    pub(crate) fn need(&mut self, height: f64) -> Result<(), PaperError> {
        if self.y + height > self.bottom() + 0.01 {
            self.turn()
        } else {
            Ok(())
        }
    }

    fn turn(&mut self) -> Result<(), PaperError> {
        if self.done.len().saturating_add(1) >= MAX_PAGES {
            return Err(PaperError::TooManyPages { limit: MAX_PAGES });
        }
        self.done.push(std::mem::take(&mut self.page));
        self.y = MARGIN;
        let head = self.running_head.clone();
        for line in wrap(self.fonts, &[head], WIDTH)? {
            self.put(&line, FULL, Align::Left, self.y + 8.0);
            self.y += 11.0;
        }
        self.y += 3.0;
        Ok(())
    }

    /// Sets `spans` between the margins, over as many lines and pages as needed.
    ///
    /// # Errors
    /// [`PaperError::MissingGlyph`], [`PaperError::TooManyPages`].
    pub(crate) fn paragraph(&mut self, spans: &[Span], align: Align) -> Result<(), PaperError> {
        for line in wrap(self.fonts, spans, WIDTH)? {
            self.line(&line, FULL, align)?;
        }
        Ok(())
    }

    /// Sets one line and moves the flow below it.
    ///
    /// # Errors
    /// As [`Sheet::need`].
    pub(crate) fn line(&mut self, line: &Line, column: Column, align: Align) -> Result<(), PaperError> {
        let size = line.spans.iter().map(|span| span.size).fold(0.0, f64::max).max(1.0);
        let leading = size * self.spacing;
        self.need(leading)?;
        self.put(line, column, align, self.y + leading - size * DESCENT);
        self.y += leading;
        Ok(())
    }

    /// Puts a line on a baseline of the current page without moving the flow.
    pub(crate) fn put(&mut self, line: &Line, column: Column, align: Align, baseline: f64) {
        let mut x = match align {
            Align::Left => column.x,
            Align::Centre => column.x + (column.width - line.width) / 2.0,
        };
        for span in &line.spans {
            let (marks, end) = place(self.fonts, span, x, baseline);
            self.page.extend(marks);
            x = end;
        }
    }

    /// Fills a rectangle of the current page.
    pub(crate) fn fill(&mut self, x: f64, top: f64, width: f64, height: f64) {
        self.page.push(Mark::Fill { x, top, width, height });
    }

    /// The pages with their foot lines; more than one page is numbered `Trang 1/2`.
    ///
    /// # Errors
    /// [`PaperError::MissingGlyph`].
    pub(crate) fn finish(mut self) -> Result<Vec<Vec<Mark>>, PaperError> {
        let mut pages = std::mem::take(&mut self.done);
        pages.push(std::mem::take(&mut self.page));
        let total = pages.len();
        for (page, number) in pages.iter_mut().zip(1..) {
            page.extend(self.foot_marks());
            if total > 1 {
                page.extend(self.page_number(number, total)?);
            }
        }
        Ok(pages)
    }

    fn foot_marks(&self) -> Vec<Mark> {
        let mut baseline = self.bottom() + FOOT_GAP + FOOT_LEADING * 0.75;
        let mut marks = Vec::new();
        for span in self.foot.iter().flat_map(|line| &line.spans) {
            marks.extend(place(self.fonts, span, MARGIN, baseline).0);
            baseline += FOOT_LEADING;
        }
        marks
    }

    fn page_number(&self, number: usize, total: usize) -> Result<Vec<Mark>, PaperError> {
        let span = Span::new(&format!("Trang {number}/{total}"), Face::Regular, 8.5);
        let width = text::width(self.fonts, std::slice::from_ref(&span))?;
        let baseline = PAGE_HEIGHT - MARGIN - 2.0;
        Ok(place(self.fonts, &span, MARGIN + WIDTH - width, baseline).0)
    }
}
