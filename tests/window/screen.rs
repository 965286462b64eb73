//! A screen nobody looks at, with a keyboard that has every Vietnamese letter on a key.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::group::Group;

/// The lower-case letters a US keyboard has not.
const LETTERS: &str = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";

/// A running screen, or the one of this session where Xvfb is not installed.
pub struct Screen {
    display: String,
    _server: Option<Group>,
}

impl Screen {
    pub fn start() -> Self {
        if !present("Xvfb") {
            return Self {
                display: std::env::var("DISPLAY").unwrap(),
                _server: None,
            };
        }
        let mut command = Command::new("Xvfb");
        // -noreset: or the server forgets the letters as soon as the program that set them is gone.
        command.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1366x768x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]);
        let mut server = Group::start(command.stdout(Stdio::piped()).stderr(Stdio::null()));
        let mut number = String::new();
        BufReader::new(server.leader().stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        let screen = Self {
            display: format!(":{}", number.trim()),
            _server: Some(server),
        };
        screen.letters();
        screen
    }

    pub fn display(&self) -> &str {
        &self.display
    }

    /// Puts the Vietnamese letters on keys of their own. Without that xdotool remaps one key again
    /// and again while it types, and a busy program reads the wrong letter now and then.
    fn letters(&self) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys.xkb");
        std::fs::write(&file, keymap()).unwrap();
        let done = Command::new("xkbcomp")
            .args(["-w", "0"])
            .arg(&file)
            .arg(&self.display)
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

fn keymap() -> String {
    // Key numbers that PC keyboards leave to special keys.
    let free = (148..=202).chain(208..=253);
    let mut keys = String::new();
    for (number, letter) in free.zip(LETTERS.chars()) {
        let upper = letter.to_uppercase().next().unwrap();
        writeln!(
            keys,
            "key <I{number}> {{ [ U{:04X}, U{:04X} ] }};",
            u32::from(letter),
            u32::from(upper)
        )
        .unwrap();
    }
    format!(
        "xkb_keymap {{ xkb_keycodes {{ include \"evdev+aliases(qwerty)\" }}; xkb_types {{ include \"complete\" }};
         xkb_compat {{ include \"complete\" }}; xkb_symbols {{ include \"pc+us\"\n{keys} }}; }};"
    )
}

/// True when a program of this name is on the PATH.
pub fn present(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// True when a window test can run here. A missing program is a failure in continuous integration
/// and a skipped test, said aloud, elsewhere.
pub fn ready() -> bool {
    let mut missing: Vec<&str> = ["WebKitWebDriver", "xdotool"]
        .into_iter()
        .filter(|program| !present(program))
        .collect();
    let own = present("Xvfb") && present("xkbcomp");
    if !own && std::env::var_os("DISPLAY").is_none() {
        missing.push("Xvfb");
    }
    if missing.is_empty() {
        return true;
    }
    assert!(
        std::env::var("CI").as_deref() != Ok("true"),
        "missing here: {}",
        missing.join(", ")
    );
    println!("skipped: missing here: {}", missing.join(", "));
    false
}
