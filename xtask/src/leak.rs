//! Looks for readable personal data and readable files in a data folder. Everything in there must be
//! encrypted; what this finds, a thief of the disk finds too.

use std::path::Path;

use crate::stop::{Outcome, While};

/// Headers of the files a data folder holds, long enough not to occur by chance in megabytes of
/// encrypted bytes (four letters alone turn up once in 4 GB).
const HEADERS: &[(&str, &[u8])] = &[
    ("%PDF", b"%PDF-1."),
    ("%PDF", b"%PDF-2."),
    ("JFIF", b"\x00\x10JFIF\x00"),
    ("Exif", b"Exif\x00\x00MM"),
    ("Exif", b"Exif\x00\x00II"),
    ("PNG", b"\x89PNG\r\n\x1a\n"),
];
/// Names shorter than this would be found by chance.
const SHORTEST: usize = 6;

/// What to look for, sorted by its first two bytes so that a whole folder is one quick pass.
pub struct Needles {
    all: Vec<(String, Vec<u8>)>,
    by_start: Vec<Vec<usize>>,
}

impl Needles {
    /// File headers, and these words as they are.
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        let headers = HEADERS.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()));
        let words = words.into_iter().map(|word| (word.clone(), word.into_bytes()));
        let all: Vec<_> = headers
            .chain(words.filter(|(_, bytes)| bytes.len() >= SHORTEST))
            .collect();
        let mut by_start = vec![Vec::new(); 1 << 16];
        for (at, (_, bytes)) in all.iter().enumerate() {
            if let Some(slot) = start(bytes).and_then(|start| by_start.get_mut(start)) {
                slot.push(at);
            }
        }
        Self { all, by_start }
    }

    /// Every needle found in one file, by name.
    fn within(&self, bytes: &[u8]) -> Vec<&str> {
        let mut found = Vec::new();
        for (at, pair) in bytes.windows(2).enumerate() {
            for needle in start(pair)
                .and_then(|start| self.by_start.get(start))
                .into_iter()
                .flatten()
            {
                if let Some((name, text)) = self.all.get(*needle)
                    && bytes.get(at..).is_some_and(|rest| rest.starts_with(text))
                {
                    found.push(name.as_str());
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn start(bytes: &[u8]) -> Option<usize> {
    let (first, second) = (bytes.first()?, bytes.get(1)?);
    Some(usize::from(u16::from_le_bytes([*first, *second])))
}

/// One sentence for every file below `folder` in which something is readable.
pub fn readable(folder: &Path, needles: &Needles) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).doing(format!("reading {}", folder.display()))? {
        let entry = entry.doing("reading a folder")?;
        let (path, kind) = (entry.path(), entry.file_type().doing("reading a folder")?);
        if kind.is_dir() {
            found.extend(readable(&path, needles)?);
        } else if kind.is_file() {
            let bytes = std::fs::read(&path).doing(format!("reading {}", path.display()))?;
            let file = path.display();
            found.extend(
                needles
                    .within(&bytes)
                    .into_iter()
                    .map(|name| format!("{name:?} is readable in {file}")),
            );
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_headers_are_found_wherever_they_lie() {
        let scratch = crate::rig::Scratch::below(&std::env::temp_dir(), "xtask-leak").unwrap();
        std::fs::create_dir(scratch.path().join("deep")).unwrap();
        std::fs::write(scratch.path().join("deep/a"), "xxTrần Thị Mẫu").unwrap();
        std::fs::write(scratch.path().join("b"), b"..%PDF-1.7\n099201000001").unwrap();
        std::fs::write(scratch.path().join("c"), [7; 4096]).unwrap();
        let needles = Needles::new(["Trần Thị Mẫu".to_owned(), "099201000001".to_owned(), "An".to_owned()]);
        let mut found = readable(scratch.path(), &needles).unwrap();
        found.sort();
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("\"%PDF\"") && found[0].ends_with("/b"));
        assert!(found[1].starts_with("\"099201000001\""));
        assert!(found[2].starts_with("\"Trần Thị Mẫu\"") && found[2].ends_with("/deep/a"));
    }
}
