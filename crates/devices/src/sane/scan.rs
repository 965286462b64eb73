//! One scan: pages are handed over one by one while the next is still being scanned.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::error::{ScanError, from_start, from_status};
use super::folder::{page_number, remove, sweep, whole_page};
use super::request::ScanRequest;
use crate::child::{self, End, Finished, Flow, Limits};
use crate::program::Program;

/// A whole page, as a PNG file that lives only until its receiver returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedPage {
    /// The file. Read it, or move it away; afterwards it is removed.
    pub path: PathBuf,
    /// 1 for the first page of this scan.
    pub number: u32,
}

/// What the receiver of a page wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// The next page.
    Continue,
    /// No more pages; the scan ends well.
    Stop,
}

/// A scan that ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Pages handed over, at least 1.
    pub pages: u32,
}

/// What receives the pages. Its error ends the scan as [`ScanError::NotKept`].
pub type Receiver<'a> = dyn FnMut(ScannedPage) -> Result<Next, Box<dyn std::error::Error + Send + Sync>> + 'a;

/// What may end a scan early.
#[derive(Debug, Clone, Copy)]
pub struct ScanLimits<'a> {
    /// Longest time from one page to the next, and from the start to the first.
    pub page_deadline: Duration,
    /// Set by another thread to end the scan.
    pub cancel: &'a AtomicBool,
}

/// Scans into the existing private folder `into` and hands every page to `sink`. `page_deadline`
/// is the longest time from one page to the next (and from the start to the first); `cancel` may
/// be set by another thread. Afterwards no file of the scan is left in the folder.
///
/// # Errors
/// Any of [`ScanError`]. Pages handed over before an error were whole and stay handed over; the
/// sheet an error struck was not.
pub fn scan(
    program: &Program,
    request: &ScanRequest,
    into: &Path,
    sink: &mut Receiver<'_>,
    limits: ScanLimits<'_>,
) -> Result<Outcome, ScanError> {
    let arguments = request.arguments()?;
    sweep(into)?;
    let scanned = run(program, arguments, into, sink, limits);
    // The pages are people's papers: they go also when the scan failed, whose error comes first.
    let swept = sweep(into);
    let outcome = scanned?;
    swept.map(|()| outcome)
}

fn run(
    program: &Program,
    arguments: Vec<String>,
    into: &Path,
    sink: &mut Receiver<'_>,
    limits: ScanLimits<'_>,
) -> Result<Outcome, ScanError> {
    let mut command = program.command();
    command.args(arguments).current_dir(into);
    let mut pages = 0_u32;
    let mut broken = None;
    let watched = Limits {
        quiet: limits.page_deadline,
        cancel: limits.cancel,
    };
    let finished = child::run(command, None, watched, &mut |line| match hand_over(
        into,
        &String::from_utf8_lossy(line),
        sink,
    ) {
        Ok(next) => {
            pages = pages.saturating_add(1);
            flow(next)
        }
        Err(error) => {
            broken = Some(error);
            Flow::Stop
        }
    });
    match broken {
        Some(error) => Err(error),
        None => conclude(&finished.map_err(|error| from_start(&error))?, pages),
    }
}

/// Hands over the page whose file name `scanimage` has printed, and removes the file.
fn hand_over(into: &Path, line: &str, sink: &mut Receiver<'_>) -> Result<Next, ScanError> {
    let number = page_number(line).ok_or_else(|| ScanError::Crashed(format!("unexpected output {line:?}")))?;
    let path = whole_page(into, line)?;
    let kept = sink(ScannedPage {
        path: path.clone(),
        number,
    });
    remove(&path)?;
    kept.map_err(ScanError::NotKept)
}

fn flow(next: Next) -> Flow {
    match next {
        Next::Continue => Flow::Continue,
        Next::Stop => Flow::Stop,
    }
}

/// What the end of the program means once the pages are counted.
fn conclude(finished: &Finished, pages: u32) -> Result<Outcome, ScanError> {
    match finished.end {
        End::Stopped => Ok(Outcome { pages }),
        End::Cancelled => Err(ScanError::Cancelled),
        // A fault told before the silence (a driver that hangs while it gives up) is the cause.
        End::TimedOut => Err(told_fault(&finished.stderr).unwrap_or(ScanError::TimedOut)),
        End::Exit(None) => Err(ScanError::Crashed(finished.stderr.clone())),
        End::Exit(Some(exit)) => left_by_itself(exit, &finished.stderr, pages),
    }
}

/// The exit code alone is not enough: on some faults, and when it is struck by a broken pipe while
/// leaving, `scanimage` exits with 0 and names the status in its words only.
fn left_by_itself(exit: i32, stderr: &str, pages: u32) -> Result<Outcome, ScanError> {
    match from_status(exit, stderr).or_else(|| told_fault(stderr)) {
        // An empty feeder ends a batch: good after a page, an error before the first.
        None | Some(ScanError::NoPaper) if pages > 0 => Ok(Outcome { pages }),
        Some(error) => Err(error),
        None if stderr.contains("out of documents") => Err(ScanError::NoPaper),
        None => Err(ScanError::BadPage(stderr.trim().to_owned())),
    }
}

/// The error in the last `Scanned page 1. (scanner status = 6)`.
fn told_fault(stderr: &str) -> Option<ScanError> {
    let (_, tail) = stderr.rsplit_once("(scanner status = ")?;
    let status = tail.split_once(')')?.0.parse().ok()?;
    from_status(status, stderr)
}
