//! Where the window is told which station to open: the command line, then the environment (a
//! WebDriver passes folders that way), then the folder the desktop keeps for programs' data.

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use station::Opening;

/// What the command line may hold, for the person who got it wrong.
pub const USAGE: &str = "motcua-desktop [--data DIR] [--keys DIR] [--now RFC3339]";

/// Why no station can be named.
#[derive(Debug, PartialEq, Eq)]
pub enum Unclear {
    /// A word this program does not know.
    Unknown(String),
    /// An option without its value.
    NoValue(&'static str),
    /// `--now` is not an RFC 3339 instant.
    NotAnInstant(String),
    /// No folder was given and the desktop names none.
    NoFolder,
}

/// Reads the words after the program's name and the environment.
///
/// The data folder is, in order: `--data`, `MOTCUA_DATA`, `motcua` below the desktop's folder for
/// programs' data. The key folder is `--keys`, `MOTCUA_KEYS`, or the station's own choice (`None`).
///
/// # Errors
/// [`Unclear`] for an unknown word, a missing value, a bad instant, or no folder at all.
pub fn opening(
    words: impl IntoIterator<Item = OsString>,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Opening, Unclear> {
    let mut words = words.into_iter();
    let (mut data, mut keys, mut now) = (None, None, None);
    while let Some(word) = words.next() {
        match word.to_str() {
            Some("--data") => data = Some(PathBuf::from(words.next().ok_or(Unclear::NoValue("--data"))?)),
            Some("--keys") => keys = Some(PathBuf::from(words.next().ok_or(Unclear::NoValue("--keys"))?)),
            Some("--now") => now = Some(instant(&words.next().ok_or(Unclear::NoValue("--now"))?)?),
            _ => return Err(Unclear::Unknown(word.to_string_lossy().into_owned())),
        }
    }
    let named = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let usual = || {
        ["XDG_DATA_HOME", "LOCALAPPDATA"]
            .into_iter()
            .find_map(&named)
            .map(|folder| folder.join("motcua"))
    };
    let home = || named("HOME").map(|folder| folder.join(".local/share/motcua"));
    let data = data
        .or_else(|| named("MOTCUA_DATA"))
        .or_else(usual)
        .or_else(home)
        .ok_or(Unclear::NoFolder)?;
    Ok(Opening {
        data,
        keys: keys.or_else(|| named("MOTCUA_KEYS")),
        now,
    })
}

fn instant(word: &OsString) -> Result<DateTime<Utc>, Unclear> {
    let text = word.to_string_lossy();
    let read = DateTime::parse_from_rfc3339(&text);
    read.map(|instant| instant.to_utc())
        .map_err(|_| Unclear::NotAnInstant(text.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str], variables: &[(&str, &str)]) -> Result<Opening, Unclear> {
        let find = |name: &str| {
            variables
                .iter()
                .find(|(own, _)| *own == name)
                .map(|(_, value)| OsString::from(value))
        };
        opening(words.iter().map(OsString::from), find)
    }

    #[test]
    fn the_command_line_wins_over_the_environment() {
        let opening = read(
            &["--data", "a", "--now", "2026-11-23T15:10:00+07:00"],
            &[("MOTCUA_DATA", "b"), ("MOTCUA_KEYS", "k")],
        )
        .unwrap();
        assert_eq!(opening.data, PathBuf::from("a"));
        assert_eq!(opening.keys, Some(PathBuf::from("k")));
        assert_eq!(opening.now.unwrap().to_rfc3339(), "2026-11-23T08:10:00+00:00");
    }

    #[test]
    fn without_a_folder_it_is_the_desktops() {
        let all = [("HOME", "/h"), ("XDG_DATA_HOME", "/x"), ("MOTCUA_DATA", "/d")];
        let folder = |variables: &[(&str, &str)]| read(&[], variables).map(|opening| opening.data);
        assert_eq!(folder(&all), Ok(PathBuf::from("/d")));
        assert_eq!(folder(&all[..2]), Ok(PathBuf::from("/x/motcua")));
        assert_eq!(folder(&all[..1]), Ok(PathBuf::from("/h/.local/share/motcua")));
        assert_eq!(folder(&[("HOME", "")]), Err(Unclear::NoFolder));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let refused = |words: &[&str]| read(words, &[("HOME", "/h")]).map(|_| ()).unwrap_err();
        assert_eq!(refused(&["--date", "a"]), Unclear::Unknown("--date".to_owned()));
        assert_eq!(refused(&["--keys"]), Unclear::NoValue("--keys"));
        assert_eq!(refused(&["--now", "31/02"]), Unclear::NotAnInstant("31/02".to_owned()));
    }
}
