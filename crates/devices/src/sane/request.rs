//! What to scan and how, and the arguments `scanimage` gets for it.
//!
//! Arguments are passed one by one, never through a shell. Option names are checked against a
//! narrow pattern and against `scanimage`'s own options, of which `getopt_long` also accepts any
//! beginning: `--output` or `--ba` in a request must not redirect the pages.

use std::collections::BTreeMap;

use super::error::ScanError;
use super::folder::PAGE_PATTERN;

/// How many sheets the chosen source gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Feed {
    /// Judged by the name of the source: feeders until empty, anything else one page.
    #[default]
    Auto,
    /// Exactly one page (the glass).
    One,
    /// Page after page until the feeder is empty.
    UntilEmpty,
}

/// One scan job.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScanRequest {
    /// SANE's device name, as in [`super::Scanner::id`].
    pub device: String,
    /// The paper source by the device's own name, such as `Automatic Document Feeder`.
    pub source: Option<String>,
    /// How many pages that source gives.
    pub feed: Feed,
    /// `Color`, `Gray`, `Lineart` … by the device's own name; `None` for devices without modes.
    pub mode: Option<String>,
    /// Dots per inch, 50 to 2400; `None` leaves the device's own.
    pub dpi: Option<u16>,
    /// Further options of the device by name, such as `x` → `210` (millimetres).
    pub options: BTreeMap<String, String>,
}

/// Words in the names that vendors give to feeders (SANE back ends and sane-airscan).
const FEEDER_WORDS: [&str; 4] = ["adf", "feeder", "duplex", "sheetfed"];
/// The long options of `scanimage` 1.2 itself.
const OWN_OPTIONS: [&str; 23] = [
    "accept-md5-only",
    "all-options",
    "batch",
    "batch-count",
    "batch-double",
    "batch-increment",
    "batch-print",
    "batch-prompt",
    "batch-start",
    "buffer-size",
    "device-name",
    "dont-scan",
    "format",
    "formatted-device-list",
    "help",
    "icc-profile",
    "list-devices",
    "mode",
    "output-file",
    "progress",
    "resolution",
    "source",
    "test",
];
/// Options that come without a dash pair: the scan area in millimetres.
const AREA_OPTIONS: [&str; 4] = ["l", "t", "x", "y"];
const LONGEST_VALUE: usize = 4096;

impl ScanRequest {
    /// A request for `device` with the device's own defaults.
    pub fn new(device: impl Into<String>) -> Self {
        Self {
            device: device.into(),
            ..Self::default()
        }
    }

    /// Whether pages are fetched until the feeder is empty.
    #[must_use]
    pub fn until_empty(&self) -> bool {
        let source = self.source.as_deref().unwrap_or_default().to_lowercase();
        match self.feed {
            Feed::One => false,
            Feed::UntilEmpty => true,
            Feed::Auto => FEEDER_WORDS.iter().any(|word| source.contains(word)),
        }
    }

    /// The arguments for `scanimage`.
    ///
    /// # Errors
    /// [`ScanError::SettingRefused`] for a name or value that must not reach the command line.
    pub(super) fn arguments(&self) -> Result<Vec<String>, ScanError> {
        let mut arguments = vec![named("device-name", &self.device)?];
        for (name, value) in [("source", &self.source), ("mode", &self.mode)] {
            if let Some(value) = value {
                arguments.push(named(name, value)?);
            }
        }
        if let Some(dpi) = self.dpi {
            arguments.push(resolution(dpi)?);
        }
        for (name, value) in &self.options {
            arguments.push(option(name, value)?);
        }
        // PNG: lossless, a third of the size of the raw page, and it carries the resolution.
        arguments.push("--format=png".to_owned());
        arguments.push(format!("--batch={PAGE_PATTERN}"));
        arguments.push("--batch-print".to_owned());
        if !self.until_empty() {
            arguments.push("--batch-count=1".to_owned());
        }
        Ok(arguments)
    }
}

fn resolution(dpi: u16) -> Result<String, ScanError> {
    match dpi {
        50..=2400 => Ok(format!("--resolution={dpi}")),
        _ => Err(ScanError::SettingRefused(format!("{dpi} dpi"))),
    }
}

fn option(name: &str, value: &str) -> Result<String, ScanError> {
    if AREA_OPTIONS.contains(&name) {
        return named(name, value).map(|_| format!("-{name}{value}"));
    }
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let shaped = name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(letters);
    let own = OWN_OPTIONS.iter().any(|own| own.starts_with(name));
    if !shaped || own {
        return Err(ScanError::SettingRefused(format!("option name {name:?}")));
    }
    named(name, value)
}

fn named(name: &str, value: &str) -> Result<String, ScanError> {
    let plain = !value.is_empty() && value.len() <= LONGEST_VALUE && !value.chars().any(char::is_control);
    match plain {
        true => Ok(format!("--{name}={value}")),
        false => Err(ScanError::SettingRefused(format!("value of {name}"))),
    }
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
