//! The system packages a step needs: found by dpkg, installed by apt, always said aloud.

use std::process::{Command, Stdio};

use crate::stop::{Outcome, failed};
use crate::tools::{self, capture, exists, program};

/// What the three programs need to compile: the web view, and perl and make for the vendored OpenSSL.
pub const BUILD: &[&str] = &["pkg-config", "make", "perl", "libwebkit2gtk-4.1-dev"];
/// What the two programs without a window need to compile.
pub const BUILD_HEADLESS: &[&str] = &["pkg-config", "make", "perl"];
/// The scanner's front end.
pub const SCAN: &[&str] = &["sane-utils"];
/// A screen that nobody looks at, and the tools that look for them.
pub const SCREEN: &[&str] = &["xvfb", "xauth", "xdotool", "imagemagick", "x11-apps"];
/// What drives and checks the programs from outside.
pub const CHECK: &[&str] = &["webkit2gtk-driver", "poppler-utils", "qpdf", "zbar-tools"];
/// What another program that is compared with is installed by.
pub const PYTHON: &[&str] = &["python3-venv"];

/// Makes sure every package of these lists is there; says which were not and installs them.
pub fn ensure(lists: &[&[&str]]) -> Outcome {
    if !exists("dpkg-query") {
        println!(
            "no dpkg here: please install the equivalents of {}",
            lists.concat().join(" ")
        );
        return Ok(());
    }
    let missing: Vec<&str> = lists.concat().into_iter().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("missing system packages: {}", missing.join(" "));
    install(&missing)
}

/// Like [`ensure`], but outside continuous integration a machine that cannot install goes on:
/// the tests that need the absent program say so themselves.
pub fn ensure_or_warn(lists: &[&[&str]]) -> Outcome {
    match ensure(lists) {
        Err(stop) if !tools::in_ci() => {
            println!("going on without them: {stop}");
            Ok(())
        }
        outcome => outcome,
    }
}

/// Node 20 or newer, which builds the window's pages.
pub fn node() -> Outcome {
    let version = capture(&mut program("node", &["--version"])?).unwrap_or_default();
    match major(&version) {
        Some(number) if number >= 20 => Ok(()),
        Some(_) => failed(format!("Node 20 or newer is needed, this is {}", version.trim())),
        None => failed("Node 20 or newer is needed and `node` does not run"),
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn installed(name: &str) -> bool {
    let mut query = Command::new("dpkg-query");
    query
        .args(["--show", "--showformat=${db:Status-Status}", name])
        .stderr(Stdio::null());
    query
        .output()
        .is_ok_and(|answer| answer.stdout.starts_with(b"installed"))
}

fn install(names: &[&str]) -> Outcome {
    if let Err(stop) = tools::run(&mut apt(&["update"])?) {
        // One broken source in a long list is no reason: the packages may be known already.
        println!("apt-get update: {stop}; going on");
    }
    let mut words = vec!["install", "-y", "--no-install-recommends"];
    words.extend(names);
    tools::run(&mut apt(&words)?)
}

/// `apt-get` that waits its turn: two installs at once would otherwise fail on dpkg's lock. `env`,
/// because sudo hands no variable on.
fn apt(words: &[&str]) -> Outcome<Command> {
    let all = [
        &[
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "-o",
            "DPkg::Lock::Timeout=400",
        ],
        words,
    ]
    .concat();
    match capture(&mut program("id", &["-u"])?)?.trim() {
        "0" => program("env", &all),
        _ if exists("sudo") => program("sudo", &[&["env"], all.as_slice()].concat()),
        _ => failed(format!(
            "not root and no sudo; please run as root: env {}",
            all.join(" ")
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_version_is_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major(""), None);
    }

    #[test]
    fn a_package_that_no_one_has_is_missing() {
        if exists("dpkg-query") {
            assert!(installed("dpkg"));
            assert!(!installed("no-such-package-099"));
        }
    }
}
