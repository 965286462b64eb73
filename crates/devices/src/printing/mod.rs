//! Printing through the programs `lp` and `lpstat` (Debian package `cups-client`).
//!
//! The document goes in by standard input, so no file of it lies about. This says only that the
//! spooler has taken the job, not that paper came out.

mod error;

pub use error::{PRINT_ERROR_CODES, PrintError};

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::child::{self, End, Finished, Flow, Limits};
use crate::program::Program;

/// A print queue of this PC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// The spooler's name for it.
    pub name: String,
    /// Whether jobs without a queue go there.
    pub is_default: bool,
}

/// The spooler's number of an accepted job, such as `Laser-12`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct JobId(pub String);

/// One document to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintRequest<'a> {
    /// The queue; `None` for the default one.
    pub queue: Option<&'a str>,
    /// The job's name in the queue. Others can read it there: no personal data.
    pub title: &'a str,
    /// Paper size by the spooler's name, such as `A5`; `None` leaves the queue's own.
    pub media: Option<&'a str>,
    /// The PDF.
    pub document: &'a [u8],
}

/// Lists the queues by `lpstat`; none is an empty list. A silent spooler is given `deadline`.
///
/// # Errors
/// [`PrintError::ProgramMissing`], [`PrintError::SpoolerDown`], [`PrintError::TimedOut`].
pub fn queues(lpstat: &Program, deadline: Duration) -> Result<Vec<Queue>, PrintError> {
    let (_, default) = run(lpstat, &["-d"], None, deadline)?;
    // "system default destination: NAME"; without one the sentence has no colon.
    let default = default
        .first()
        .and_then(|line| line.split_once(": "))
        .map(|(_, name)| name);
    let (finished, names) = run(lpstat, &["-e"], None, deadline)?;
    if finished.end == End::Exit(Some(0)) {
        let is_default = |name: &String| default == Some(name.as_str());
        let queue = |name: String| Queue {
            is_default: is_default(&name),
            name,
        };
        return Ok(names.into_iter().map(queue).collect());
    }
    let error = error::from_words(&finished.stderr);
    if matches!(error, PrintError::NoPrinter(_)) {
        Ok(Vec::new())
    } else {
        Err(error)
    }
}

/// Gives a document to the spooler by `lp`.
///
/// # Errors
/// Any of [`PrintError`]; after [`PrintError::TimedOut`] it is not known whether the job was taken.
pub fn print(lp: &Program, request: &PrintRequest<'_>, deadline: Duration) -> Result<JobId, PrintError> {
    let arguments = arguments(request)?;
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (finished, lines) = run(lp, &arguments, Some(request.document.to_vec()), deadline)?;
    if finished.end != End::Exit(Some(0)) {
        return Err(error::from_words(&finished.stderr));
    }
    lines
        .iter()
        .find_map(|line| job_id(line))
        .ok_or_else(|| PrintError::Refused(format!("no job number in {lines:?}")))
}

fn arguments(request: &PrintRequest<'_>) -> Result<Vec<String>, PrintError> {
    let refused = |what: &str| PrintError::Refused(format!("{what} is not well formed"));
    if request.document.is_empty() {
        return Err(PrintError::Refused("the document is empty".to_owned()));
    }
    let mut arguments = Vec::new();
    if let Some(queue) = request.queue {
        let bad = |c: char| c.is_control() || c.is_whitespace() || c == '/' || c == '#';
        if queue.is_empty() || queue.starts_with('-') || queue.contains(bad) {
            return Err(refused("the queue name"));
        }
        arguments.extend(["-d".to_owned(), queue.to_owned()]);
    }
    if let Some(media) = request.media {
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if media.is_empty() || !media.chars().all(good) {
            return Err(refused("the paper size"));
        }
        arguments.extend(["-o".to_owned(), format!("media={media}")]);
    }
    let title: String = request.title.chars().filter(|c| !c.is_control()).collect();
    arguments.extend(["-t".to_owned(), title, "-".to_owned()]);
    Ok(arguments)
}

/// `request id is Laser-12 (1 file(s))`.
fn job_id(line: &str) -> Option<JobId> {
    let (id, _) = line.strip_prefix("request id is ")?.split_once(' ')?;
    Some(JobId(id.to_owned()))
}

/// Runs a program of the spooler to its end and gives its output lines.
fn run(
    program: &Program,
    arguments: &[&str],
    input: Option<Vec<u8>>,
    deadline: Duration,
) -> Result<(Finished, Vec<String>), PrintError> {
    let mut command = program.command();
    command.args(arguments);
    let mut lines = Vec::new();
    let never = AtomicBool::new(false);
    let limits = Limits {
        quiet: deadline,
        cancel: &never,
    };
    let finished = child::run(command, input, limits, &mut |line| {
        lines.push(String::from_utf8_lossy(line).into_owned());
        Flow::Continue
    })
    .map_err(|error| error::from_start(&error))?;
    match finished.end {
        End::TimedOut => Err(PrintError::TimedOut),
        End::Exit(_) | End::Cancelled | End::Stopped => Ok((finished, lines)),
    }
}

#[cfg(test)]
mod tests {
    use super::{JobId, PrintRequest, arguments, job_id};

    const PLAIN: PrintRequest<'static> = PrintRequest {
        queue: None,
        title: "Giấy tiếp nhận",
        media: None,
        document: b"%PDF-",
    };

    #[test]
    fn a_request_becomes_one_argument_each() {
        let full = PrintRequest {
            queue: Some("May_in_1"),
            media: Some("A5"),
            ..PLAIN
        };
        let expected = ["-d", "May_in_1", "-o", "media=A5", "-t", "Giấy tiếp nhận", "-"];
        assert_eq!(arguments(&full).unwrap(), expected);
        assert_eq!(arguments(&PLAIN).unwrap(), ["-t", "Giấy tiếp nhận", "-"]);
    }

    #[test]
    fn what_could_be_read_as_an_option_is_refused() {
        for queue in ["", "-h evil", "--help", "a b", "a/b", "a#b", "a\n"] {
            let request = PrintRequest {
                queue: Some(queue),
                ..PLAIN
            };
            assert_eq!(arguments(&request).unwrap_err().code(), "PRINT_REFUSED", "{queue:?}");
        }
        for media in ["", "A5 sides=two", "A5,x"] {
            let request = PrintRequest {
                media: Some(media),
                ..PLAIN
            };
            assert!(arguments(&request).is_err(), "{media:?}");
        }
        assert!(arguments(&PrintRequest { document: b"", ..PLAIN }).is_err());
    }

    #[test]
    fn control_characters_leave_the_title() {
        let request = PrintRequest {
            title: "a\0b\nc",
            ..PLAIN
        };
        assert_eq!(arguments(&request).unwrap(), ["-t", "abc", "-"]);
    }

    #[test]
    fn the_job_number_is_read_from_the_answer() {
        let line = "request id is May_in_1-12 (1 file(s))";
        assert_eq!(job_id(line), Some(JobId("May_in_1-12".into())));
        assert_eq!(job_id("something else"), None);
    }
}
