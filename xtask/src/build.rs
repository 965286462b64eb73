//! Building: the pages of the window first (the window embeds them), then the programs.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::stop::{Outcome, While, failed};
use crate::tools::{self, cargo, program, root, target};

/// Which optimisation the programs are built with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Profile {
    /// Quick to build: tests, and `--debug`.
    Debug,
    /// What people get: run, demo, bench.
    Release,
}

impl Profile {
    /// `--debug` asks for the quick one.
    pub const fn from_flag(debug: bool) -> Self {
        if debug { Self::Debug } else { Self::Release }
    }

    const fn folder(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

/// The folder a profile's programs lie in.
pub fn folder(profile: Profile) -> Outcome<PathBuf> {
    Ok(target()?.join(profile.folder()))
}

/// All three programs, the window's pages first.
pub fn programs(profile: Profile) -> Outcome {
    pages()?;
    members(profile, &["station", "hub", "motcua-desktop"])
}

/// The two programs without a window: they need neither Node nor the web view.
pub fn headless(profile: Profile) -> Outcome {
    members(profile, &["station", "hub"])
}

fn members(profile: Profile, names: &[&str]) -> Outcome {
    let mut build = cargo(&["build", "--locked"])?;
    if profile == Profile::Release {
        build.arg("--release");
    }
    for name in names {
        build.args(["-p", name]);
    }
    tools::run(&mut build)
}

/// Everything that `cargo test --workspace` will need, tests and programs, in one go. Choosing
/// single members here would build shared crates twice, with two sets of features.
pub fn workspace() -> Outcome {
    tools::run(&mut cargo(&["build", "--workspace", "--all-targets", "--locked"])?)
}

/// Everything that is measured and what measures it, optimised, in one go for the same reason.
pub fn measured() -> Outcome {
    pages()?;
    tools::run(&mut cargo(&[
        "build",
        "--workspace",
        "--release",
        "--locked",
        "--bins",
    ])?)
}

/// The window's pages: `npm ci` when the lock is newer than what is installed, then the build.
pub fn pages() -> Outcome {
    node_modules()?;
    npm(&["run", "build"])
}

/// Installs what the lock file says, unless that has been done since it last changed.
pub fn node_modules() -> Outcome {
    let ui = ui()?;
    let (lock, done) = (ui.join("package-lock.json"), ui.join("node_modules/.package-lock.json"));
    if !lock.is_file() {
        return failed(format!("{} is not there", lock.display()));
    }
    match (changed(&lock), changed(&done)) {
        (Some(lock), Some(done)) if lock <= done => Ok(()),
        _ => npm(&["ci"]),
    }
}

/// One npm command in `ui`.
pub fn npm(words: &[&str]) -> Outcome {
    tools::run(program("npm", words)?.current_dir(ui()?))
}

fn ui() -> Outcome<PathBuf> {
    Ok(root()?.join("ui"))
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|data| data.modified()).ok()
}

/// A folder that is certain to exist.
pub fn made(folder: PathBuf) -> Outcome<PathBuf> {
    std::fs::create_dir_all(&folder).doing(format!("making {}", folder.display()))?;
    Ok(folder)
}
