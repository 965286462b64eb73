//! The few options of the tools: `--flag`, `--name VALUE`, a word. Small enough to need no crate.

use crate::stop::{Outcome, Stop};

/// The words of one command line; options are taken out one by one, what is left is refused.
pub struct Args(Vec<String>);

impl Args {
    /// All words after the command's name.
    pub const fn new(words: Vec<String>) -> Self {
        Self(words)
    }

    /// Takes `--name` out; true when it was there.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|word| word != name);
        self.0.len() != before
    }

    /// Takes `--name VALUE` or `--name=VALUE` out.
    pub fn value(&mut self, name: &str) -> Outcome<Option<String>> {
        let joined = format!("{name}=");
        let Some(at) = self.0.iter().position(|word| word == name || word.starts_with(&joined)) else {
            return Ok(None);
        };
        let word = self.0.remove(at);
        if let Some(value) = word.strip_prefix(&joined) {
            return Ok(Some(value.to_owned()));
        }
        if at < self.0.len() {
            return Ok(Some(self.0.remove(at)));
        }
        Err(Stop::Usage(format!("{name} wants a value")))
    }

    /// Takes the first word out that is no option, once the options are out.
    pub fn word(&mut self) -> Option<String> {
        let at = self.0.iter().position(|word| !word.starts_with('-'))?;
        Some(self.0.remove(at))
    }

    /// Refuses whatever nobody took.
    pub fn end(self) -> Outcome {
        match self.0.first() {
            None => Ok(()),
            Some(word) => Err(Stop::Usage(format!("do not know {word}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(words: &[&str]) -> Args {
        Args::new(words.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    fn options_are_taken_in_any_order() {
        let mut args = args(&["--debug", "--out", "x", "--dossiers=7"]);
        assert_eq!(args.value("--dossiers").unwrap().as_deref(), Some("7"));
        assert_eq!(args.value("--out").unwrap().as_deref(), Some("x"));
        assert!(args.flag("--debug"));
        assert!(!args.flag("--once"));
        args.end().unwrap();
    }

    #[test]
    fn a_word_is_no_option() {
        let mut args = args(&["--seed", "3", "sync"]);
        assert_eq!(args.value("--seed").unwrap().as_deref(), Some("3"));
        assert_eq!((args.word().as_deref(), args.word()), (Some("sync"), None));
        args.end().unwrap();
    }

    #[test]
    fn what_nobody_knows_is_refused() {
        assert!(args(&["--fast"]).end().is_err());
        assert!(args(&["--out"]).value("--out").is_err());
    }
}
