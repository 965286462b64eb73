//! The three faces of Tinos a form is set in, parsed once for the whole process.
//!
//! Tinos has the widths of Times New Roman, the face official papers are set in,
//! and unlike many free faces it has every Vietnamese letter and the letters of
//! the Central Highlands languages. See `fonts/README.md` for how it was cut.

use std::sync::OnceLock;

use crate::PaperError;

/// One of the faces a form may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// Upright, for running text.
    Regular,
    /// Bold, for headings and values that must be found at a glance.
    Bold,
    /// Italic, for dates and directions.
    Italic,
}

impl Face {
    /// All faces, in the order they are named in a file.
    pub(crate) const ALL: [Face; 3] = [Face::Regular, Face::Bold, Face::Italic];

    /// Name of the face's resource in the PDF, and the tag before its own name: six capitals that
    /// say the face is not whole (ISO 32000-1, 9.6.4).
    pub(crate) fn resource(self) -> &'static str {
        match self {
            Face::Regular => "TINREG",
            Face::Bold => "TINBLD",
            Face::Italic => "TINITA",
        }
    }
}

/// Extent of a glyph's ink, in em from its origin on the baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ink {
    pub left: f64,
    pub right: f64,
    pub top: f64,
}

/// One parsed face: once for measuring, once for embedding.
pub(crate) struct Loaded {
    measure: ttf_parser::Face<'static>,
    /// Advance in em by code point, `None` without a glyph; looked up for every
    /// character of every attempt to fit a form on one page.
    advances: Vec<Option<f64>>,
    /// What the PDF writer embeds, whole.
    pub embed: printpdf::ParsedFont,
    /// The same as bytes.
    pub bytes: &'static [u8],
}

/// The parsed faces.
pub(crate) struct Fonts {
    regular: Loaded,
    bold: Loaded,
    italic: Loaded,
}

/// Just past the last character of the cut faces (≥, U+2265).
const LAST: char = '\u{2270}';

static FONTS: OnceLock<Option<Fonts>> = OnceLock::new();

/// The faces of this process.
///
/// # Errors
/// [`PaperError::Fonts`] when the bytes in the program are damaged.
pub(crate) fn fonts() -> Result<&'static Fonts, PaperError> {
    FONTS.get_or_init(load).as_ref().ok_or(PaperError::Fonts)
}

fn load() -> Option<Fonts> {
    Some(Fonts {
        regular: parse(Face::Regular, include_bytes!("../fonts/Tinos-Regular.ttf"))?,
        bold: parse(Face::Bold, include_bytes!("../fonts/Tinos-Bold.ttf"))?,
        italic: parse(Face::Italic, include_bytes!("../fonts/Tinos-Italic.ttf"))?,
    })
}

fn parse(face: Face, bytes: &'static [u8]) -> Option<Loaded> {
    let measure = ttf_parser::Face::parse(bytes, 0).ok()?;
    let mut embed = printpdf::ParsedFont::from_bytes(bytes, 0, &mut Vec::new())?;
    let name = embed.font_name.as_deref().unwrap_or("Tinos");
    embed.font_name = Some(format!("{}+{name}", face.resource()));
    Some(Loaded {
        advances: ('\0'..LAST).map(|ch| advance(&measure, ch)).collect(),
        measure,
        bytes,
        embed,
    })
}

/// Advance of `ch` in em, cut to a thousandth as the PDF's own width table is, so
/// that what is measured is what the viewer draws.
fn advance(font: &ttf_parser::Face<'_>, ch: char) -> Option<f64> {
    let units = font.glyph_hor_advance(font.glyph_index(ch)?)?;
    Some((f64::from(units) * 1000.0 / f64::from(font.units_per_em())).floor() / 1000.0)
}

impl Loaded {
    /// Number of the glyph that draws `ch`.
    pub(crate) fn glyph(&self, ch: char) -> Option<u16> {
        self.measure.glyph_index(ch).map(|glyph| glyph.0)
    }
}

impl Fonts {
    /// The parsed form of `face`.
    pub(crate) fn loaded(&self, face: Face) -> &Loaded {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
            Face::Italic => &self.italic,
        }
    }

    /// Advance of `ch` in em.
    ///
    /// # Errors
    /// [`PaperError::MissingGlyph`] when the face has no glyph for it.
    pub(crate) fn advance(&self, face: Face, ch: char) -> Result<f64, PaperError> {
        let known = usize::try_from(u32::from(ch))
            .ok()
            .and_then(|at| self.loaded(face).advances.get(at));
        known.copied().flatten().ok_or(PaperError::MissingGlyph { ch })
    }

    /// Where the ink of `ch` lies, in em from its origin on the baseline; `None`
    /// for a glyph without ink.
    pub(crate) fn ink(&self, face: Face, ch: char) -> Option<Ink> {
        let font = &self.loaded(face).measure;
        let area = font.glyph_bounding_box(font.glyph_index(ch)?)?;
        let em = |units: i16| f64::from(units) / f64::from(font.units_per_em());
        Some(Ink {
            left: em(area.x_min),
            right: em(area.x_max),
            top: em(area.y_max),
        })
    }
}
