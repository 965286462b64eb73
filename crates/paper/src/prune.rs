//! A TrueType face without the outlines a document does not use.
//!
//! Glyph numbers stay as they are, so nothing else in the document changes; an outline that is not
//! used is empty. The PDF writer's own way takes the face apart and reads the result again for every
//! file: the most of a receipt's CPU time (`receipt.cpu_ms` of the bench). Tables and rules: OpenType 1.9, `glyf`, `loca`, `head`.

use std::collections::BTreeSet;
use std::ops::Range;

use ttf_parser::{RawFace, Tag};

/// What a PDF viewer needs of a face embedded under glyph numbers (ISO 32000-1, 9.9), in the order
/// of the table directory. Tinos as cut here has no hinting programs.
const KEPT: [&[u8; 4]; 6] = [b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"];

/// Parts of a composite glyph: flag bits of `glyf`.
const WORDS: u16 = 0x0001;
const SCALE: u16 = 0x0008;
const MORE: u16 = 0x0020;
const SCALE_TWO: u16 = 0x0040;
const SCALE_FOUR: u16 = 0x0080;

/// Bytes of one directory entry.
const ENTRY: usize = 16;

/// The face with the outlines of `used` and of what they are made of; none when a table is missing
/// or damaged.
pub(crate) fn prune(face: &[u8], used: &BTreeSet<u16>) -> Option<Vec<u8>> {
    let raw = RawFace::parse(face, 0).ok()?;
    let glyphs = Glyphs::of(&raw)?;
    let (outlines, places) = glyphs.only(&glyphs.with_parts(used)?)?;
    let mut tables: Vec<(&[u8; 4], Vec<u8>)> = Vec::with_capacity(KEPT.len());
    for tag in KEPT {
        let table = match tag {
            b"glyf" => outlines.clone(),
            b"loca" => places.clone(),
            _ => raw.table(Tag::from_bytes(tag))?.to_vec(),
        };
        tables.push((tag, table));
    }
    write(&tables)
}

/// The outlines of a face and where each begins.
struct Glyphs<'a> {
    outlines: &'a [u8],
    /// Beginning of each and the end of the last.
    places: Vec<usize>,
    /// Whether places are written as halves in two bytes.
    short: bool,
}

impl<'a> Glyphs<'a> {
    fn of(raw: &RawFace<'a>) -> Option<Self> {
        let table = |tag| raw.table(Tag::from_bytes(tag));
        let (head, places) = (table(b"head")?, table(b"loca")?);
        let short = word(head, 50)? == 0;
        let places: Option<Vec<usize>> = if short {
            let halves = places.chunks_exact(2).map(|two| word(two, 0));
            halves.map(|half| Some(usize::from(half?).saturating_mul(2))).collect()
        } else {
            places.chunks_exact(4).map(whole).collect()
        };
        Some(Self {
            outlines: table(b"glyf")?,
            places: places?,
            short,
        })
    }

    fn range(&self, glyph: u16) -> Option<Range<usize>> {
        let at = usize::from(glyph);
        Some(*self.places.get(at)?..*self.places.get(at.checked_add(1)?)?)
    }

    fn outline(&self, glyph: u16) -> Option<&'a [u8]> {
        self.outlines.get(self.range(glyph)?)
    }

    /// Glyphs with all that they are composed of; glyph 0 is in every face.
    fn with_parts(&self, used: &BTreeSet<u16>) -> Option<BTreeSet<u16>> {
        let mut all = BTreeSet::from([0]);
        let mut open: Vec<u16> = used.iter().copied().collect();
        while let Some(glyph) = open.pop() {
            if all.insert(glyph) {
                open.extend(parts(self.outline(glyph)?)?);
            }
        }
        Some(all)
    }

    /// `glyf` and `loca` with these outlines alone.
    fn only(&self, kept: &BTreeSet<u16>) -> Option<(Vec<u8>, Vec<u8>)> {
        let (mut outlines, mut places) = (Vec::new(), Vec::new());
        let last = u16::try_from(self.places.len().checked_sub(1)?).ok()?;
        for glyph in 0..last {
            self.place(outlines.len(), &mut places)?;
            if kept.contains(&glyph) {
                outlines.extend_from_slice(self.outline(glyph)?);
                outlines.resize(outlines.len().next_multiple_of(4), 0);
            }
        }
        self.place(outlines.len(), &mut places)?;
        Some((outlines, places))
    }

    fn place(&self, at: usize, places: &mut Vec<u8>) -> Option<()> {
        if self.short {
            places.extend(u16::try_from(at / 2).ok()?.to_be_bytes());
        } else {
            places.extend(u32::try_from(at).ok()?.to_be_bytes());
        }
        Some(())
    }
}

/// Glyphs an outline is composed of; none for a simple or an empty one.
fn parts(outline: &[u8]) -> Option<Vec<u16>> {
    let composed = outline.first().is_some_and(|first| first & 0x80 != 0);
    let (mut found, mut at, mut more) = (Vec::new(), 10_usize, composed);
    while more {
        let flags = word(outline, at)?;
        found.push(word(outline, at.checked_add(2)?)?);
        at = at.checked_add(part_bytes(flags))?;
        more = flags & MORE != 0;
    }
    Some(found)
}

