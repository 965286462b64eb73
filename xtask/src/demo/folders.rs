//! Where the demo keeps things below DIR. Keys lie beside the data folders, never inside: a copied
//! data folder must be worth nothing.

use std::path::{Path, PathBuf};

use crate::build::made;
use crate::stop::{Outcome, While, failed};

/// Marks a folder as ours, so that a second run may empty it and no other folder is ever emptied.
const MARK: &str = ".motcua-demo";

/// The folders of one run.
pub struct Folders(PathBuf);

impl Folders {
    /// An empty DIR, or one of an earlier demo, emptied. Any other content is refused.
    pub fn fresh(out: &Path) -> Outcome<Self> {
        let out = made(out.to_path_buf())?;
        let taken = out
            .read_dir()
            .doing(format!("reading {}", out.display()))?
            .next()
            .is_some();
        if taken && !out.join(MARK).is_file() {
            return failed(format!("{} is not empty and not of an earlier demo", out.display()));
        }
        if taken {
            std::fs::remove_dir_all(&out).doing(format!("emptying {}", out.display()))?;
        }
        let folders = Self(made(out)?);
        std::fs::write(folders.0.join(MARK), "cargo xtask demo\n").doing("marking DIR")?;
        for folder in [
            folders.0.join("receipts"),
            folders.0.join("log"),
            folders.0.join("keys"),
        ] {
            made(folder)?;
        }
        Ok(folders)
    }

    /// The counter PC's data folder.
    pub fn station(&self) -> PathBuf {
        self.0.join("station")
    }

    /// The hub's data folder.
    pub fn hub(&self) -> PathBuf {
        self.0.join("hub")
    }

    /// The counter PC's keys.
    pub fn station_keys(&self) -> PathBuf {
        self.0.join("keys/station")
    }

    /// The hub's keys.
    pub fn hub_keys(&self) -> PathBuf {
        self.0.join("keys/hub")
    }

    /// What a program says on standard error.
    pub fn log(&self, name: &str) -> PathBuf {
        self.0.join(format!("log/{name}.log"))
    }

    /// The report.
    pub fn report(&self) -> PathBuf {
        self.0.join("report.json")
    }

    /// A path as it is written into the report: relative to DIR.
    pub fn relative(&self, path: &Path) -> String {
        path.strip_prefix(&self.0)
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned()
    }

    /// The receipt of line `at`, counted from 1.
    pub fn receipt(&self, at: usize, code: &str) -> PathBuf {
        // Codes hold letters, digits, dots and hyphens; anything else must not become a path.
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '.' || letter == '-';
        let name: String = code
            .chars()
            .map(|letter| if plain(letter) { letter } else { '_' })
            .collect();
        self.0.join(format!("receipts/{at:03}-{name}.pdf"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rig::Scratch;

    #[test]
    fn only_our_own_folder_is_emptied() {
        let scratch = Scratch::below(&std::env::temp_dir(), "xtask-folders").unwrap();
        let ours = scratch.path().join("ours");
        let first = Folders::fresh(&ours).unwrap();
        std::fs::write(first.report(), "{}").unwrap();
        assert!(!Folders::fresh(&ours).unwrap().report().exists());

        let theirs = scratch.path().join("theirs");
        std::fs::create_dir(&theirs).unwrap();
        std::fs::write(theirs.join("thesis.txt"), "x").unwrap();
        assert!(Folders::fresh(&theirs).is_err());
        assert!(theirs.join("thesis.txt").exists());
    }

    #[test]
    fn paths_in_the_report_are_relative() {
        let folders = Folders(PathBuf::from("/somewhere/out"));
        let receipt = folders.receipt(7, "H99.128-261121-0007");
        assert_eq!(folders.relative(&receipt), "receipts/007-H99.128-261121-0007.pdf");
        assert_eq!(folders.relative(&folders.hub()), "hub");
    }
}
