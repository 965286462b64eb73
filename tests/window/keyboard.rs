//! Hands: keys and scans as the X server delivers them to whatever has the focus.

use std::process::Command;

use crate::group::{PATIENCE, until};

/// A keyboard (and a hand-held reader, which is one) on a screen.
pub struct Keyboard {
    display: String,
    window: String,
}

impl Keyboard {
    /// Waits for the program's window and gives it the focus; no window manager does that here.
    pub fn take(display: &str) -> Self {
        let mut keyboard = Self {
            display: display.to_owned(),
            window: String::new(),
        };
        let shown = until(PATIENCE, || {
            let answer = keyboard.xdotool(&["search", "--onlyvisible", "--class", "motcua-desktop"]);
            keyboard.window = answer.lines().next().unwrap_or_default().to_owned();
            !keyboard.window.is_empty()
        });
        assert!(shown, "no window came up");
        let focused = until(PATIENCE, || {
            // Without --sync, which never returns when the window has the focus already.
            keyboard.xdotool(&["windowfocus", &keyboard.window]);
            keyboard.xdotool(&["getwindowfocus"]).trim() == keyboard.window
        });
        assert!(focused, "the window does not take the focus");
        keyboard
    }

    /// Presses keys by their X names: `F9`, `Return`, `ctrl+3`, `shift+F5`.
    pub fn press(&self, keys: &[&str]) {
        self.must(&[&["key", "--delay", "12"], keys].concat());
    }

    /// Types like a fast person: 40 ms a key.
    pub fn type_text(&self, text: &str) {
        self.must(&["type", "--delay", "40", "--", text]);
    }

    /// Types like a reader set to keyboard mode: 5 ms a key, then Enter. Nothing waits for the typing
    /// before it to be over: a person does not either.
    pub fn scan(&self, text: &str) {
        self.must(&["type", "--delay", "5", "--args", "1", text, "key", "Return"]);
    }

    /// Makes the window as large as `1093x614` says.
    pub fn resize(&self, size: &str) {
        let (width, height) = size.split_once('x').unwrap();
        self.must(&["windowsize", &self.window, width, height]);
    }

    fn must(&self, words: &[&str]) {
        let done = self.command(words).status().unwrap();
        assert!(done.success(), "xdotool {words:?}: {done}");
    }

    fn xdotool(&self, words: &[&str]) -> String {
        String::from_utf8_lossy(&self.command(words).output().unwrap().stdout).into_owned()
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new("xdotool");
        command.args(words).env("DISPLAY", &self.display);
        command
    }
}
