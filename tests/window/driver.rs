//! A small WebDriver client (W3C WebDriver, JSON over HTTP/1.1) for looking into the window.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::group::{Group, PATIENCE, until};

/// A driver, the program it started, and the session between them.
pub struct Driver {
    port: u16,
    session: String,
    group: Group,
}

impl Driver {
    /// Starts the driver and, through it, the program with these arguments and this environment.
    pub fn start(program: &Path, words: &[String], environment: &[(String, String)]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new("WebKitWebDriver");
        command.args([format!("--port={port}"), "--host=127.0.0.1".to_owned()]);
        command
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(environment.iter().cloned());
        let group = Group::start(command.stdout(Stdio::null()).stderr(Stdio::null()));
        let mut driver = Self {
            port,
            session: String::new(),
            group,
        };
        assert!(
            until(PATIENCE, || TcpStream::connect(("127.0.0.1", port)).is_ok()),
            "the driver does not listen"
        );
        let options = json!({ "binary": program, "args": words });
        let answer = driver.ask(
            "POST",
            "/session",
            &json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } }),
        );
        driver.session = answer["sessionId"]
            .as_str()
            .unwrap_or_else(|| panic!("no session: {answer}"))
            .to_owned();
        driver
    }

    /// Runs a function body in the page; `return` gives the value back.
    pub fn run(&self, script: &str) -> Value {
        self.ask(
            "POST",
            &self.path("/execute/sync"),
            &json!({ "script": script, "args": [] }),
        )
    }

    /// Runs a function body that calls `done(value)` when it is ready.
    pub fn later(&self, script: &str) -> Value {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        self.ask(
            "POST",
            &self.path("/execute/async"),
            &json!({ "script": script, "args": [] }),
        )
    }

    /// Waits until an expression is true in the page; says what the page shows when it never is.
    pub fn wait(&self, expression: &str) {
        let script = format!("return Boolean({expression})");
        if !until(PATIENCE, || self.run(&script) == true) {
            let shown = self.run("return document.body.innerText");
            let picture = std::env::temp_dir().join("motcua-window-failed.png");
            let _ = std::fs::write(&picture, self.picture());
            panic!(
                "never true: {expression}\nthe page ({}):\n{}",
                picture.display(),
                shown.as_str().unwrap_or_default()
            );
        }
    }

    /// Waits until an element shows a text (compared without regard to how spaces are made).
    pub fn wait_text(&self, selector: &str, text: &str) {
        let value = format!(
            "(e => e && (e.value || e.innerText))(document.querySelector({}))",
            json!(selector)
        );
        self.wait(&format!(
            "({value} ?? '').replace(/\\s+/g, ' ').includes({})",
            json!(text)
        ));
    }

    /// A picture of the page as PNG bytes. Two frames pass first: the driver would otherwise
    /// deliver the frame before the last change.
    pub fn picture(&self) -> Vec<u8> {
        // The driver waits for one more frame, which a still page never gives: one dot that nobody
        // sees changes until the picture is taken.
        self.later(
            "const dot = document.body.appendChild(document.createElement('i'));
             dot.id = 'test-dot';
             dot.style.cssText = 'position:fixed;left:0;top:0;width:1px;height:1px';
             let n = 0;
             const tick = () => dot.isConnected && (dot.style.background = `rgba(0,0,0,0.00${1 + n++ % 2})`, setTimeout(tick, 20));
             tick();
             document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))",
        );
        let answer = self.ask("GET", &self.path("/screenshot"), &Value::Null);
        self.run("document.querySelector('#test-dot').remove()");
        base64(answer.as_str().unwrap_or_default())
    }

    /// Closes the window as a person does, and waits for the program's end.
    pub fn close(mut self) {
        self.ask("DELETE", &self.path(""), &Value::Null);
        self.group.end();
    }

    /// Kills driver, program and web processes at one stroke.
    pub fn kill(mut self) {
        self.group.kill();
    }

    /// The group's leader, of which the program is a child.
    pub fn id(&self) -> u32 {
        self.group.id()
    }

    fn path(&self, rest: &str) -> String {
        format!("/session/{}{rest}", self.session)
    }

    /// One request; the `value` of the answer.
    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n",
            self.port
        );
        write!(
            stream,
            "{head}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8(answer).unwrap();
        let (_, json) = answer
            .split_once("\r\n\r\n")
            .unwrap_or_else(|| panic!("no answer to {method} {path}: {answer}"));
        let mut value: Value = serde_json::from_str(json).unwrap_or_else(|problem| panic!("{problem} in {answer}"));
        assert!(value["value"]["error"].is_null(), "{method} {path}: {}", value["value"]);
        value["value"].take()
    }
}

/// Standard base64 (RFC 4648 §4) to bytes.
pub fn base64(text: &str) -> Vec<u8> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0_u32);
    for letter in text.bytes() {
        let Some(six) = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
            .iter()
            .position(|one| *one == letter)
        else {
            continue;
        };
        held = (held << 6 | six as u32) & 0xff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    bytes
}
