//! `motcua`: the headless program. One JSON request on standard input, one JSON answer on standard
//! output; exit 1 and `{"error":{"code":…}}` on refusal.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program talks to its terminal"
)]

use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Value, json};
use station::{ApiError, Caller, Code, Opening, Station, ask_running};

/// See docs/adr/0013.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str = "motcua --data DIR [--keys DIR] [--as CÁN_BỘ] [--now RFC3339] call LỆNH < yêu_cầu.json
motcua --data DIR commands
motcua --data DIR [--keys DIR] recover < mã_khôi_phục";

#[derive(Default)]
struct Arguments {
    opening: Opening,
    officer: Option<String>,
    words: Vec<String>,
}

fn main() -> ExitCode {
    let Some(arguments) = read_arguments(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match run(&arguments) {
        Ok(answer) => {
            println!("{answer}");
            ExitCode::SUCCESS
        }
        Err((error, words)) => {
            println!("{}", json!({ "error": with_message(error, &words) }));
            eprintln!("{words}");
            ExitCode::FAILURE
        }
    }
}

/// The sentence travels beside the code, for people who read the answer.
fn with_message(error: Value, words: &str) -> Value {
    let mut error = error;
    if let Some(fields) = error.as_object_mut() {
        fields.insert("message".to_owned(), json!(words));
    }
    error
}

fn read_arguments(given: impl Iterator<Item = String>) -> Option<Arguments> {
    let mut arguments = Arguments::default();
    let mut given = given;
    while let Some(word) = given.next() {
        match word.as_str() {
            "--data" => arguments.opening.data = PathBuf::from(given.next()?),
            "--keys" => arguments.opening.keys = Some(PathBuf::from(given.next()?)),
            "--as" => arguments.officer = Some(given.next()?),
            "--now" => {
                arguments.opening.now = Some(chrono::DateTime::parse_from_rfc3339(&given.next()?).ok()?.to_utc())
            }
            _ => arguments.words.push(word),
        }
    }
    (!arguments.opening.data.as_os_str().is_empty()).then_some(arguments)
}

fn run(arguments: &Arguments) -> Result<Value, (Value, String)> {
    let words: Vec<&str> = arguments.words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["commands"] => {
            serde_json::to_value(station::api::commands()).map_err(|_| refusal(&ApiError::new(Code::Internal)))
        }
        ["recover"] => recover(arguments),
        ["call", command] => call(arguments, command),
        _ => Err(refusal(
            &ApiError::of(Code::UnknownCommand, "command").with("usage", USAGE),
        )),
    }
}

/// The code comes on standard input: an argument would stay in the shell's history.
fn recover(arguments: &Arguments) -> Result<Value, (Value, String)> {
    let mut code = String::new();
    std::io::stdin()
        .read_to_string(&mut code)
        .map_err(|_| refusal(&ApiError::new(Code::BadRequest)))?;
    Station::recover(&arguments.opening, &code).map_err(|error| refusal(&error))?;
    Ok(json!({}))
}

fn call(arguments: &Arguments, command: &str) -> Result<Value, (Value, String)> {
    let request = read_request().map_err(|error| refusal(&error))?;
    let opening = &arguments.opening;
    let opened = match Station::open(opening) {
        // Another program holds the folder: if it is our window, it answers for us.
        Err(error) if error.code == Code::DataFolderInUse => {
            let asked = ask_running(&opening.data, arguments.officer.as_deref(), command, &request);
            return asked.unwrap_or_else(|| Err(refusal(&error)));
        }
        opened => opened.map_err(|error| refusal(&error))?,
    };
    let caller = Caller::Headless(arguments.officer.clone());
    opened.call(&caller, command, request).map_err(|error| refusal(&error))
}

fn read_request() -> Result<Value, ApiError> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|_| ApiError::new(Code::BadRequest))?;
    if text.trim().is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_str(&text).map_err(|error| ApiError::new(Code::BadRequest).with("problem", error))
}

fn refusal(error: &ApiError) -> (Value, String) {
    if !error.cause.is_empty() {
        eprintln!("{}: {}", error.code.as_str(), error.cause);
    }
    (serde_json::to_value(error).unwrap_or(Value::Null), error.words())
}
