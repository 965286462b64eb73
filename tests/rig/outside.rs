//! Programs from outside, which are not on every machine.

use std::io::Write as _;

/// Whether programs from outside are here. Where everything must be tried, a missing one fails.
#[must_use]
pub fn present(names: &[&str]) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_here = |name: &&&str| std::env::split_paths(&path).any(|folder| folder.join(name).is_file());
    let Some(missing) = names.iter().find(|name| !is_here(name)) else {
        return true;
    };
    skip(&format!("{missing} is not installed"));
    false
}

/// Says why a test does not run; with CI=true that is a failure.
pub fn skip(why: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{why}");
    // Written past the test's captured output, so that it is seen although the test passes. Nobody
    // can be told when not even this can be written.
    let _ = writeln!(std::io::stdout(), "skipped: {why}");
}
