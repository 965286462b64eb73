//! The local socket through which `motcua call` reaches a running window: one request a line, one
//! answer a line. It lies in the data folder, which only its owner may enter.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};

use interprocess::local_socket::traits::{ListenerExt as _, Stream as _};
use interprocess::local_socket::{GenericFilePath, Listener, ListenerOptions, Stream, ToFsName};
use serde_json::{Value, json};

use crate::api::Caller;
use crate::error::{ApiError, Code, Result, internal};
use crate::station::Station;

const NAME: &str = "station.socket";
/// Longest request: a file of 64 MiB as base64.
const LONGEST: u64 = 100 << 20;

/// The open socket; its file is removed when this is dropped.
pub struct Door(PathBuf);

impl Door {
    /// Listens beside the database.
    ///
    /// # Errors
    /// When the socket cannot be made.
    pub fn open(station: &Arc<Station>) -> Result<Self> {
        let path = station.data_dir().join(NAME);
        // We hold the database, so a socket that is there already belongs to a dead process.
        drop(std::fs::remove_file(&path));
        let listener = listen(&path).map_err(internal)?;
        let weak = Arc::downgrade(station);
        std::thread::spawn(move || accept(&listener, &weak));
        Ok(Self(path))
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        drop(std::fs::remove_file(&self.0));
    }
}

fn listen(path: &Path) -> std::io::Result<Listener> {
    ListenerOptions::new()
        .name(path.to_fs_name::<GenericFilePath>()?)
        .create_sync()
}

fn accept(listener: &Listener, station: &Weak<Station>) {
    for stream in listener.incoming().flatten() {
        let Some(station) = station.upgrade() else { return };
        std::thread::spawn(move || drop(serve(&station, stream)));
    }
}

fn serve(station: &Station, stream: Stream) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    (&mut reader).take(LONGEST).read_line(&mut line)?;
    let answer = match answer(station, &line) {
        Ok(value) => json!({ "ok": value }),
        Err(error) => json!({ "error": error, "words": error.words() }),
    };
    let mut stream = reader.into_inner();
    stream.write_all(answer.to_string().as_bytes())?;
    stream.write_all(b"\n")
}

fn answer(station: &Station, line: &str) -> Result<Value> {
    let asked: Value = serde_json::from_str(line).map_err(|_| ApiError::new(Code::BadRequest))?;
    let officer = asked.get("as").and_then(Value::as_str).map(str::to_owned);
    let command = asked.get("command").and_then(Value::as_str).unwrap_or_default();
    let request = asked.get("request").cloned().unwrap_or_else(|| json!({}));
    station.call(&Caller::Headless(officer), command, request)
}

/// Asks the window that has the data folder open. `None` when no window answers there; otherwise
/// the answer, or the refusal as JSON with its sentence.
#[must_use]
pub fn ask_running(
    data: &Path,
    officer: Option<&str>,
    command: &str,
    request: &Value,
) -> Option<std::result::Result<Value, (Value, String)>> {
    let path = data.join(NAME);
    let stream = Stream::connect(path.to_fs_name::<GenericFilePath>().ok()?).ok()?;
    let line = json!({ "as": officer, "command": command, "request": request }).to_string();
    let answer: Value = exchange(stream, &line).ok()?;
    match answer.get("ok") {
        Some(value) => Some(Ok(value.clone())),
        None => {
            let words = answer
                .get("words")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned();
            Some(Err((answer.get("error").cloned().unwrap_or(Value::Null), words)))
        }
    }
}

fn exchange(mut stream: Stream, line: &str) -> std::io::Result<Value> {
    stream.write_all(line.as_bytes())?;
    stream.write_all(b"\n")?;
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer)?;
    Ok(serde_json::from_str(&answer)?)
}
