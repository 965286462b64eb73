//! Running other programs from the root of the repository, and saying so.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::stop::{Outcome, Stop, While, failed};

/// The root of the repository: the folder above this crate.
pub fn root() -> Outcome<PathBuf> {
    let here =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent()
        .map(Path::to_path_buf)
        .ok_or_else(|| Stop::Failed("xtask lies in no repository".to_owned()))
}

/// Where cargo puts what it builds (`CARGO_TARGET_DIR` may move it).
pub fn target() -> Outcome<PathBuf> {
    Ok(match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root()?.join(folder),
        None => root()?.join("target"),
    })
}

/// `cargo` of the same toolchain, started at the root.
pub fn cargo(words: &[&str]) -> Outcome<Command> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(words).current_dir(root()?);
    // These describe xtask itself; a build script that sees them would rebuild for nothing.
    for name in [
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_PATH",
        "CARGO_PKG_NAME",
        "CARGO_PKG_VERSION",
    ] {
        command.env_remove(name);
    }
    Ok(command)
}

/// Another program, started at the root.
pub fn program(name: impl AsRef<std::ffi::OsStr>, words: &[&str]) -> Outcome<Command> {
    let mut command = Command::new(name);
    command.args(words).current_dir(root()?);
    Ok(command)
}

/// The command as a person would have typed it.
pub fn shown(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = command.get_args().map(|word| word.to_string_lossy().into_owned());
    std::iter::once(name.to_string_lossy().into_owned())
        .chain(words)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs a command to its end, with its output on this terminal; any code but 0 is a failure.
pub fn run(command: &mut Command) -> Outcome {
    let words = shown(command);
    println!("$ {words}");
    let status = command
        .stdin(Stdio::null())
        .status()
        .doing(format!("starting {words}"))?;
    match status.code().map(u8::try_from) {
        Some(Ok(0)) => Ok(()),
        Some(Ok(code)) => Err(Stop::Ended(words, code)),
        _ => failed(format!("{words} was killed ({status})")),
    }
}

/// Runs a command to its end and hands back its standard output; any code but 0 is a failure with
/// what it said on standard error.
pub fn capture(command: &mut Command) -> Outcome<String> {
    let words = shown(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .doing(format!("starting {words}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    failed(format!(
        "{words}: {} {}",
        output.status,
        String::from_utf8_lossy(&output.stderr).trim()
    ))
}

/// True when a program of this name is found on the PATH.
pub fn exists(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

/// True in continuous integration, where a missing rig is a failure and not a skipped step.
pub fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| value == "true" || value == "1")
}
