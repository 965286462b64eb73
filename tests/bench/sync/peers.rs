//! What others carry the same texts with: their own programs, from their own packages, on this machine.
//! Each gets its texts beforehand and is timed by itself from the first request to the last answer.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use wire::Record;

use crate::stop::{Outcome, Stop, While as _};
use crate::years::bench_folder;

/// A program that carries texts to a server of its own.
pub struct Peer {
    program: PathBuf,
    script: PathBuf,
    folder: PathBuf,
}

impl Peer {
    /// PouchDB to express-pouchdb: `cargo xtask bench` installs both.
    ///
    /// # Errors
    /// When they are not installed.
    pub fn pouchdb() -> Outcome<Self> {
        let folder = bench_folder()?.join("peers/pouch");
        let script = folder.join("carry.mjs");
        if script.is_file() {
            Ok(Self {
                program: "node".into(),
                script,
                folder,
            })
        } else {
            Err(Stop::Failed(
                "PouchDB is not installed: run `cargo xtask bench sync`".to_owned(),
            ))
        }
    }

    /// Anki to its own server, where it could be installed.
    pub fn anki() -> Outcome<Option<Self>> {
        let folder = bench_folder()?.join("peers/anki");
        let (program, script) = (folder.join("bin/python"), folder.join("carry.py"));
        Ok((program.is_file() && script.is_file()).then_some(Self {
            program,
            script,
            folder,
        }))
    }

    /// Texts a second, by its own clock.
    pub fn carries(&self, texts: &Path) -> Outcome<f64> {
        let answer = Command::new(&self.program)
            .arg(&self.script)
            .arg(texts)
            .current_dir(&self.folder)
            .stderr(Stdio::inherit())
            .output()
            .doing(format!("starting {}", self.program.display()))?;
        let said = String::from_utf8_lossy(&answer.stdout);
        let figure = said.lines().last().and_then(|line| line.trim().parse().ok());
        figure.ok_or_else(|| Stop::Failed(format!("{} said: {said}", self.script.display())))
    }
}

/// The events of a round as lines of JSON: what each program keeps as one of its documents.
pub fn texts(written: &[Record]) -> Outcome<PathBuf> {
    let path = bench_folder()?.join("texts.ndjson");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).doing("writing the texts")?);
    for (record, place) in written.iter().zip(1_u64..) {
        writeln!(file, "{}", document(record, place)).doing("writing the texts")?;
    }
    file.flush().doing("writing the texts")?;
    Ok(path)
}

/// Header and body as one document, with its hash and its salt, as it would have to be kept anywhere.
fn document(record: &Record, place: u64) -> Value {
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or(Value::Null);
    json!({
        "_id": format!("{place:08}"), "seq": record.seq, "digest": record.digest, "salt": record.salt,
        "header": read(&record.header), "body": record.body.as_deref().map(read),
    })
}
