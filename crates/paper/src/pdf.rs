//! Pages of marks to PDF bytes: the only place that names the PDF writer.
//!
//! The writer (`printpdf`) numbers its file ids from a counter that starts anew
//! in every process, so the id is replaced by one made from the content: the
//! same form is the same bytes wherever and whenever it is written.

use std::collections::BTreeSet;

use chrono::{NaiveDateTime, TimeDelta};
use miniz_oxide::DataFormat;
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output};
use printpdf::{
    FontId, Mm, OffsetDateTime, Op, PaintMode, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect, TextItem,
    TextMatrix,
};

use crate::PaperError;
use crate::face::{Face, Fonts, fonts};
use crate::mark::Mark;
use crate::prune::prune;
use crate::sheet::PAGE_HEIGHT;

/// Effort of compression, 0 to 10.
const LEVEL: u8 = 1;

/// What the file says about itself. No personal data: it is not erased with the
/// dossier's body.
pub(crate) struct About {
    pub title: &'static str,
    pub subject: String,
    pub author: String,
    pub keywords: Vec<String>,
    /// Civil time +07:00.
    pub written: NaiveDateTime,
}

/// Writes the pages, A5 upright.
///
/// # Errors
/// [`PaperError::Fonts`], [`PaperError::Writer`].
pub(crate) fn write(pages: &[Vec<Mark>], about: About) -> Result<Vec<u8>, PaperError> {
    let mut doc = PdfDocument::new(about.title);
    describe(&mut doc, about)?;
    let fonts = fonts()?;
    for face in Face::ALL {
        let font = printpdf::PdfFont::new(fonts.loaded(face).embed.clone());
        doc.resources.fonts.map.insert(font_id(face), font);
    }
    doc.pages = pages.iter().map(|marks| page(marks)).collect();
    serialize(&doc, &programs(fonts, pages)?)
}

fn describe(doc: &mut PdfDocument, about: About) -> Result<(), PaperError> {
    let utc = about
        .written
        .checked_sub_signed(TimeDelta::hours(7))
        .unwrap_or(about.written);
    let written =
        OffsetDateTime::from_unix_timestamp(utc.and_utc().timestamp()).map_err(|reason| PaperError::Writer {
            reason: reason.to_owned(),
        })?;
    let info = &mut doc.metadata.info;
    info.creation_date = written;
    info.modification_date = written;
    info.metadata_date = written;
    info.subject = about.subject;
    info.author = about.author;
    info.keywords = about.keywords;
    "Một Cửa".clone_into(&mut info.creator);
    Ok(())
}

fn font_id(face: Face) -> FontId {
    FontId(face.resource().to_owned())
}

fn page(marks: &[Mark]) -> PdfPage {
    let mut ops = Vec::new();
    for mark in marks {
        if let Mark::Fill { x, top, width, height } = mark {
            ops.push(Op::DrawRectangle {
                rectangle: rectangle(*x, *top, *width, *height),
            });
        }
    }
    ops.push(Op::StartTextSection);
    let mut current = None;
    for mark in marks {
        if let Mark::Text { x, baseline, span } = mark {
            if current != Some((span.face, span.size)) {
                current = Some((span.face, span.size));
                let font = PdfFontHandle::External(font_id(span.face));
                ops.push(Op::SetFont {
                    font,
                    size: pt(span.size),
                });
            }
            let matrix = TextMatrix::Translate(pt(*x), pt(PAGE_HEIGHT - baseline));
            ops.push(Op::SetTextMatrix { matrix });
            ops.push(Op::ShowText {
                items: vec![TextItem::Text(span.text.clone())],
            });
        }
    }
    ops.push(Op::EndTextSection);
    PdfPage::new(Mm(148.0), Mm(210.0), ops)
}

fn rectangle(x: f64, top: f64, width: f64, height: f64) -> Rect {
    Rect {
        x: pt(x),
        y: pt(PAGE_HEIGHT - top - height),
        width: pt(width),
        height: pt(height),
        // Without a mode the writer ends the path without painting it.
        mode: Some(PaintMode::Fill),
        winding_order: None,
    }
}

/// A length cut to hundredths of a point: shorter numbers, smaller files.
fn pt(length: f64) -> Pt {
    Pt(((length * 100.0).round() / 100.0) as f32)
}

/// A whole face as the writer embeds it, and what stands in the file instead.
struct Program {
    whole: &'static [u8],
    pruned: Vec<u8>,
}

