//! One signed request, and the way to the hub it takes.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use ed25519_dalek::SigningKey;
use line::http::{Method, Request, request};
use line::{Carry, Dial, Trust};
use serde::Serialize;
use serde::de::DeserializeOwned;
use ureq::config::Config;
use wire::Stream;
use wire::pack::{self, Coding, Effort};
use wire::protocol::{EnrolRequest, signed};
use wire::sync::client::Pace;

use super::address::Address;
use super::answer::{Asked, carried, refused};
use crate::error::{ApiError, Code, Result, internal};
use crate::station::Station;
use crate::store::{damaged, lock, setting};

const JSON: &str = "application/json";
/// Longest time for one request: a piece of a file, or a page of pulled events, on a line that hardly
/// carries anything.
const DEADLINE: Duration = Duration::from_secs(300);
/// Longest time until the line is open, TLS included: three ways over a line of two seconds, twice.
const CONNECT: Duration = Duration::from_secs(15);
/// How long an open line waits for the next request: longer than between two talks, shorter than the
/// hub waits.
const OPEN: Duration = Duration::from_secs(60);
/// A message packed for one hub.
pub struct Message(Vec<u8>, Option<Coding>);

/// Finds the way to a hub that is known by its key. Nothing is opened yet.
pub type Dialling = dyn Fn(&Address, Option<Trust>) -> Result<Arc<dyn Carry>> + Send + Sync;

/// The way to one hub, kept from talk to talk: opening it anew costs two ways over a slow line.
pub struct Way {
    address: String,
    pin: Option<String>,
    carry: Arc<dyn Carry>,
    pace: Pace,
}

/// How much goes over the open way at once.
///
/// # Errors
/// When a thread panicked while it held the way.
pub fn pace(station: &Station) -> Result<Pace> {
    Ok(lock(&station.way)?.as_ref().map(|way| way.pace).unwrap_or_default())
}

/// The same, from now on.
///
/// # Errors
/// When a thread panicked while it held the way.
pub fn set_pace(station: &Station, pace: Pace) -> Result<()> {
    if let Some(way) = lock(&station.way)?.as_mut() {
        way.pace = pace;
    }
    Ok(())
}

/// The hub as this device may talk to it.
pub struct Hub {
    carry: Arc<dyn Carry>,
    address: String,
    key: SigningKey,
    coding: Coding,
    /// The stream this device writes.
    pub stream: Stream,
}

fn config(secure: bool) -> Config {
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(DEADLINE))
        .timeout_connect(Some(CONNECT))
        .max_idle_age(OPEN)
        .http_status_as_error(false)
        // Nobody reads these, and a slow line carries them every time.
        .user_agent("")
        .accept("")
        // What is signed for one address is for no other.
        .max_redirects(0);
    if secure {
        config.https_only(true).build()
    } else {
        config.proxy(None).build()
    }
}

/// The way over the network.
///
/// # Errors
/// When TLS cannot be set up.
pub fn dial(address: &Address, trust: Option<Trust>) -> Result<Arc<dyn Carry>> {
    Ok(Arc::new(match (address, trust) {
        (Address::PlainLoopback(_), _) => Dial::plain(config(false)),
        (Address::Tls(_), Some(trust)) => Dial::pinned(config(true), trust).map_err(internal)?,
        (Address::Tls(_), None) => return Err(damaged("a hub without its key")),
    }))
}

/// Asks for enrolment: the one request that is not signed by a known device.
///
/// # Errors
/// `HUB_UNREACHABLE`, `ENROLMENT_CODE_INVALID`, `HUB_REFUSED`.
pub fn enrol<A: DeserializeOwned>(carry: &dyn Carry, address: &Address, request: &EnrolRequest) -> Result<A> {
    let body = serde_json::to_vec(request).map_err(internal)?;
    let request = Request::post(format!("{}/v1/enrol", address.as_str())).header("content-type", JSON);
    carried(carry, request, body)?.map_err(|refusal| refused(&refusal))
}

impl Hub {
    /// The hub this station was enrolled with.
    ///
    /// # Errors
    /// `NOT_ENROLLED`.
    pub fn of(station: &Station) -> Result<Self> {
        Self::speaking_as(station, station.author()?.stream)
    }

    /// The same hub, asked in the name of one of this device's streams.
    ///
    /// # Errors
    /// `NOT_ENROLLED`.
    pub fn speaking_as(station: &Station, stream: Stream) -> Result<Self> {
        let (address, pin) = station
            .store
            .read(|connection| Ok((setting(connection, "hub")?, setting(connection, "hub_pin")?)))?;
        let address = address.ok_or_else(|| ApiError::new(Code::NotEnrolled))?;
        Ok(Self {
            carry: kept(station, &address, pin)?,
            address,
            key: station.signing_key(&stream)?,
            coding: Coding::Zstd,
            stream,
        })
    }

