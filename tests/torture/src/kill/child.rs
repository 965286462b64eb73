//! A process of our own that is started to be killed.

use std::io::{BufRead, BufReader, Write as _, stdout};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use rig::{Folders, Serving};
use serde_json::{Value, json};
use station::{Opening, Station};
use vault::OsEntropy;

use crate::counter::{attachment, call, must, now, reception};

/// What is wrong on purpose, so that the test shows that it would be noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    Nothing,
    /// A page is called kept before it is.
    SaidBeforeDone,
}

/// The environment variable that makes a child of this program; its value is JSON.
pub const ROLE: &str = "MOTCUA_TORTURE_ROLE";

/// Every line a child says for its parent begins so: a test program says other things too.
const MARK: &str = "@ ";

/// Plays the role of the environment until killed, and never comes back then.
pub fn play() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let role: Value = serde_json::from_str(&role).unwrap();
    match role["role"].as_str() {
        Some("counter") => counter(&role),
        Some("server") => server(&role),
        Some("second") => second(&role),
        other => panic!("no role: {other:?}"),
    }
}

fn say(what: &Value) {
    // In one piece: a line that is not whole was not said.
    let line = format!("{MARK}{what}\n");
    stdout().write_all(line.as_bytes()).unwrap();
    stdout().flush().unwrap();
}

/// Takes people in from a number on, keeps a page now and then, and talks to the server.
fn counter(role: &Value) {
    let station = Station::open(&opening(role)).unwrap();
    say(&json!({"open": true}));
    for number in role["from"].as_u64().unwrap().. {
        let answer = must(&station, "register", &reception(number));
        say(&json!({"number": number, "answer": answer}));
        if number % 4 == 0 {
            let code = answer["code"].as_str().unwrap();
            if role["hasty"] == true {
                say(&json!({"page": number}));
            }
            let _ = must(&station, "attach", &attachment(code, number));
            say(&json!({"page": number}));
        }
        if number % 3 == 0 {
            let sent = call(&station, "sync", &json!({})).map_err(|error| error.to_string());
            say(&json!({"sent": sent.ok()}));
        }
    }
}

fn server(role: &Value) {
    let (data, keys) = (path(role, "data"), path(role, "keys"));
    let hub = hub::Hub::open(data.as_ref(), keys.as_ref(), Arc::new(OsEntropy), Arc::new(now)).unwrap();
    let serving =
        Serving::start(async move |listener, stop| hub.serve(listener, hub::Over::PlainLoopback, stop).await).unwrap();
    say(&json!({"address": serving.address.to_string()}));
    loop {
        std::thread::park();
    }
}

/// Opens a folder that another program may have, and says what came of it.
fn second(role: &Value) {
    let opened = Station::open(&opening(role)).map_err(|error| error.code.as_str());
    say(&json!({"refused": opened.err()}));
}

fn path<'a>(role: &'a Value, name: &str) -> &'a str {
    role[name].as_str().unwrap()
}

fn opening(role: &Value) -> Opening {
    Opening {
        data: path(role, "data").into(),
        keys: Some(path(role, "keys").into()),
        now: Some(now()),
    }
}

/// A child, and what it says.
pub struct Program {
    child: Child,
    says: BufReader<ChildStdout>,
}

impl Program {
    /// This very program, started again in a role on these folders.
    pub fn start(name: &str, folders: &Folders, from: u64, planted: Planted) -> Self {
        let hasty = planted == Planted::SaidBeforeDone;
        Self::play(&json!({
            "role": name, "data": folders.data, "keys": folders.keys, "from": from, "hasty": hasty,
        }))
    }

    /// A second program on a counter's folders.
    pub fn second(data: &Path, keys: &Path) -> Self {
        Self::play(&json!({"role": "second", "data": data, "keys": keys}))
    }

    fn play(role: &Value) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        if cfg!(test) {
            command.args(["--exact", "kill::tests::child", "--nocapture"]);
        }
        let mut child = command
            .env(ROLE, role.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let says = BufReader::new(child.stdout.take().unwrap());
        Self { child, says }
    }

    /// The next thing it says; nothing when it ended, or was killed in the middle of a line.
    pub fn hear(&mut self) -> Option<Value> {
        let mut line = String::new();
        while self.says.read_line(&mut line).unwrap() > 0 {
            // The test program's own words may stand before ours on a line.
            if line.ends_with('\n')
                && let Some((_, said)) = line.split_once(MARK)
            {
                return Some(serde_json::from_str(said).unwrap());
            }
            line.clear();
        }
        None
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Killed before, mostly.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