fn programs(fonts: &Fonts, pages: &[Vec<Mark>]) -> Result<Vec<Program>, PaperError> {
    let programs = Face::ALL.into_iter().map(|face| {
        let whole = fonts.loaded(face).bytes;
        let pruned = prune(whole, &used(fonts, face, pages)).ok_or(PaperError::Fonts)?;
        Ok(Program { whole, pruned })
    });
    programs.collect()
}

/// Glyphs of a face that stand on the pages.
fn used(fonts: &Fonts, face: Face, pages: &[Vec<Mark>]) -> BTreeSet<u16> {
    let texts = pages.iter().flatten().filter_map(|mark| match mark {
        Mark::Text { span, .. } if span.face == face => Some(span.text.chars()),
        Mark::Text { .. } | Mark::Fill { .. } => None,
    });
    texts.flatten().filter_map(|ch| fonts.loaded(face).glyph(ch)).collect()
}

fn serialize(doc: &PdfDocument, programs: &[Program]) -> Result<Vec<u8>, PaperError> {
    let mut warnings = Vec::new();
    let options = PdfSaveOptions {
        subset_fonts: false,
        ..PdfSaveOptions::default()
    };
    let mut file = printpdf::to_lopdf_doc(doc, &options, &mut warnings);
    // A warning means a font not embedded or a letter left out: never hand that out.
    if let Some(warning) = warnings.first() {
        return Err(PaperError::Writer {
            reason: format!("{warning:?}"),
        });
    }
    // The writer claims PDF/X of no version; this file claims nothing.
    if let Ok(info) = file.trailer.get(b"Info").and_then(|info| info.as_reference()) {
        let info = file.get_dictionary_mut(info).map_err(|reason| refused(&reason))?;
        info.remove(b"GTS_PDFXVersion");
    }
    "1.7".clone_into(&mut file.version);
    let mut compressor = compressor();
    for object in file.objects.values_mut() {
        if let Ok(stream) = object.as_stream_mut() {
            compressor.reset();
            let program = programs.iter().find(|program| stream.content == program.whole);
            let content = program.map_or(&stream.content, |program| &program.pruned);
            if program.is_some() {
                stream
                    .dict
                    .set("Length1", i64::try_from(content.len()).unwrap_or(i64::MAX));
            }
            let packed = packed(&mut compressor, content)?;
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    }
    let ids = file
        .trailer
        .get_mut(b"ID")
        .and_then(|ids| ids.as_array_mut())
        .map_err(|reason| refused(&reason))?;
    for part in ids {
        *part.as_str_mut().map_err(|reason| refused(&reason))? = NO_ID.as_bytes().to_vec();
    }
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|reason| refused(&reason))?;
    Ok(named(bytes))
}

/// The writer's own compression tries hardest, a third of a receipt's CPU time for a tenth of its
/// size, and every call of the usual function sets up 300 kB of tables: one set serves all streams.
fn compressor() -> CompressorOxide {
    let mut compressor = CompressorOxide::default();
    compressor.set_format_and_level(DataFormat::Zlib, LEVEL);
    compressor
}

fn packed(compressor: &mut CompressorOxide, content: &[u8]) -> Result<Vec<u8>, PaperError> {
    let mut packed = Vec::with_capacity(content.len());
    let (status, _) = compress_to_output(compressor, content, TDEFLFlush::Finish, |part| {
        packed.extend_from_slice(part);
        true
    });
    if status == TDEFLStatus::Done {
        Ok(packed)
    } else {
        let reason = format!("compression ended with {status:?}");
        Err(PaperError::Writer { reason })
    }
}

/// Stands in the file while its id is not known; as long as an id.
const NO_ID: &str = "00000000000000000000000000000000";

/// The file under an id made from its content, in the place kept for it in the trailer.
fn named(mut bytes: Vec<u8>) -> Vec<u8> {
    let digest = blake3::hash(&bytes).to_hex();
    let id = digest.as_bytes().iter().take(NO_ID.len());
    let places = 2;
    for _ in 0..places {
        let Some(at) = bytes.windows(NO_ID.len()).rposition(|part| part == NO_ID.as_bytes()) else {
            break;
        };
        let place = bytes.iter_mut().skip(at);
        place.zip(id.clone()).for_each(|(byte, id)| *byte = *id);
    }
    bytes
}

fn refused(reason: &impl ToString) -> PaperError {
    PaperError::Writer {
        reason: reason.to_string(),
    }
}
