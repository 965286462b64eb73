//! A screen nobody looks at (Xvfb) on a display number of its own, and pictures of it.

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::rig::{Running, until};
use crate::stop::{Outcome, While, failed};
use crate::tools::{self, capture, program};

/// The size of the old monitors at the counters, in pixels and bits.
const SIZE: &str = "1366x768x24";
const PATIENCE: Duration = Duration::from_secs(30);
/// Fewer colours than this and the window has drawn nothing but its background yet.
const PAINTED: u32 = 24;
/// Pixels that may differ between two pictures of a window at rest: the caret blinks.
const CARET: f64 = 400.0;
/// Longer than the pages take to draw the next frame.
const PAUSE: Duration = Duration::from_millis(500);

/// A running virtual screen.
pub struct Screen {
    display: String,
    _server: Running,
}

impl Screen {
    /// Starts Xvfb; it picks a free display number itself and reports it.
    pub fn start() -> Outcome<Self> {
        let mut command = program("Xvfb", &["-displayfd", "1", "-screen", "0", SIZE, "-nolisten", "tcp"])?;
        command.stderr(std::process::Stdio::null());
        let server = Running::start(&mut command)?;
        let number = server.line(PATIENCE)?;
        Ok(Self {
            display: format!(":{}", number.trim()),
            _server: server,
        })
    }

    /// True when this session already has a screen.
    pub fn present() -> bool {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        set("DISPLAY") || set("WAYLAND_DISPLAY")
    }

    /// The display's name, as in `DISPLAY`.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// Lets a command draw on this screen and no other.
    pub fn give(&self, command: &mut Command) {
        command.env("DISPLAY", &self.display).env_remove("WAYLAND_DISPLAY");
        command
            .env("GDK_BACKEND", "x11")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("NO_AT_BRIDGE", "1");
    }

    /// Waits until a window is visible and has stopped changing, then saves the picture (PNG).
    pub fn shoot(&self, window: &mut Running, to: &Path) -> Outcome {
        let shown = until(PATIENCE, || !window.alive() || self.window_visible());
        if !window.alive() || !shown {
            return failed("the window did not come up");
        }
        let before = to.with_extension("before.png");
        let settled = self.settled(to, &before);
        // The picture before the last one has done its work, however that ended.
        let _ = std::fs::remove_file(&before);
        settled
    }

    /// Takes pictures until two in a row are alike and show more than an empty window.
    fn settled(&self, to: &Path, before: &Path) -> Outcome {
        let start = Instant::now();
        self.picture(to)?;
        while start.elapsed() < PATIENCE {
            thread::sleep(PAUSE);
            std::fs::rename(to, before).doing("keeping the picture before")?;
            self.picture(to)?;
            if colours(to)? >= PAINTED && alike(before, to)? {
                return Ok(());
            }
        }
        failed("the window never stopped changing, or drew nothing")
    }

    fn window_visible(&self) -> bool {
        let search = program("xdotool", &["search", "--onlyvisible", "--name", "."]);
        search.is_ok_and(|mut search| capture(search.env("DISPLAY", &self.display)).is_ok())
    }

    fn picture(&self, to: &Path) -> Outcome {
        let mut import = program("import", &["-window", "root"])?;
        capture(import.arg(to).env("DISPLAY", &self.display)).map(drop)
    }
}

/// True when two pictures differ by no more than a blinking caret.
fn alike(one: &Path, other: &Path) -> Outcome<bool> {
    let mut compare = program("compare", &["-metric", "AE"])?;
    // It ends with 1 when they differ, and says how much on standard error.
    let output = compare
        .arg(one)
        .arg(other)
        .arg("null:")
        .output()
        .doing("starting compare")?;
    let count = String::from_utf8_lossy(&output.stderr);
    // A large count is written as 1.04909e+06.
    let count: f64 = count.trim().parse().doing(format!("comparing pictures: {count}"))?;
    Ok(count <= CARET)
}

fn colours(picture: &Path) -> Outcome<u32> {
    let mut identify = program("identify", &["-format", "%k"])?;
    let count = capture(identify.arg(picture))?;
    count.trim().parse().doing("counting colours")
}

/// A private screen for tests; outside continuous integration a machine without Xvfb may still
/// have a real one.
pub fn for_tests() -> Outcome<Option<Screen>> {
    if tools::exists("Xvfb") {
        return Screen::start().map(Some);
    }
    if tools::in_ci() || !Screen::present() {
        return failed("Xvfb is not installed and there is no other screen");
    }
    println!("no Xvfb: the window tests use the screen of this session");
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_screen_can_be_photographed() {
        if !(tools::exists("Xvfb") && tools::exists("import") && tools::exists("xlogo")) {
            assert!(!tools::in_ci(), "the virtual screen's programs are missing");
            println!("skipped: no virtual screen here");
            return;
        }
        let screen = Screen::start().unwrap();
        let mut logo = Command::new("xlogo");
        screen.give(&mut logo);
        let _logo = Running::start(&mut logo).unwrap();
        assert!(until(PATIENCE, || screen.window_visible()));
        let scratch = crate::rig::Scratch::below(&std::env::temp_dir(), "xtask-screen").unwrap();
        let picture = scratch.path().join("root.png");
        screen.picture(&picture).unwrap();
        assert!(alike(&picture, &picture).unwrap());
        assert!(until(PATIENCE, || screen.picture(&picture).is_ok()
            && colours(&picture).unwrap() >= 2));
    }
}
