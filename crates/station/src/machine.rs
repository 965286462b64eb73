//! What this PC says of itself: facts that stay when it is renamed or updated and change when the
//! disk is moved or copied to another one, and the clock that nobody can set.
//!
//! A fact that cannot be read is left out; nothing here ever fails. On Windows nothing is read yet:
//! there the seal rests on the data folder and on the file beside the key.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Facts of the machine, each as a digest: they are compared and never shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The installed system's own identity.
    pub system: Option<String>,
    /// Maker and model of the board, or its serial number where everyone may read it.
    pub board: Option<String>,
    /// Built-in network cards. One may be changed; all of them at once are another PC.
    pub cards: BTreeSet<String>,
}

/// An instant of the clock that only runs while the PC does, sleep included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Changes with every start of the system. Short, because it stands in every event.
    pub boot: String,
    /// Milliseconds since that start.
    pub uptime_ms: i64,
}

/// Both clocks of a PC, read once for one command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The clock on the wall.
    pub now: DateTime<Utc>,
    /// The one nobody can set, where there is one.
    pub moment: Option<Moment>,
}

/// Where the facts come from.
pub trait Machine: Send + Sync {
    /// Facts of this PC.
    fn facts(&self) -> Facts;
    /// The unsettable clock, where there is one.
    fn moment(&self) -> Option<Moment>;
    /// What tells a data folder from a copy of it.
    fn folder(&self, dir: &Path) -> Folder {
        Folder::of(dir)
    }
}

/// What tells this data folder from a copy of it, where the system can say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    /// Number of the folder in its file system.
    pub inode: Option<u64>,
    /// When the folder was made, nanoseconds since 1970. A copied one is younger.
    pub born: Option<u64>,
}

impl Folder {
    /// The folder as it lies there.
    #[must_use]
    pub fn of(dir: &Path) -> Self {
        let Ok(facts) = std::fs::metadata(dir) else {
            return Self::default();
        };
        #[cfg(unix)]
        let inode = Some(std::os::unix::fs::MetadataExt::ino(&facts));
        #[cfg(not(unix))]
        let inode = None;
        let born = facts.created().ok();
        let born = born.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        Self {
            inode,
            born: born.and_then(|since| u64::try_from(since.as_nanos()).ok()),
        }
    }

    /// Whether this is another folder. The birth says it where both know one: numbers of folders are
    /// drawn anew by some file systems. What either side does not know proves nothing.
    #[must_use]
    pub fn differs(&self, other: &Self) -> bool {
        let births = self.born.zip(other.born);
        let either = births.or_else(|| self.inode.zip(other.inode));
        either.is_some_and(|(own, other)| own != other)
    }
}

impl Facts {
    /// Whether these are another machine's facts. What either side does not know proves nothing.
    #[must_use]
    pub fn differ(&self, other: &Self) -> bool {
        let other_than = |a: &Option<String>, b: &Option<String>| matches!((a, b), (Some(a), Some(b)) if a != b);
        let both_known = !self.cards.is_empty() && !other.cards.is_empty();
        other_than(&self.system, &other.system)
            || other_than(&self.board, &other.board)
            || (both_known && self.cards.is_disjoint(&other.cards))
    }
}

/// The PC this program runs on, as its system tells of it in files.
#[derive(Debug, Clone)]
pub struct ThisMachine {
    with_moment: bool,
    root: PathBuf,
}

impl ThisMachine {
    /// `with_moment`: a clock that stands still or is set by a test has nothing to do with the time
    /// since the start.
    #[must_use]
    pub fn new(with_moment: bool) -> Self {
        Self::below(Path::new("/"), with_moment)
    }

    /// The PC whose system has its files below a folder: a test lays one out and changes it.
    #[must_use]
    pub fn below(root: &Path, with_moment: bool) -> Self {
        Self {
            with_moment,
            root: root.to_owned(),
        }
    }

    fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.root.join(path)).ok()
    }

    fn first_line(&self, paths: &[&str]) -> Option<String> {
        let text = paths.iter().find_map(|path| self.read(path))?;
        let line = text.lines().next()?.trim();
        (!line.is_empty()).then(|| digest(line))
    }

    /// Versions of the firmware are left out: an update makes no other PC.
    fn board(&self) -> Option<String> {
        let parts: Vec<String> = ["sys_vendor", "product_name", "board_vendor", "board_name"]
            .iter()
            .filter_map(|name| self.read(&format!("sys/class/dmi/id/{name}")))
            .collect();
        if parts.is_empty() {
            return self.first_line(&["proc/device-tree/serial-number"]);
        }
        Some(digest(&parts.concat()))
    }
}

