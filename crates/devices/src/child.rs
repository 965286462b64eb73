//! Runs one child process and hands over its output line by line.
//!
//! Two threads read its pipes, so a child that fills one of them cannot block. The caller waits
//! in short slices and adds them up: that gives a time limit without reading the clock, and looks
//! at the cancel flag several times a second.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// How long one wait lasts before the cancel flag is looked at again.
const SLICE: Duration = Duration::from_millis(50);
/// How long a child may take to leave after it was asked to, before it is killed.
const GRACE: Duration = Duration::from_secs(2);
/// How much of the end of the standard error output is kept; earlier words are dropped.
const STDERR_KEPT: usize = 16 * 1024;

/// What may end a run from our side.
#[derive(Clone, Copy)]
pub(crate) struct Limits<'a> {
    /// Longest silence between two lines of output, or between the last line and the end.
    pub quiet: Duration,
    /// Set by another thread to end the run.
    pub cancel: &'a AtomicBool,
}

/// What the reader of the lines wants next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    Continue,
    Stop,
}

/// Why the run is over. In every case the child has been waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// It left by itself; `None` when a signal ended it (a crash).
    Exit(Option<i32>),
    /// The cancel flag was set.
    Cancelled,
    /// The reader of the lines asked to stop.
    Stopped,
    /// Silent for longer than allowed.
    TimedOut,
}

/// A finished run.
#[derive(Debug)]
pub(crate) struct Finished {
    pub end: End,
    /// The end of what the child wrote to standard error, for telling causes apart.
    pub stderr: String,
}

enum Event {
    Line(Vec<u8>),
    OutputEnded,
    Stderr(String),
}

/// Starts `command`, writes `input` to it and calls `on_line` for every line of its output
/// (without the line end).
///
/// # Errors
/// Only those of starting the child and waiting for it; what it did is in [`Finished`].
pub(crate) fn run(
    mut command: Command,
    input: Option<Vec<u8>>,
    limits: Limits<'_>,
    on_line: &mut dyn FnMut(&[u8]) -> Flow,
) -> std::io::Result<Finished> {
    let stdin = if input.is_some() { Stdio::piped() } else { Stdio::null() };
    let mut child = command
        .stdin(stdin)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let events = read_pipes(&mut child, input);
    let mut stderr = String::new();
    let asked = follow(&events, limits, on_line, &mut stderr);
    let end = match asked {
        Some(end) => stop(&mut child).map(|_| end)?,
        None => left(&mut child, limits)?,
    };
    // The child is gone, so its pipes are closed unless a grandchild holds them: wait briefly.
    while let Ok(event) = events.recv_timeout(SLICE) {
        if let Event::Stderr(text) = event {
            stderr = text;
        }
    }
    Ok(Finished { end, stderr })
}

/// Whether a program could not be started because it is not there or is no program.
pub(crate) fn is_missing(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied)
}

/// Reads events until both pipes are closed (`None`) or the run must be ended (`Some`).
fn follow(
    events: &Receiver<Event>,
    limits: Limits<'_>,
    on_line: &mut dyn FnMut(&[u8]) -> Flow,
    stderr: &mut String,
) -> Option<End> {
    let mut silence = Duration::ZERO;
    loop {
        if limits.cancel.load(Ordering::Relaxed) {
            return Some(End::Cancelled);
        }
        match events.recv_timeout(SLICE) {
            Ok(Event::Line(line)) => {
                silence = Duration::ZERO;
                if on_line(&line) == Flow::Stop {
                    return Some(End::Stopped);
                }
            }
            Ok(Event::Stderr(text)) => *stderr = text,
            Ok(Event::OutputEnded) => return None,
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => {
                silence = silence.saturating_add(SLICE);
                if silence >= limits.quiet {
                    return Some(End::TimedOut);
                }
            }
        }
    }
}

fn read_pipes(child: &mut Child, input: Option<Vec<u8>>) -> Receiver<Event> {
    let (sender, events) = channel();
    if let (Some(mut pipe), Some(bytes)) = (child.stdin.take(), input) {
        // A child that leaves early closes its end; its exit code tells the reason, not this write.
        std::thread::spawn(move || pipe.write_all(&bytes).is_ok());
    }
    if let Some(pipe) = child.stdout.take() {
        let sender = sender.clone();
        std::thread::spawn(move || send_lines(pipe, &sender));
    }
    if let Some(pipe) = child.stderr.take() {
        std::thread::spawn(move || send_stderr(pipe, &sender));
    }
    events
}

fn send_lines(pipe: impl Read, sender: &Sender<Event>) {
    let mut reader = BufReader::new(pipe);
    let mut line = Vec::new();
    // A read error on a pipe is its end; the exit code says what happened.
    while matches!(reader.read_until(b'\n', &mut line), Ok(read) if read > 0) {
        while matches!(line.last(), Some(b'\n' | b'\r')) {
            line.pop();
        }
        if sender.send(Event::Line(std::mem::take(&mut line))).is_err() {
            return; // nobody listens any more
        }
    }
    let _ended = sender.send(Event::OutputEnded);
}

fn send_stderr(mut pipe: impl Read, sender: &Sender<Event>) {
    let mut kept = VecDeque::new();
    let mut block = [0; 4096];
    // A read error on a pipe is its end, as for the lines.
    while let Ok(read @ 1..) = pipe.read(&mut block) {
        kept.extend(block.iter().take(read));
        kept.drain(..kept.len().saturating_sub(STDERR_KEPT));
    }
    let kept = Vec::from(kept);
    let _ended = sender.send(Event::Stderr(String::from_utf8_lossy(&kept).into_owned()));
}

/// Waits for a child that has closed its output; one that stays silent too long is stopped.
fn left(child: &mut Child, limits: Limits<'_>) -> std::io::Result<End> {
    if let Some(status) = wait_at_most(child, limits.quiet, limits.cancel)? {
        return Ok(End::Exit(status.code()));
    }
    let cancelled = limits.cancel.load(Ordering::Relaxed);
    stop(child).map(|_| if cancelled { End::Cancelled } else { End::TimedOut })
}

/// Asks the child to leave, kills it when it does not, and reaps it.
fn stop(child: &mut Child) -> std::io::Result<ExitStatus> {
    if ask_to_leave(child)
        && let Some(status) = wait_at_most(child, GRACE, &AtomicBool::new(false))?
    {
        return Ok(status);
    }
    child.kill()?;
    child.wait()
}

/// `scanimage` answers an interrupt by stopping the scanner and removing its part file; killed at
/// once, a device may stay in the middle of a page until its power is switched off.
#[cfg(unix)]
fn ask_to_leave(child: &Child) -> bool {
    let pid = rustix::process::Pid::from_child(child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).is_ok()
}

#[cfg(not(unix))]
fn ask_to_leave(_child: &Child) -> bool {
    false
}

/// Waits until the child has left (`Some`), or until the limit or the cancel flag (`None`).
fn wait_at_most(child: &mut Child, limit: Duration, cancel: &AtomicBool) -> std::io::Result<Option<ExitStatus>> {
    let pause = Duration::from_millis(5);
    let mut waited = Duration::ZERO;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if waited >= limit || cancel.load(Ordering::Relaxed) {
            return Ok(None);
        }
        std::thread::sleep(pause);
        waited = waited.saturating_add(pause);
    }
}
