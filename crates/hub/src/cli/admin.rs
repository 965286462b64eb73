//! `motcua-hub code`, `devices`, `report` and `rules-publish`, whether the server runs or not. The database is tried first:
//! that it is in use is the only sure sign of a running server, an old address file is none.

use std::io::Write;
use std::net::SocketAddr;

use hub::{ADMIN_TOKEN, Hub, HubError};
use line::{Dial, Pin, TlsError, Trust};
use serde_json::Value;
use vault::VaultError;

use super::{Failure, Options, serve, usage};

/// Prints a one-time enrolment code.
pub fn code(options: &Options) -> Result<(), Failure> {
    let agency: dossier::code::AgencyCode = options.text("agency")?.parse().map_err(|_| usage())?;
    let code = match alone(options)? {
        Some(hub) => closing(&hub, hub.new_code(agency.as_str()))?,
        None => {
            let answer = ask(options, &Asked::Post(&format!("/admin/code?agency={agency}"), ""))?;
            answer
                .get("code")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        }
    };
    print(&code)?;
    tell(options)
}

/// What has to be handed over with the code, for whoever reads; programs read the code alone.
fn tell(options: &Options) -> Result<(), Failure> {
    let address = std::fs::read_to_string(options.data()?.join(serve::ADDRESS)).unwrap_or_default();
    let where_to = reached_at(address.trim());
    let mut out = std::io::stderr();
    // With stderr closed nobody reads it.
    let _ = writeln!(
        out,
        "Mã dùng được một lần, trong 10 phút. Xin trao mã cùng địa chỉ máy chủ cho người ở quầy: {where_to}."
    );
    Ok(())
}

/// By what address a counter reaches the server that runs here: a plain line by this machine's own alone.
fn reached_at(address: &str) -> String {
    if address.starts_with("http://") {
        return address.to_owned();
    }
    match address.rsplit(':').next().filter(|port| !port.is_empty()) {
        Some(port) => format!("https://<tên hoặc địa chỉ của máy chủ này>:{port}"),
        None => "https://<tên hoặc địa chỉ của máy chủ này>:<cổng>, sau khi chạy motcua-hub serve".to_owned(),
    }
}

/// Prints the report as one line of JSON; a broken chain stands in it and is no error of the command.
pub fn report(options: &Options) -> Result<(), Failure> {
    let report = match alone(options)? {
        Some(hub) => {
            let report = closing(&hub, hub.report())?;
            serde_json::to_value(report).map_err(HubError::from)?
        }
        None => ask(options, &Asked::Get("/admin/report"))?,
    };
    print(&report.to_string())
}

/// Prints every device as a line of JSON.
pub fn devices(options: &Options) -> Result<(), Failure> {
    let devices = match alone(options)? {
        Some(hub) => {
            let devices = closing(&hub, hub.devices())?;
            serde_json::to_value(devices).map_err(HubError::from)?
        }
        None => ask(options, &Asked::Get("/admin/devices"))?,
    };
    let all = devices.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().try_for_each(|device| print(&device.to_string()))
}

/// Suspends a device, or takes it back, and prints what is known of it then.
pub fn suspend(options: &Options, suspend: bool) -> Result<(), Failure> {
    let device: dossier::DeviceId = options.text("device")?.parse().map_err(|_| usage())?;
    match alone(options)? {
        Some(hub) if suspend => closing(&hub, hub.suspend(&device))?,
        Some(hub) => closing(&hub, hub.reinstate(&device))?,
        None => {
            let what = if suspend { "suspend" } else { "reinstate" };
            ask(options, &Asked::Post(&format!("/admin/{what}?device={device}"), ""))?;
        }
    }
    devices(options)
}

