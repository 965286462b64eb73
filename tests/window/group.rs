//! A program with everything it starts: one process group, ended as one.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

/// How long anything in these tests may take before it counts as broken.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// A process group. Dropping it ends and awaits all of it.
pub struct Group {
    leader: Child,
}

impl Group {
    /// Starts a program as the leader of a new group, with nothing to read and nobody to tell:
    /// a pipe that outlives it would hold up whoever waits for the pipe's end.
    pub fn start(command: &mut Command) -> Self {
        let leader = command.process_group(0).stdin(Stdio::null()).spawn();
        Self {
            leader: leader.unwrap_or_else(|problem| panic!("starting {command:?}: {problem}")),
        }
    }

    pub fn leader(&mut self) -> &mut Child {
        &mut self.leader
    }

    pub fn id(&self) -> u32 {
        self.leader.id()
    }

    /// SIGKILL to every member at once: what a power cut does to them. Returns when all are gone.
    pub fn kill(&mut self) {
        self.signal(Signal::KILL);
        self.gone();
    }

    /// SIGTERM first; whoever is still there after a while is killed.
    pub fn end(&mut self) {
        self.signal(Signal::TERM);
        let _ = self.leader.wait();
        if !until(Duration::from_secs(2), || !self.alive()) {
            self.kill();
        }
    }

    fn gone(&mut self) {
        let _ = self.leader.wait();
        assert!(until(PATIENCE, || !self.alive()), "a killed group is still there");
    }

    fn group(&self) -> Pid {
        Pid::from_child(&self.leader)
    }

    fn signal(&self, signal: Signal) {
        // Refused only when nobody is left to hear it.
        let _ = kill_process_group(self.group(), signal);
    }

    /// True while a member lives. A zombie that nobody reaps (its parent is gone) does not count.
    fn alive(&self) -> bool {
        test_kill_process_group(self.group()).is_ok()
            && processes().iter().any(|one| one.group == self.id() && one.state != 'Z')
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end();
    }
}

/// One line of the process table.
pub struct Process {
    pub id: u32,
    pub parent: u32,
    pub group: u32,
    pub state: char,
}

/// All processes of this machine.
pub fn processes() -> Vec<Process> {
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    entries
        .filter_map(|entry| std::fs::read_to_string(entry.path().join("stat")).ok())
        .filter_map(|line| process(&line))
        .collect()
}

/// `id (name) state parent group …`; the name may hold spaces and brackets.
fn process(line: &str) -> Option<Process> {
    let (head, tail) = line.rsplit_once(')')?;
    let (id, _) = head.split_once(" (")?;
    let mut rest = tail.split_whitespace();
    let state = rest.next()?.chars().next()?;
    let (parent, group) = (rest.next()?.parse().ok()?, rest.next()?.parse().ok()?);
    Some(Process {
        id: id.parse().ok()?,
        parent,
        group,
        state,
    })
}

/// Asks again and again until it is true; false when time is up.
pub fn until(time: Duration, mut done: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while !done() {
        if start.elapsed() > time {
            return false;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    true
}
