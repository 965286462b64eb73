//! One thing on a page, and how a line of text becomes such things.

use crate::face::{Fonts, Ink};
use crate::text::{Span, is_mark};

/// Height of small letters of Tinos, in em: combining marks are drawn for it.
const X_HEIGHT: f64 = 0.46;

/// One thing on a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    /// Text from `x` rightwards on a baseline.
    Text { x: f64, baseline: f64, span: Span },
    /// A filled black rectangle.
    Fill { x: f64, top: f64, width: f64, height: f64 },
}

/// The marks of a span, and where it ends.
///
/// Letters of the Central Highlands such as `ơ̆` have no single code point, and
/// the writer does not place marks: each is drawn by itself over its letter.
pub(crate) fn place(fonts: &Fonts, span: &Span, x: f64, baseline: f64) -> (Vec<Mark>, f64) {
    let (mut letters, mut accents) = (String::new(), Vec::new());
    let (mut pen, mut letter) = (x, None);
    for ch in span.text.chars() {
        if is_mark(ch) {
            let (dx, rise) = accent_offset(fonts, span, letter, ch);
            let accent = Span {
                text: ch.to_string(),
                ..span.clone()
            };
            accents.push(Mark::Text {
                x: pen + dx,
                baseline: baseline - rise,
                span: accent,
            });
            continue;
        }
        letters.push(ch);
        letter = Some(ch);
        pen += fonts.advance(span.face, ch).unwrap_or(0.0) * span.size;
    }
    let base = Span {
        text: letters,
        ..span.clone()
    };
    let mut marks = vec![Mark::Text {
        x,
        baseline,
        span: base,
    }];
    marks.append(&mut accents);
    (marks, pen)
}

/// How far to the right of the letter's end and how much higher than drawn in
/// the face an accent goes, in points.
fn accent_offset(fonts: &Fonts, span: &Span, letter: Option<char>, accent: char) -> (f64, f64) {
    let ink = |ch| fonts.ink(span.face, ch);
    let (Some(letter), Some(over)) = (letter, ink(accent)) else {
        return (0.0, 0.0);
    };
    let Some(under) = ink(letter) else {
        return (0.0, 0.0);
    };
    let centre = |ink: Ink| (ink.left + ink.right) / 2.0;
    let advance = fonts.advance(span.face, letter).unwrap_or(0.0);
    let rise = if over.top > 0.0 {
        (under.top - X_HEIGHT).max(0.0)
    } else {
        0.0
    };
    ((centre(under) - centre(over) - advance) * span.size, rise * span.size)
}
