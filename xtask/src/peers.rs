//! Other programs that carry data to a server, installed under the build folder for `bench sync`.

use std::path::{Path, PathBuf};

use crate::build::made;
use crate::stop::{Outcome, While as _};
use crate::sys;
use crate::tools::{self, program, root, target};

const POUCH: &[&str] = &["package.json", "package-lock.json", ".npmrc", "carry.mjs"];
const ANKI: &[&str] = &["requirements.txt", "carry.py"];

/// Both; Anki only where it can be installed, which is said.
pub fn ensure() -> Outcome {
    let pouch = copied("pouch", POUCH)?;
    if !pouch.join("node_modules/.package-lock.json").is_file() {
        tools::run(program("npm", &["ci"])?.current_dir(&pouch))?;
    }
    if let Err(why) = anki() {
        println!("Anki is not compared with: {why}");
    }
    Ok(())
}

fn anki() -> Outcome {
    let anki = copied("anki", ANKI)?;
    if !anki.join("bin/python").is_file() {
        sys::ensure(&[sys::PYTHON])?;
        tools::run(program("python3", &["-m", "venv", "."])?.current_dir(&anki))?;
    }
    let pip = [
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
        "requirements.txt",
    ];
    tools::run(program(anki.join("bin/pip"), &pip)?.current_dir(&anki))
}

/// The folder of a peer, with its scripts as they are now.
fn copied(name: &str, files: &[&str]) -> Outcome<PathBuf> {
    let folder = made(target()?.join("bench/peers").join(name))?;
    let from = root()?.join("tests/bench/peers").join(name);
    files
        .iter()
        .try_for_each(|file| copy(&from.join(file), &folder.join(file)))?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Outcome {
    std::fs::copy(from, to)
        .doing(format!("copying {}", from.display()))
        .map(drop)
}
