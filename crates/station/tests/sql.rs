//! SQL stands in `.sql` files beside its noun: there an editor knows it for what it is, and a change
//! of it is seen as one. This test reads the sources of every crate, so that the rule holds by itself.

#![cfg(test)]

use std::path::{Path, PathBuf};

fn sources(ending: &str) -> Vec<(PathBuf, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(crates).unwrap() {
        collect(&entry.unwrap().path().join("src"), ending, &mut found);
    }
    assert!(found.len() > 20, "only {} sources of {ending}", found.len());
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<(PathBuf, String)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(&path, ending, found);
        } else if path.extension().is_some_and(|end| end == ending) {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
}

/// The first statement that a quotation mark opens. Pragmas and `VACUUM` are settings and tools of
/// the database, no statements about a noun.
fn statement(source: &str) -> Option<&str> {
    let mut quoted = source.split('"').skip(1);
    quoted.find(|text| {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["select", _, ..] => true,
            ["insert" | "replace", "into" | "or", ..] | ["delete", "from", ..] => true,
            [
                "create" | "alter" | "drop",
                "table" | "index" | "view" | "trigger" | "unique" | "virtual",
                ..,
            ] => true,
            ["update", rest @ ..] => rest.contains(&"set"),
            ["with", rest @ ..] => rest.contains(&"select"),
            _ => false,
        }
    })
}

#[test]
fn no_rust_source_holds_a_statement() {
    for (path, text) in sources("rs") {
        assert_eq!(statement(&text), None, "move it into a .sql file: {}", path.display());
    }
}

#[test]
fn every_statement_is_used() {
    let rust = sources("rs");
    for (path, _) in sources("sql") {
        let name = format!("{}\"", path.file_name().unwrap().to_str().unwrap());
        let used = rust.iter().any(|(_, text)| text.contains(&name));
        assert!(used, "nothing includes {}", path.display());
    }
}

#[test]
fn statements_are_recognised() {
    for held in [
        r#"db.prepare("SELECT a FROM b")"#,
        "x(\"INSERT INTO a\n VALUES (1)\")",
        r##"x(r#" delete from a"#)"##,
        "x(\"\n UPDATE a SET b = 1\")",
        r#""WITH a AS (SELECT 1) SELECT * FROM a""#,
        r#""INSERT OR REPLACE INTO a""#,
        r#""create unique index a on b (c)""#,
    ] {
        assert!(statement(held).is_some(), "{held}");
    }
    for free in [
        r#"db.execute_batch("PRAGMA cipher_log_level = NONE")"#,
        r#""VACUUM INTO ?1""#,
        r#"include_str!("log/select.sql")"#,
        r#""select""#,
        r#""update the register""#,
        r#""with a reason""#,
        r#""delete""#,
    ] {
        assert_eq!(statement(free), None);
    }
}
