//! The requests of a demo that were given in a file.

use std::path::Path;

use serde_json::Value;

use crate::stop::{Outcome, While as _, failed};

/// One JSON object a line; empty lines are passed over, anything else that is no object is named.
pub fn read(path: &Path) -> Outcome<Vec<Value>> {
    let text = std::fs::read_to_string(path).doing(format!("reading {}", path.display()))?;
    let lines = text.lines().zip(1_usize..).filter(|(line, _)| !line.trim().is_empty());
    lines
        .map(|(line, at)| object(line).doing(format!("{}:{at}", path.display())))
        .collect()
}

fn object(line: &str) -> Outcome<Value> {
    let value: Value = serde_json::from_str(line).doing("no JSON")?;
    if value.is_object() {
        Ok(value)
    } else {
        failed("no JSON object")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_line_is_named() {
        let scratch = crate::rig::Scratch::below(&std::env::temp_dir(), "xtask-requests").unwrap();
        let file = scratch.path().join("in.ndjson");
        std::fs::write(&file, "{\"request_id\":\"1\"}\n\n{\"half\":").unwrap();
        let Err(stop) = read(&file) else {
            panic!("half JSON was taken")
        };
        assert!(stop.to_string().contains("in.ndjson:3"), "{stop}");
    }
}
