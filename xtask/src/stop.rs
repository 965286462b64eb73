//! Why a tool stopped, and the exit code that goes with it.

use std::fmt;
use std::process::ExitCode;

/// What every step answers.
pub type Outcome<T = ()> = Result<T, Stop>;

/// The closed list of reasons to stop.
#[derive(Debug)]
pub enum Stop {
    /// The command line asks for something that does not exist. Exit code 2.
    Usage(String),
    /// A step did not do what it must. Exit code 1.
    Failed(String),
    /// Another program ended with this code, which is passed on unchanged.
    Ended(String, u8),
}

impl Stop {
    /// The exit code of this reason.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::Failed(_) => ExitCode::from(1),
            Self::Ended(_, code) => ExitCode::from(*code),
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(words) | Self::Failed(words) => f.write_str(words),
            Self::Ended(words, code) => write!(f, "{words} ended with code {code}"),
        }
    }
}

impl std::error::Error for Stop {}

/// A failure with a sentence.
pub fn failed<T>(words: impl Into<String>) -> Outcome<T> {
    Err(Stop::Failed(words.into()))
}

/// Says what was being done when an operation failed.
pub trait While<T> {
    /// `doing` reads as "while …".
    fn doing(self, doing: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> While<T> for Result<T, E> {
    fn doing(self, doing: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Stop::Failed(format!("{doing}: {error}")))
    }
}
