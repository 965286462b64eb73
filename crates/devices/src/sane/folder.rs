//! The files of one scan in its private folder: their names, whether one is a whole page, and
//! their removal. They are plain images of people's papers, so none may outlive the scan.

use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::error::ScanError;

/// File names as `scanimage` is told them. The scan runs inside the folder, so the folder's own
/// name, which may hold a `%`, never becomes part of a format string.
pub(super) const PAGE_PATTERN: &str = "page-%04d.png";

const PNG_SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
/// The last chunk of every PNG file: length 0, `IEND`, its CRC.
const PNG_END: [u8; 12] = *b"\0\0\0\0IEND\xaeB`\x82";

/// The page number in a file name of this scan (`page-0001.png` is 1); `None` for any other name.
pub(super) fn page_number(name: &str) -> Option<u32> {
    let digits = name.strip_prefix("page-")?.strip_suffix(".png")?;
    let plain = digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

/// The file of page `name` if it is there and whole.
///
/// # Errors
/// [`ScanError::BadPage`] for a file that is missing, empty, cut off or no PNG.
pub(super) fn whole_page(folder: &Path, name: &str) -> Result<PathBuf, ScanError> {
    let path = folder.join(name);
    match has_both_ends(&path) {
        Ok(true) => Ok(path),
        Ok(false) => Err(ScanError::BadPage(format!("{name} is cut off"))),
        Err(error) => Err(ScanError::BadPage(format!("{name}: {error}"))),
    }
}

fn has_both_ends(path: &Path) -> std::io::Result<bool> {
    let mut file = std::fs::File::open(path)?;
    let (mut begin, mut end) = ([0; PNG_SIGNATURE.len()], [0; PNG_END.len()]);
    if file.metadata()?.len() < 20 {
        return Ok(false);
    }
    file.read_exact(&mut begin)?;
    file.seek(SeekFrom::End(-12))?;
    file.read_exact(&mut end)?;
    Ok(begin == PNG_SIGNATURE && end == PNG_END)
}

/// Removes every file of a scan from `folder`, those of an earlier scan that was killed included;
/// other files are left alone.
///
/// # Errors
/// [`ScanError::Folder`] when the folder cannot be read or a file cannot be removed.
pub(super) fn sweep(folder: &Path) -> Result<(), ScanError> {
    for entry in std::fs::read_dir(folder).map_err(ScanError::Folder)? {
        let entry = entry.map_err(ScanError::Folder)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if page_number(name.strip_suffix(".part").unwrap_or(&name)).is_some() {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Removes one file; one that its receiver has already moved away is fine.
///
/// # Errors
/// [`ScanError::Folder`].
pub(super) fn remove(path: &Path) -> Result<(), ScanError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(ScanError::Folder(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{PNG_END, PNG_SIGNATURE, page_number, sweep, whole_page};

    #[test]
    fn page_numbers_come_from_our_own_names_only() {
        assert_eq!(page_number("page-0001.png"), Some(1));
        assert_eq!(page_number("page-12345.png"), Some(12345));
        for other in [
            "page-1.png",
            "page-+001.png",
            "page-0001.png.part",
            "a/page-0001.png",
            "",
        ] {
            assert_eq!(page_number(other), None, "{other}");
        }
    }

    #[test]
    fn empty_missing_and_cut_files_are_no_pages() {
        let folder = tempfile::tempdir().unwrap();
        let whole = [PNG_SIGNATURE.as_slice(), b"pixels", &PNG_END].concat();
        for length in 0..whole.len() {
            std::fs::write(folder.path().join("page-0001.png"), &whole[..length]).unwrap();
            let refused = whole_page(folder.path(), "page-0001.png").unwrap_err();
            assert_eq!(refused.code(), "SCAN_BAD_PAGE");
        }
        std::fs::write(folder.path().join("page-0001.png"), &whole).unwrap();
        assert!(whole_page(folder.path(), "page-0001.png").is_ok());
        assert_eq!(
            whole_page(folder.path(), "page-0002.png").unwrap_err().code(),
            "SCAN_BAD_PAGE"
        );
    }

    #[test]
    fn a_sweep_takes_our_files_only() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["page-0001.png", "page-0002.png.part", "letter.png"] {
            std::fs::write(folder.path().join(name), b"x").unwrap();
        }
        sweep(folder.path()).unwrap();
        let left: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|f| f.unwrap().file_name())
            .collect();
        assert_eq!(left, ["letter.png"]);
    }
}
