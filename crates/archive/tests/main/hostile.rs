//! Bytes that nobody meant well: whatever they are, the answer is facts or a refusal. A panic of a
//! decoder would be a refusal too, but a hang or an exhausted stack would end this program.

use archive::{Media, PageError, inspect, preview, render_pdf_page, thumbnail};
use proptest::prelude::*;

use crate::samples::{KINDS, pdf_of, sample};

/// Everything the crate does with a file.
fn use_it(bytes: &[u8]) -> Result<(), PageError> {
    let facts = inspect(bytes)?;
    thumbnail(bytes, &facts, 0, 32)?;
    preview(bytes, facts.pages.saturating_sub(1), 64).map(|_| ())
}

#[derive(Debug, Clone)]
enum Change {
    Set(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Repeat(prop::sample::Index, u8),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        6 => (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        1 => any::<prop::sample::Index>().prop_map(Change::Cut),
        1 => (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, n)| Change::Repeat(at, n)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    match change {
        _ if bytes.is_empty() => {}
        Change::Set(at, byte) => *at.get_mut(bytes) = *byte,
        Change::Cut(at) => bytes.truncate(at.index(bytes.len())),
        Change::Repeat(at, n) => {
            let at = at.index(bytes.len());
            let end = (at + usize::from(*n)).min(bytes.len());
            let part = bytes[at..end].to_vec();
            bytes.splice(at..at, part);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let _facts_or_refusal = use_it(&bytes);
    }

    #[test]
    fn random_bytes_behind_each_signature(bytes in prop::collection::vec(any::<u8>(), 0..2000), pick in 0..5_usize) {
        let head = [b"\xff\xd8\xff".as_slice(), b"\x89PNG\r\n\x1a\n", b"II*\0", b"BM", b"%PDF-1.7\n"][pick];
        let _facts_or_refusal = use_it(&[head, &bytes, b"\n%%EOF\n"].concat());
    }

    #[test]
    fn changed_files(pick in 0..5_usize, changes in prop::collection::vec(change(), 1..8)) {
        let mut bytes = sample(KINDS[pick]);
        for change in &changes {
            apply(&mut bytes, change);
        }
        let _facts_or_refusal = use_it(&bytes);
    }
}

#[test]
fn facts_of_another_file_are_not_believed() {
    let jpeg = inspect(&sample(Media::Jpeg)).unwrap();
    let pdf = inspect(&sample(Media::Pdf)).unwrap();
    assert!(thumbnail(&sample(Media::Pdf), &jpeg, 0, 32).is_err());
    assert!(thumbnail(&sample(Media::Jpeg), &pdf, 1, 32).is_err());
}

#[test]
fn deep_nesting_does_not_exhaust_the_stack() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(200_000), close.repeat(200_000));
    let catalogue = "<</Type/Catalog/Pages 2 0 R>>".to_owned();
    for nested in [
        deep("[", "]"),
        deep("<</A", ">>"),
        format!("<</Kids{}>>", deep("[", "]")),
    ] {
        let _facts_or_refusal = use_it(&pdf_of(&[catalogue.clone(), nested], ""));
    }
}

#[test]
fn a_page_tree_that_contains_itself_ends() {
    let catalogue = "<</Type/Catalog/Pages 2 0 R>>".to_owned();
    let loops = "<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]/Parent 2 0 R>>".to_owned();
    let _facts_or_refusal = use_it(&pdf_of(&[catalogue, loops], ""));
}

#[test]
fn drawings_that_contain_themselves_end() {
    let form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 10>>stream\n/X Do /X Do\nendstream";
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>>>";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        page,
        form,
        "<</Length 5>>stream\n/X Do\nendstream",
    ];
    let bytes = pdf_of(&objects.map(str::to_owned), "");
    let _drawn_or_refused = render_pdf_page(&bytes, 0, 72);
}
