//! A counter: its screen, its private folders, the program running on them, and hands.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tempfile::TempDir;

use crate::driver::Driver;
use crate::keyboard::Keyboard;
use crate::screen::{Screen, ready};

/// The moment at which the program's clock stands in these tests: a working morning.
const NOW: &str = "2026-11-23T09:42:00+07:00";
/// The one officer, invented, and the PIN.
pub const OFFICER: &str = "Nguyễn Thị Mẫu";
pub const PIN: &str = "24680";

/// One test at a time has the focus.
static TURN: Mutex<()> = Mutex::new(());

/// A counter PC; all of it ends and vanishes with this value, the program (first field) before the
/// screen it draws on.
pub struct Desk {
    running: Option<(Driver, Keyboard)>,
    screen: Screen,
    folder: TempDir,
    data: PathBuf,
    keys: PathBuf,
    clock: Option<&'static str>,
    _turn: MutexGuard<'static, ()>,
}

impl Desk {
    /// An empty counter, not yet switched on.
    pub fn new() -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir().unwrap();
        let (data, keys) = (folder.path().join("data"), folder.path().join("keys"));
        std::fs::create_dir(folder.path().join("sane")).unwrap();
        std::fs::write(folder.path().join("sane/dll.conf"), "pnm\n").unwrap();
        Self {
            running: None,
            screen: Screen::start(),
            folder,
            data,
            keys,
            clock: Some(NOW),
            _turn: turn,
        }
    }

    /// A counter that runs, its first officer signed in; none where this machine has no screen for it.
    pub fn with_officer() -> Option<Self> {
        if !ready() {
            return None;
        }
        let mut desk = Self::new();
        desk.start();
        desk.first_officer();
        Some(desk)
    }

    /// A counter on folders that exist already, with the machine's own clock.
    pub fn on(data: PathBuf, keys: PathBuf) -> Self {
        Self {
            data,
            keys,
            clock: None,
            ..Self::new()
        }
    }

    /// Starts the program and waits until its page is there.
    pub fn start(&mut self) {
        let driver = self.open();
        driver.wait("document.readyState === 'complete'");
        self.running = Some((driver, Keyboard::take(self.screen.display())));
        self.driver().wait("document.hasFocus()");
    }

    /// Starts one more program on the same folders and the same screen, without hands.
    pub fn open(&self) -> Driver {
        let program = program("motcua-desktop");
        let clock = self
            .clock
            .iter()
            .flat_map(|now| ["--now".to_owned(), (*now).to_owned()]);
        Driver::start(&program, &clock.collect::<Vec<_>>(), &self.environment())
    }

    fn environment(&self) -> Vec<(String, String)> {
        let here = |name: &str| self.folder.path().join(name).display().to_string();
        let pairs = [
            ("MOTCUA_DATA", self.data.display().to_string()),
            ("MOTCUA_KEYS", self.keys.display().to_string()),
            ("SANE_CONFIG_DIR", here("sane")),
            // The web view keeps its own things (local storage) below these.
            ("XDG_DATA_HOME", here("share")),
            ("XDG_CACHE_HOME", here("cache")),
            ("XDG_CONFIG_HOME", here("config")),
            ("DISPLAY", self.screen.display().to_owned()),
            ("GDK_BACKEND", "x11".to_owned()),
            ("NO_AT_BRIDGE", "1".to_owned()),
            ("WEBKIT_DISABLE_DMABUF_RENDERER", "1".to_owned()),
        ];
        pairs.map(|(name, value)| (name.to_owned(), value)).to_vec()
    }

    pub fn driver(&self) -> &Driver {
        &self.running.as_ref().unwrap().0
    }

    pub fn keyboard(&self) -> &Keyboard {
        &self.running.as_ref().unwrap().1
    }

    /// A file in the counter's private folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The power fails.
    pub fn kill(&mut self) {
        self.running.take().unwrap().0.kill();
    }

    /// The officer closes the window.
    pub fn close(&mut self) {
        self.running.take().unwrap().0.close();
    }

    /// Asks the running program through its local socket, as `motcua call` does.
    pub fn call(&self, command: &str, request: &Value) -> Value {
        use std::io::Write as _;
        let mut motcua = Command::new(program("motcua"));
        motcua.arg("--data").arg(&self.data).arg("--keys").arg(&self.keys);
        motcua.args(["--as", OFFICER, "call", command]).envs(self.environment());
        let mut child = motcua.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(request.to_string().as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        let answer = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{command}: {answer}");
        serde_json::from_str(&answer).unwrap()
    }

    /// First start: the first officer is made by keyboard, and is then signed in.
    pub fn first_officer(&self) {
        let (driver, keyboard) = (self.driver(), self.keyboard());
        driver.wait("document.body.dataset.ready && document.activeElement.id === 'first-name'");
        keyboard.type_text(OFFICER);
        keyboard.press(&["Tab"]);
        keyboard.type_text(PIN);
        keyboard.press(&["Tab"]);
        keyboard.type_text(PIN);
        keyboard.press(&["Return"]);
        self.reception();
    }

    /// The PIN of the officer who is already chosen, and Enter.
    pub fn sign_in(&self) {
        self.driver()
            .wait("document.body.dataset.ready && document.activeElement.id === 'pin'");
        self.keyboard().type_text(PIN);
        self.keyboard().press(&["Return"]);
        self.reception();
    }

    fn reception(&self) {
        self.driver()
            .wait("document.querySelector('main[data-screen=reception]') && document.activeElement.id === 'p-name'");
    }
}

/// A program of this workspace, from the folder this one was built into, or the one above: tests
/// lie a folder deeper than programs.
pub fn program(name: &str) -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let found = here.ancestors().skip(1).take(2).map(|folder| folder.join(name));
    found
        .into_iter()
        .find(|program| program.is_file())
        .unwrap_or_else(|| panic!("{name} is not built: run `cargo build --workspace` first"))
}
