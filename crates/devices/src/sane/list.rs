//! Which scanners SANE knows.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::error::{ScanError, from_start, from_status};
use crate::child::{self, End, Flow, Limits};
use crate::program::Program;

/// A scanner that SANE lists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scanner {
    /// SANE's device name, for [`super::ScanRequest::device`].
    pub id: String,
    /// Vendor and model, for people.
    pub label: String,
}

/// Lists the scanners in SANE's own order; none is an empty list, not an error. With every back
/// end of Debian's stock configuration this takes 3 to 4 seconds, so allow 30.
///
/// # Errors
/// [`ScanError::ProgramMissing`], [`ScanError::TimedOut`], or what `scanimage` ended with.
pub fn list(program: &Program, deadline: Duration) -> Result<Vec<Scanner>, ScanError> {
    let mut command = program.command();
    command.arg("--formatted-device-list=%d\t%v %m%n");
    let mut scanners = Vec::new();
    let never = AtomicBool::new(false);
    let limits = Limits {
        quiet: deadline,
        cancel: &never,
    };
    let finished = child::run(command, None, limits, &mut |line| {
        scanners.extend(parse(&String::from_utf8_lossy(line)));
        Flow::Continue
    })
    .map_err(|error| from_start(&error))?;
    match finished.end {
        End::Exit(Some(status)) => from_status(status, &finished.stderr).map_or(Ok(scanners), Err),
        End::Exit(None) => Err(ScanError::Crashed(finished.stderr)),
        End::TimedOut => Err(ScanError::TimedOut),
        End::Cancelled | End::Stopped => Err(ScanError::Cancelled),
    }
}

/// One line of the list; a line without a tab is a driver's chatter, not a scanner.
fn parse(line: &str) -> Option<Scanner> {
    let (id, label) = line.split_once('\t')?;
    let words: Vec<&str> = label.split_whitespace().collect();
    (!id.is_empty()).then(|| Scanner {
        id: id.to_owned(),
        label: words.join(" "),
    })
}

#[cfg(test)]
mod tests {
    use super::{Scanner, parse};

    #[test]
    fn a_line_is_a_name_and_a_label() {
        let expected = Scanner {
            id: "test:0".into(),
            label: "Noname frontend-tester".into(),
        };
        assert_eq!(parse("test:0\tNoname  frontend-tester "), Some(expected));
    }

    #[test]
    fn other_lines_are_not_scanners() {
        assert_eq!(parse("[airscan] warning"), None);
        assert_eq!(parse("\tNoname"), None);
        assert_eq!(parse(""), None);
    }
}