/// Length of one part: flags, glyph, place, scale.
const fn part_bytes(flags: u16) -> usize {
    let place = if flags & WORDS == 0 { 6_usize } else { 8 };
    let scale = if flags & SCALE != 0 {
        2
    } else if flags & SCALE_TWO != 0 {
        4
    } else if flags & SCALE_FOUR != 0 {
        8
    } else {
        0
    };
    place.saturating_add(scale)
}

/// Directory and tables. `head` keeps the whole file's old sum: nobody reads it in a PDF.
fn write(tables: &[(&[u8; 4], Vec<u8>)]) -> Option<Vec<u8>> {
    let count = u16::try_from(tables.len()).ok()?;
    let largest = 15_u16.checked_sub(u16::try_from(count.leading_zeros()).ok()?)?;
    let search = 1_u16.checked_shl(u32::from(largest))?.checked_mul(16)?;
    let mut file = 0x0001_0000_u32.to_be_bytes().to_vec();
    for number in [count, search, largest, count.checked_mul(16)?.checked_sub(search)?] {
        file.extend(number.to_be_bytes());
    }
    let mut at = tables.len().checked_mul(ENTRY)?.checked_add(file.len())?;
    for (tag, table) in tables {
        file.extend_from_slice(*tag);
        file.extend(sum(table).to_be_bytes());
        file.extend(u32::try_from(at).ok()?.to_be_bytes());
        file.extend(u32::try_from(table.len()).ok()?.to_be_bytes());
        at = at.checked_add(table.len().next_multiple_of(4))?;
    }
    for (_, table) in tables {
        file.extend_from_slice(table);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    Some(file)
}

/// Sum of a table's big-endian words, the last one filled with zeros.
fn sum(table: &[u8]) -> u32 {
    table.chunks(4).fold(0, |sum, four| {
        let mut word = [0; 4];
        word.iter_mut().zip(four).for_each(|(to, from)| *to = *from);
        u32::wrapping_add(sum, u32::from_be_bytes(word))
    })
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(two.try_into().ok()?))
}

fn whole(four: &[u8]) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(four.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use ttf_parser::{Face, GlyphId, OutlineBuilder};

    use super::*;

    const REGULAR: &[u8] = include_bytes!("../fonts/Tinos-Regular.ttf");

    #[derive(Default, PartialEq, Debug)]
    struct Drawn(Vec<(char, [f32; 6])>);

    impl OutlineBuilder for Drawn {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push(('m', [x, y, 0.0, 0.0, 0.0, 0.0]));
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push(('l', [x, y, 0.0, 0.0, 0.0, 0.0]));
        }
        fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
            self.0.push(('q', [a, b, x, y, 0.0, 0.0]));
        }
        fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
            self.0.push(('c', [a, b, c, d, x, y]));
        }
        fn close(&mut self) {
            self.0.push(('z', [0.0; 6]));
        }
    }

    fn drawn(face: &Face<'_>, glyph: u16) -> Drawn {
        let mut drawn = Drawn::default();
        face.outline_glyph(GlyphId(glyph), &mut drawn);
        drawn
    }

    #[test]
    fn what_is_used_is_drawn_as_before_and_the_rest_is_empty() {
        let before = Face::parse(REGULAR, 0).unwrap();
        let used: BTreeSet<u16> = "Nguyễn Ửng ế Đ 0123"
            .chars()
            .map(|ch| before.glyph_index(ch).unwrap().0)
            .collect();
        let pruned = prune(REGULAR, &used).unwrap();
        assert!(pruned.len() < REGULAR.len() / 4, "{}", pruned.len());
        let after = Face::parse(&pruned, 0).unwrap();
        assert_eq!(after.number_of_glyphs(), before.number_of_glyphs());
        let glyphs = Glyphs::of(&RawFace::parse(REGULAR, 0).unwrap()).unwrap();
        let kept = glyphs.with_parts(&used).unwrap();
        assert!(kept.len() > used.len() + 1, "letters with marks are composed of others");
        for glyph in 0..before.number_of_glyphs() {
            let (was, is) = (drawn(&before, glyph), drawn(&after, glyph));
            assert!(
                if kept.contains(&glyph) {
                    was == is
                } else {
                    is.0.is_empty()
                },
                "glyph {glyph}"
            );
            assert_eq!(
                after.glyph_hor_advance(GlyphId(glyph)),
                before.glyph_hor_advance(GlyphId(glyph))
            );
        }
    }

    #[test]
    fn every_table_has_its_sum() {
        let pruned = prune(REGULAR, &BTreeSet::from([36])).unwrap();
        for entry in pruned[12..12 + KEPT.len() * ENTRY].chunks(ENTRY) {
            let number = |at: usize| whole(&entry[at..at + 4]).unwrap();
            let table = &pruned[number(8)..number(8) + number(12)];
            assert_eq!(usize::try_from(sum(table)).unwrap(), number(4));
        }
    }

    #[test]
    fn damaged_faces_are_refused() {
        let used = BTreeSet::from([36]);
        for cut in (0..REGULAR.len()).step_by(997) {
            let _ = prune(&REGULAR[..cut], &used);
        }
        assert_eq!(prune(&REGULAR[..1000], &used), None);
        assert_eq!(prune(REGULAR, &BTreeSet::from([60_000])), None);
    }
}
