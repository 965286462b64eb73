//! The commands of `motcua-hub`.

mod admin;
mod serve;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use hub::{Hub, HubError};
use wire::protocol::AgencyFacts;

const USAGE: &str = "Cách dùng: motcua-hub serve|code|devices|device-suspend|device-reinstate|report|agency-add|rules-publish --data THƯ_MỤC \
    [--keys THƯ_MỤC] [--listen ĐỊA_CHỈ] [--plain-loopback] [--agency MÃ_CƠ_QUAN] [--device MÁY] [TỆP_QUY_ĐỊNH]. Xin xem lại các tham số rồi chạy lại.";

/// Why the program ends without having done it.
pub enum Failure {
    /// A sentence for whoever typed the command; exit 2.
    Usage(String),
    /// A code for programs; exit 1.
    Refused {
        /// The code.
        code: &'static str,
        /// For the administrator.
        detail: String,
    },
}

impl From<HubError> for Failure {
    fn from(error: HubError) -> Self {
        Self::Refused {
            code: error.code(),
            detail: error.to_string(),
        }
    }
}

/// Runs the command line.
pub fn run(arguments: Vec<String>) -> Result<(), Failure> {
    let mut words = arguments.into_iter();
    let command = words.next().ok_or_else(usage)?;
    let options = match command.as_str() {
        "rules-publish" => Options::with_file(words.collect())?,
        _ => Options::read(words)?,
    };
    match command.as_str() {
        "serve" => serve::serve(&options),
        "code" => admin::code(&options),
        "devices" => admin::devices(&options),
        "device-suspend" => admin::suspend(&options, true),
        "device-reinstate" => admin::suspend(&options, false),
        "report" => admin::report(&options),
        "agency-add" => agency_add(&options),
        "rules-publish" => admin::publish(&options),
        _ => Err(usage()),
    }
}

fn usage() -> Failure {
    Failure::Usage(USAGE.to_owned())
}

fn agency_add(options: &Options) -> Result<(), Failure> {
    let facts = AgencyFacts {
        code: options.text("code")?.to_owned(),
        name: options.text("name")?.to_owned(),
        parent: options.text("parent")?.to_owned(),
        unit: options.text("unit")?.to_owned(),
        place: options.text("place")?.to_owned(),
    };
    let hub = options.open()?;
    hub.put_agency(&facts)?;
    Ok(hub.finish()?)
}

/// Options that stand alone.
const FLAGS: &[&str] = &["plain-loopback"];

/// `--name value` pairs.
struct Options(BTreeMap<String, String>);

impl Options {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut options = BTreeMap::new();
        while let Some(word) = words.next() {
            let name = word.strip_prefix("--").ok_or_else(usage)?.to_owned();
            let value = if FLAGS.contains(&name.as_str()) {
                String::new()
            } else {
                words.next().ok_or_else(usage)?
            };
            if options.insert(name, value).is_some() {
                return Err(usage());
            }
        }
        Ok(Self(options))
    }

    /// The same with one file, named anywhere among them.
    fn with_file(mut words: Vec<String>) -> Result<Self, Failure> {
        let mut before = words.iter().step_by(2);
        let place = before.position(|word| !word.starts_with("--")).ok_or_else(usage)?;
        let file = words.remove(place.saturating_mul(2));
        let mut options = Self::read(words.into_iter())?;
        match options.0.insert("file".to_owned(), file) {
            None => Ok(options),
            Some(_) => Err(usage()),
        }
    }

    fn text(&self, name: &str) -> Result<&str, Failure> {
        self.0.get(name).map(String::as_str).ok_or_else(usage)
    }

    fn flag(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn data(&self) -> Result<PathBuf, Failure> {
        self.text("data").map(PathBuf::from)
    }

    fn keys(&self) -> Result<PathBuf, Failure> {
        if let Some(dir) = self.0.get("keys") {
            return Ok(PathBuf::from(dir));
        }
        let found = vault::default_key_dir(std::env::var_os("XDG_CONFIG_HOME"), std::env::var_os("HOME"));
        found.map_err(|error| HubError::from(error).into())
    }

    fn open(&self) -> Result<Hub, Failure> {
        Ok(Hub::open(
            &self.data()?,
            &self.keys()?,
            Arc::new(vault::OsEntropy),
            Arc::new(now),
        )?)
    }
}

/// The PC's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the program's edge: everything inside is given the time"
)]
fn now() -> DateTime<Utc> {
    DateTime::from(std::time::SystemTime::now())
}