impl Machine for ThisMachine {
    fn facts(&self) -> Facts {
        Facts {
            system: self.first_line(&["etc/machine-id", "var/lib/dbus/machine-id"]),
            board: self.board(),
            cards: cards(&self.root.join("sys/class/net")),
        }
    }

    fn moment(&self) -> Option<Moment> {
        if !self.with_moment {
            return None;
        }
        let boot = self.read("proc/sys/kernel/random/boot_id")?;
        let uptime = self.read("proc/uptime")?;
        let (seconds, rest) = uptime.split_once('.')?;
        let hundredths: i64 = rest.split(' ').next()?.parse().ok()?;
        let seconds: i64 = seconds.parse().ok()?;
        Some(Moment {
            boot: digest(boot.trim()).chars().take(8).collect(),
            uptime_ms: seconds
                .saturating_mul(1_000)
                .saturating_add(hundredths.saturating_mul(10)),
        })
    }
}

/// Cards that sit on a bus of the PC and bear the address they were made with; those on a cable
/// come and go.
fn cards(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| card(&entry.path())).collect()
}

fn card(path: &Path) -> Option<String> {
    let bus = fs::canonicalize(path.join("device")).ok()?;
    let made = fs::read_to_string(path.join("addr_assign_type")).ok()?;
    let on_cable = bus
        .components()
        .any(|part| part.as_os_str().to_string_lossy().starts_with("usb"));
    if on_cable || made.trim() != "0" {
        return None;
    }
    let address = fs::read_to_string(path.join("address")).ok()?;
    Some(digest(address.trim()))
}

fn digest(text: &str) -> String {
    blake3::derive_key("motcua 2026 fact of the machine v1", text.as_bytes())
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(system: Option<&str>, board: Option<&str>, cards: &[&str]) -> Facts {
        Facts {
            system: system.map(str::to_owned),
            board: board.map(str::to_owned),
            cards: cards.iter().map(|card| (*card).to_owned()).collect(),
        }
    }

    #[test]
    fn another_system_board_or_set_of_cards_is_another_pc() {
        let own = facts(Some("s"), Some("b"), &["1", "2"]);
        assert!(!own.differ(&own));
        assert!(own.differ(&facts(Some("t"), Some("b"), &["1", "2"])));
        assert!(own.differ(&facts(Some("s"), Some("c"), &["1", "2"])));
        assert!(own.differ(&facts(Some("s"), Some("b"), &["3"])));
    }

    #[test]
    fn one_card_changed_or_a_fact_that_cannot_be_read_proves_nothing() {
        let own = facts(Some("s"), Some("b"), &["1", "2"]);
        assert!(!own.differ(&facts(Some("s"), Some("b"), &["2", "3"])));
        assert!(!own.differ(&facts(None, None, &[])));
        assert!(!facts(None, None, &[]).differ(&own));
    }

    #[test]
    fn a_folder_is_known_by_its_birth_or_else_by_its_number() {
        let folder = |inode, born| Folder { inode, born };
        let own = folder(Some(1), Some(10));
        assert!(own.differs(&folder(Some(1), Some(11))));
        assert!(!own.differs(&folder(Some(2), Some(10))));
        assert!(own.differs(&folder(Some(2), None)));
        assert!(!own.differs(&folder(Some(1), None)));
        assert!(!own.differs(&Folder::default()));
        let dir = tempfile::tempdir().unwrap();
        let (here, there) = (dir.path().join("here"), dir.path().join("there"));
        fs::create_dir(&here).unwrap();
        let before = Folder::of(&here);
        fs::rename(&here, &there).unwrap();
        assert!(!before.differs(&Folder::of(&there)), "a folder may be moved");
        assert!(
            !before.differs(&Folder::of(&here)),
            "one that is not there says nothing"
        );
    }

    #[test]
    fn this_pc_says_the_same_twice_and_its_clock_runs() {
        let machine = ThisMachine::new(true);
        assert_eq!(machine.facts(), machine.facts());
        if let (Some(first), Some(second)) = (machine.moment(), machine.moment()) {
            assert!(first.boot == second.boot && first.uptime_ms <= second.uptime_ms);
        }
        assert_eq!(ThisMachine::new(false).moment(), None);
    }
}
