//! Processes that always end: each runs in a process group of its own, which is ended when its
//! value is dropped, and also when xtask itself is killed (Ctrl-C, SIGKILL) before it can drop.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::stop::{Outcome, Stop, While, failed};
use crate::tools::shown;

/// How long a process may take to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(10);
/// How often a condition is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// Waits at its standard input. A word means "all ended well"; end of file means that xtask is gone,
/// and then the process group `$1` is ended in its place.
const LEASH: &str = r#"read -r word && exit 0
kill -s TERM -- "-$1" 2>/dev/null || exit 0
for _ in 1 2 3 4 5 6 7 8 9 10; do kill -s 0 -- "-$1" 2>/dev/null || exit 0; sleep 0.3; done
kill -s KILL -- "-$1" 2>/dev/null"#;

/// A program that is running, with everything it starts.
pub struct Running {
    name: String,
    child: Child,
    leash: Child,
    lines: Option<Receiver<String>>,
}

impl Running {
    /// Starts it. Its standard output is read line by line ([`Running::line`]); its standard error
    /// goes where `command` says.
    pub fn start(command: &mut Command) -> Outcome<Self> {
        let name = shown(command);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).process_group(0);
        let mut child = command.spawn().doing(format!("starting {name}"))?;
        let lines = child.stdout.take().map(lines_of);
        match leash(child.id()) {
            Ok(leash) => Ok(Self {
                name,
                child,
                leash,
                lines,
            }),
            Err(stop) => {
                end_group(&mut child);
                Err(stop)
            }
        }
    }

    /// The next line of its standard output; a failure when it ends or `patience` runs out first.
    pub fn line(&self, patience: Duration) -> Outcome<String> {
        let lines = self
            .lines
            .as_ref()
            .ok_or_else(|| Stop::Failed(format!("{} has no output", self.name)))?;
        lines
            .recv_timeout(patience)
            .map_err(|why| Stop::Failed(format!("{} said nothing: {why}", self.name)))
    }

    /// False once the program itself has ended.
    pub fn alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits until the program ends by itself.
    pub fn wait(&mut self) -> Outcome {
        let status = self.child.wait().doing(format!("waiting for {}", self.name))?;
        if status.success() {
            Ok(())
        } else {
            failed(format!("{} ended: {status}", self.name))
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        end_group(&mut self.child);
        if let Some(mut leash) = self.leash.stdin.take() {
            // A leash that is gone already has nothing left to be told.
            let _ = leash.write_all(b"ended\n");
        }
        let _ = self.leash.wait();
    }
}

fn leash(group: u32) -> Outcome<Child> {
    let mut command = Command::new("sh");
    command.args(["-c", LEASH, "leash"]).arg(group.to_string());
    // In a group of its own, so that a Ctrl-C at the terminal does not end it with xtask.
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0);
    command.spawn().doing("starting sh")
}

fn end_group(child: &mut Child) {
    signal("TERM", child.id());
    let _ = until(GRACE, || matches!(child.try_wait(), Ok(Some(_)) | Err(_)));
    signal("KILL", child.id());
    // Only reaps; there is nothing to do about a child that is not there to be reaped.
    let _ = child.wait();
}

/// Signals a whole process group. The shell's own `kill` does it: no crate, no `unsafe`.
fn signal(name: &str, group: u32) {
    let mut command = Command::new("sh");
    command
        .args(["-c", r#"kill -s "$1" -- "-$2""#, "kill", name])
        .arg(group.to_string());
    let _ = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
}

/// Reads on until the end, so that the program never waits for a full pipe.
fn lines_of(output: ChildStdout) -> Receiver<String> {
    let (send, receive) = channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            // Nobody may be listening any more; reading goes on regardless.
            let _ = send.send(line);
        }
    });
    receive
}

/// Looks at a condition until it holds; false when `patience` runs out first.
pub fn until(patience: Duration, mut holds: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while !holds() {
        if start.elapsed() > patience {
            return false;
        }
        thread::sleep(LOOK);
    }
    true
}

/// A folder that is emptied and removed when its value is dropped.
pub struct Scratch(PathBuf);

impl Scratch {
    /// A new private folder below `parent`.
    pub fn below(parent: &Path, name: &str) -> Outcome<Self> {
        let folder = parent.join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).doing(format!("making {}", folder.display()))?;
        Ok(Self(folder))
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(why) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{} stays behind: {why}", self.0.display());
        }
    }
}

/// A private SANE configuration that knows only the `pnm` back end (a scanner whose glass holds a
/// picture file). Hand the folder to programs as `SANE_CONFIG_DIR`; /etc stays untouched, and
/// listing the devices takes 5 ms instead of seconds.
pub fn sane(folder: &Path) -> Outcome<PathBuf> {
    let sane = folder.join("sane");
    std::fs::create_dir_all(sane.join("dll.d")).doing("making the SANE folder")?;
    std::fs::write(sane.join("dll.conf"), "pnm\n").doing("writing dll.conf")?;
    Ok(sane)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sleeper() -> Running {
        // A shell with a child of its own: ending the shell alone would leave the child behind.
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 300 & echo $!; wait"]);
        Running::start(&mut command).unwrap()
    }

    fn gone(pid: &str) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"));
        // A zombie waits for a parent that may never reap it (pid 1 of a container): it has ended.
        stat.map_or(true, |stat| stat.contains(") Z "))
    }

    #[test]
    fn dropping_ends_the_program_and_its_children() {
        let mut running = sleeper();
        let child = running.line(Duration::from_secs(10)).unwrap();
        assert!(running.alive() && !gone(&child));
        drop(running);
        assert!(until(Duration::from_secs(10), || gone(&child)));
    }

    #[test]
    fn a_dead_xtask_ends_them_too() {
        let mut running = sleeper();
        let child = running.line(Duration::from_secs(10)).unwrap();
        drop(running.leash.stdin.take()); // what the kernel does when xtask is killed
        assert!(until(Duration::from_secs(10), || gone(&child)));
        assert!(until(Duration::from_secs(10), || !running.alive()));
    }

    #[test]
    fn a_program_that_says_nothing_is_a_failure() {
        let running = Running::start(Command::new("true").arg("x")).unwrap();
        assert!(running.line(Duration::from_secs(10)).is_err());
    }

    #[test]
    fn a_scratch_folder_leaves_nothing() {
        let scratch = Scratch::below(&std::env::temp_dir(), "xtask-scratch").unwrap();
        let folder = scratch.path().to_path_buf();
        assert!(sane(scratch.path()).unwrap().join("dll.conf").is_file());
        drop(scratch);
        assert!(!folder.exists());
    }
}