    /// Posts JSON.
    ///
    /// # Errors
    /// `HUB_UNREACHABLE`, `HUB_REFUSED`.
    pub fn post<A: DeserializeOwned>(&self, target: &str, request: &impl Serialize) -> Result<A> {
        self.ask(target, request)?.map_err(|refusal| refused(&refusal))
    }

    /// Posts JSON where a refusal is an answer to go on from.
    ///
    /// # Errors
    /// `HUB_UNREACHABLE`.
    pub fn ask<A: DeserializeOwned>(&self, target: &str, request: &impl Serialize) -> Result<Asked<A>> {
        self.send(target, self.message(request, Effort::Line)?)
    }

    /// A message as it goes over the line.
    ///
    /// # Errors
    /// When it cannot be written as JSON: never, for those of the protocol.
    pub fn message(&self, request: &impl Serialize, effort: Effort) -> Result<Message> {
        let plain = serde_json::to_vec(request).map_err(internal)?;
        Ok(match pack::pack(&plain, self.coding, effort) {
            Some(packed) => Message(packed, Some(self.coding)),
            None => Message(plain, None),
        })
    }

    /// Posts a message.
    ///
    /// # Errors
    /// `HUB_UNREACHABLE`.
    pub fn send<A: DeserializeOwned>(&self, target: &str, message: Message) -> Result<Asked<A>> {
        carried(&*self.carry, self.posted(target, &message), message.0)
    }

    /// Posts a message from another thread.
    ///
    /// # Errors
    /// When the system has no further thread; in the thread, `HUB_UNREACHABLE`.
    pub fn send_beside<A>(&self, target: &str, message: Message) -> Result<JoinHandle<Result<Asked<A>>>>
    where
        A: DeserializeOwned + Send + 'static,
    {
        let (carry, request) = (Arc::clone(&self.carry), self.posted(target, &message));
        let carry = move || carried(&*carry, request, message.0);
        std::thread::Builder::new().spawn(carry).map_err(internal)
    }

    fn posted(&self, target: &str, Message(body, coding): &Message) -> request::Builder {
        let request = self.signed(Method::POST, target, body).header("content-type", JSON);
        match coding {
            Some(coding) => request.header("content-encoding", coding.name()),
            None => request,
        }
    }

    /// Gets JSON.
    ///
    /// # Errors
    /// `HUB_UNREACHABLE`, `HUB_REFUSED`.
    pub fn get<A: DeserializeOwned>(&self, target: &str) -> Result<A> {
        self.look(target)?.map_err(|refusal| refused(&refusal))
    }

    /// Gets JSON where a refusal is an answer to go on from.
    ///
    /// # Errors
    /// `HUB_UNREACHABLE`.
    pub fn look<A: DeserializeOwned>(&self, target: &str) -> Result<Asked<A>> {
        carried(&*self.carry, self.signed(Method::GET, target, b""), Vec::new())
    }

    /// Sends a piece of a file. The signature covers its address alone ([`wire::protocol::BlobPlace`]).
    ///
    /// # Errors
    /// `HUB_UNREACHABLE`.
    pub fn patch<A: DeserializeOwned>(&self, target: &str, piece: &[u8]) -> Result<Asked<A>> {
        let request = self.signed(Method::PATCH, target, b"");
        let request = request.header("content-type", "application/octet-stream");
        carried(&*self.carry, request, piece.to_vec())
    }

    /// What the hub said it can unpack.
    pub fn hears(&mut self, packs: &[String]) {
        let known = packs.iter().find_map(|name| Coding::named(name));
        self.coding = known.unwrap_or(Coding::Zstd);
    }

    fn signed(&self, method: Method, target: &str, body: &[u8]) -> request::Builder {
        let signature = signed::sign(&self.key, method.as_str(), target, body);
        Request::builder()
            .method(method)
            .uri(format!("{}{target}", self.address))
            .header("accept-encoding", pack::ACCEPTED)
            .header(signed::DEVICE, self.stream.device.to_string())
            .header(signed::SIGNATURE, signature)
    }
}

/// The way that is open, or a new one to another hub.
fn kept(station: &Station, address: &str, pin: Option<String>) -> Result<Arc<dyn Carry>> {
    let mut way = lock(&station.way)?;
    if let Some(way) = way.as_ref().filter(|way| way.address == address && way.pin == pin) {
        return Ok(Arc::clone(&way.carry));
    }
    // Asked for at enrolment, where a plain address had to be wished for.
    let read = Address::read(address, true)?;
    let whole = |text: &String| line::Pin::parse(text).ok_or_else(|| damaged("the key of the hub"));
    let trust = pin.as_ref().map(whole).transpose()?.map(Trust::Pin);
    let carry = (station.dialling)(&read, trust)?;
    *way = Some(Way {
        address: address.to_owned(),
        pin,
        carry: Arc::clone(&carry),
        pace: Pace::default(),
    });
    Ok(carry)
}
