//! A counter and its server in this process, and the people who come.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use hub::{Hub, HubError, Over};
use rig::{Folders, Serving};
use serde_json::{Value, json};
use station::clock::FixedClock;
use station::machine::{Facts, Folder, Machine, Moment, ThisMachine};
use station::{Caller, Opening, Station};
use vault::OsEntropy;

/// Monday 23 November 2026, 09:42 in Viet Nam.
pub const NOW: &str = "2026-11-23T09:42:00+07:00";

#[must_use]
pub fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(NOW).unwrap().to_utc()
}

/// The server of a district.
pub struct District {
    pub folders: Folders,
    pub hub: Hub,
    serving: Option<Serving<HubError>>,
    pub address: String,
}

impl District {
    #[must_use]
    pub fn start(folders: Folders) -> Self {
        Self::over(folders, |_| Over::PlainLoopback)
    }

    /// The same over TLS.
    #[must_use]
    pub fn secure(folders: Folders) -> Self {
        Self::over(folders, |hub| hub.tls().unwrap())
    }

    fn over(folders: Folders, over: fn(&Hub) -> Over) -> Self {
        let hub = Hub::open(&folders.data, &folders.keys, Arc::new(OsEntropy), Arc::new(now)).unwrap();
        let (served, over) = (hub.clone(), over(&hub));
        let serving = Serving::start(async move |listener, stop| served.serve(listener, over, stop).await).unwrap();
        Self {
            folders,
            hub,
            address: serving.url(),
            serving: Some(serving),
        }
    }

    /// Where it listens.
    #[must_use]
    pub fn listens(&self) -> std::net::SocketAddr {
        self.serving.as_ref().unwrap().address
    }

    /// Stops it and gives its folders back.
    #[must_use]
    pub fn stop(mut self) -> Folders {
        self.serving.take().unwrap().stop().unwrap();
        self.folders
    }
}

/// Opens the counter of these folders.
///
/// # Errors
/// As [`Station::open`].
pub fn open(folders: &Folders) -> station::Result<Arc<Station>> {
    Station::open(&Opening {
        data: folders.data.clone(),
        keys: Some(folders.keys.clone()),
        now: Some(now()),
    })
}

/// The PC of this test, which does not tell its folders apart: an image of a disk laid down elsewhere
/// is the disk itself.
struct Anywhere;

impl Machine for Anywhere {
    fn facts(&self) -> Facts {
        ThisMachine::new(false).facts()
    }

    fn moment(&self) -> Option<Moment> {
        None
    }

    fn folder(&self, _: &Path) -> Folder {
        Folder::default()
    }
}

/// Opens the counter of an image of its disk.
///
/// # Errors
/// As [`Station::open`].
pub fn open_image(data: &Path, keys: &Path) -> station::Result<Arc<Station>> {
    let opening = Opening {
        data: data.to_owned(),
        keys: Some(keys.to_owned()),
        now: Some(now()),
    };
    Station::open_on(
        &opening,
        Box::new(FixedClock(now())),
        Box::new(OsEntropy),
        Box::new(Anywhere),
    )
}

/// A command.
///
/// # Errors
/// What it refuses.
pub fn call(station: &Station, command: &str, request: &Value) -> station::Result<Value> {
    station.call(&Caller::Headless(None), command, request.clone())
}

/// A command that must succeed.
#[must_use]
pub fn must(station: &Station, command: &str, request: &Value) -> Value {
    call(station, command, request).unwrap_or_else(|error| panic!("{command}: {error}"))
}

/// Makes the counter one of this district: from now on it has official numbers.
pub fn enrol(station: &Station, district: &District) {
    let code = district.hub.new_code("H99.128").unwrap();
    let answer = must(
        station,
        "enrol",
        &json!({"hub": district.address, "code": code, "plain": true}),
    );
    assert_eq!(answer["first_talk"], Value::Null);
}

/// An invented person asks for certified copies.
#[must_use]
pub fn reception(number: u64) -> Value {
    json!({
        "request_id": request_id(number),
        "procedure": "2.000815",
        "applicant": {
            "name": format!("Nguyễn Thị Mẫu {}", word(number)),
            "id_number": format!("099190{:06}", number % 1_000_000),
            "birth_date": "1990-03-05",
            "gender": "female",
            "address": "Thôn Thử Nghiệm, Xã Mẫu",
            "phone": format!("0900{:06}", number % 1_000_000),
        },
        "components": [{"no": 2, "state": "original", "count": 1}],
    })
}

#[must_use]
pub fn request_id(number: u64) -> String {
    format!("lần-{number}")
}

/// A word for a number: names have no digits.
fn word(number: u64) -> String {
    let digits = number.to_string().into_bytes();
    let letters = digits.into_iter().map(|digit| char::from(digit - b'0' + b'a'));
    "Q".chars().chain(letters).collect()
}

/// The request that attaches a picture nobody else has.
#[must_use]
pub fn attachment(code: &str, number: u64) -> Value {
    use base64::Engine as _;
    let [a, b, c, ..] = number.to_le_bytes();
    let picture = image::RgbImage::from_fn(8, 8, |x, y| image::Rgb([a ^ (x as u8 * 16), b ^ (y as u8 * 16), c]));
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let text = base64::engine::general_purpose::STANDARD.encode(png.into_inner());
    json!({"code": code, "component": 2, "base64": text})
}
