//! Which program to start and with which environment. A value, so that a test or a locked-down
//! installation says so per call and nobody calls the process-wide `set_var`.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

/// A program of the operating system, such as `scanimage` or `lp`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// A bare name looked up in `PATH`, or an absolute path. A relative path with a slash would
    /// depend on the working folder and is not supported.
    pub path: PathBuf,
    /// Variables set for the child on top of the inherited ones, such as `SANE_CONFIG_DIR`.
    pub env: BTreeMap<OsString, OsString>,
}

impl Program {
    /// The program at `path`, with the inherited environment only.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            env: BTreeMap::new(),
        }
    }

    /// The same program with one more environment variable.
    #[must_use]
    pub fn with_env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.env.insert(name.into(), value.into());
        self
    }

    /// A command without arguments. The locale is fixed because a few answers are told apart by
    /// their English words, and UTF-8 because titles are Vietnamese.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.path);
        command.env("LC_ALL", "C.UTF-8").env("LANGUAGE", "C").envs(&self.env);
        command
    }
}
