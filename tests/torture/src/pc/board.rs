//! What a PC says of itself: files below a folder, laid out as its system does and read by the
//! product's own code, so that a test can rename the PC or carry its disk to another one.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use station::machine::{Facts, Folder, Machine, Moment, ThisMachine};

/// Facts of a PC and its data folder.
pub type Said = (Facts, Folder);

#[derive(Clone)]
pub struct Board {
    root: PathBuf,
    machine: ThisMachine,
    /// What is said instead of what is so.
    pretends: Arc<Mutex<Option<Said>>>,
}

const UPTIME: &str = "proc/uptime";
const BOOT: &str = "proc/sys/kernel/random/boot_id";

impl Board {
    /// A PC that was started a minute ago.
    pub fn new(root: &Path, name: &str) -> Self {
        let it = Self {
            root: root.to_owned(),
            machine: ThisMachine::below(root, true),
            pretends: Arc::default(),
        };
        it.write("etc/machine-id", &format!("{name} system"));
        it.rename(name);
        it.hardware(name);
        it.write(UPTIME, "60.00 30.00");
        it.write(BOOT, "first");
        it
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("{text}\n")).unwrap();
    }

    fn hardware(&self, name: &str) {
        for part in ["sys_vendor", "product_name", "board_vendor", "board_name"] {
            self.write(&format!("sys/class/dmi/id/{part}"), &format!("{name} {part}"));
        }
        // A card on the board, and one on a cable that nobody counts.
        for (card, bus, address) in [
            ("enp1s0", "devices/pci0000:00/0000:00:1f.6", format!("{name} card")),
            ("enx0", "devices/pci0000:00/usb1/1-1", "a cable".to_owned()),
        ] {
            let (card, bus) = (format!("sys/class/net/{card}"), self.root.join("sys").join(bus));
            self.write(&format!("{card}/address"), &address);
            self.write(&format!("{card}/addr_assign_type"), "0");
            fs::create_dir_all(&bus).unwrap();
            let device = self.root.join(card).join("device");
            if !device.exists() {
                symlink(bus, device).unwrap();
            }
        }
    }

    /// The name that people and networks know it by.
    pub fn rename(&self, name: &str) {
        self.write("etc/hostname", name);
        self.write("etc/hosts", &format!("127.0.1.1 {name}"));
        self.write("proc/sys/kernel/hostname", name);
    }

    /// The disk goes into another PC and brings its system along.
    pub fn disk_into(&self, name: &str) {
        self.hardware(name);
        self.reboot();
    }

    pub fn reboot(&self) {
        let boot = fs::read_to_string(self.root.join(BOOT)).unwrap();
        self.write(BOOT, &format!("{} and again", boot.trim()));
        self.write(UPTIME, "30.00 15.00");
    }

    /// Time passes; a machine that is put back with its memory loses some.
    pub fn runs(&self, hours: i64) {
        let ran = self.machine.moment().unwrap().uptime_ms / 1_000 + hours * 3_600;
        self.write(UPTIME, &format!("{ran}.00 15.00"));
    }

    pub fn said(&self, data: &Path) -> Said {
        (self.facts(), self.folder(data))
    }

    pub fn pretend(&self, said: Option<Said>) {
        *self.pretends.lock().unwrap() = said;
    }
}

impl Machine for Board {
    fn facts(&self) -> Facts {
        let pretended = self.pretends.lock().unwrap().clone();
        pretended.map_or_else(|| self.machine.facts(), |(facts, _)| facts)
    }

    fn moment(&self) -> Option<Moment> {
        self.machine.moment()
    }

    fn folder(&self, data: &Path) -> Folder {
        let pretended = self.pretends.lock().unwrap().clone();
        pretended.map_or_else(|| Folder::of(data), |(_, folder)| folder)
    }
}