/// Publishes a signed file of rules and prints its number as one line of JSON.
pub fn publish(options: &Options) -> Result<(), Failure> {
    let path = options.text("file")?;
    let text = std::fs::read_to_string(path).map_err(|error| Failure::Refused {
        code: "FILE_NOT_READABLE",
        detail: format!("Không đọc được tệp {path}: {error}. Xin xem lại đường dẫn rồi chạy lại."),
    })?;
    if text.trim().is_empty() {
        return Err(Failure::Refused {
            code: "RULES_UNREADABLE",
            detail: format!("Tệp {path} rỗng. Xin xuất lại tệp quy định từ máy quầy rồi chạy lại."),
        });
    }
    let published = match alone(options)? {
        Some(hub) => serde_json::to_value(closing(&hub, hub.publish_rules(&text))?).map_err(HubError::from)?,
        None => ask(options, &Asked::Post("/admin/rules", &text))?,
    };
    print(&published.to_string())
}

/// The hub when no server runs on this folder.
fn alone(options: &Options) -> Result<Option<Hub>, Failure> {
    match Hub::open(
        &options.data()?,
        &options.keys()?,
        std::sync::Arc::new(vault::OsEntropy),
        std::sync::Arc::new(super::now),
    ) {
        Ok(hub) => Ok(Some(hub)),
        Err(HubError::Vault(VaultError::InUse)) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

fn closing<T>(hub: &Hub, done: hub::Result<T>) -> Result<T, Failure> {
    let done = done?;
    hub.finish()?;
    Ok(done)
}

/// What the running server is asked: an address, and what is sent to it.
enum Asked<'a> {
    Get(&'a str),
    Post(&'a str, &'a str),
}

/// Asks the running server.
fn ask(options: &Options, asked: &Asked<'_>) -> Result<Value, Failure> {
    let (token, pin) = Hub::admin_of(&options.data()?, &options.keys()?)?;
    let address = std::fs::read_to_string(options.data()?.join(serve::ADDRESS)).map_err(|source| HubError::Io {
        what: "read the server's address",
        source,
    })?;
    let url = |target: &str| format!("{}{target}", address.trim());
    let agent = dial(address.trim(), pin)?.agent;
    let asked = match asked {
        Asked::Post(target, body) => agent.post(url(target)).header(ADMIN_TOKEN, &token).send(*body),
        Asked::Get(target) => agent.get(url(target)).header(ADMIN_TOKEN, &token).call(),
    };
    let broken = |error: ureq::Error| Failure::Refused {
        code: "HUB_UNREACHABLE",
        detail: error.to_string(),
    };
    let mut answer = asked.map_err(broken)?;
    let text = answer.body_mut().read_to_string().map_err(broken)?;
    if !answer.status().is_success() {
        let code = match answer.status().as_u16() {
            403 => "BAD_SIGNATURE",
            404 => "NOT_FOUND",
            _ => "BAD_REQUEST",
        };
        return Err(Failure::Refused { code, detail: text });
    }
    Ok(serde_json::from_str(&text).map_err(HubError::from)?)
}

/// The server is known by its key: whoever took its port while it was down is told nothing.
fn dial(address: &str, pin: Pin) -> Result<Dial, Failure> {
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None);
    let here = |plain: &str| {
        plain
            .parse::<SocketAddr>()
            .is_ok_and(|address| address.ip().is_loopback())
    };
    if address.strip_prefix("http://").is_some_and(here) {
        return Ok(Dial::plain(config.build()));
    }
    let config = config.https_only(true).build();
    Ok(Dial::pinned(config, Trust::Pin(pin)).map_err(|error| HubError::from(TlsError::from(error)))?)
}

fn print(line: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    let written = writeln!(out, "{line}").and_then(|()| out.flush());
    Ok(written.map_err(|source| HubError::Io {
        what: "write the answer",
        source,
    })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_told_is_one_that_answers() {
        assert_eq!(reached_at("http://127.0.0.1:8080"), "http://127.0.0.1:8080");
        let named = "https://<tên hoặc địa chỉ của máy chủ này>";
        assert_eq!(reached_at("https://[::1]:8443"), format!("{named}:8443"));
        assert!(reached_at("").starts_with(&format!("{named}:<cổng>")));
    }
}
