//! One signed request and its answer. Plain HTTP goes to this machine only; TLS to a real hub
//! comes with enrolment over the network.

use std::net::IpAddr;
use std::time::Duration;

use ed25519_dalek::SigningKey;
use serde::Serialize;
use serde::de::DeserializeOwned;
use ureq::http::Response;
use ureq::{Agent, Body};
use wire::Stream;
use wire::protocol::{EnrolRequest, Refusal, RefusalCode, signed};

use crate::error::{ApiError, Code, Result, internal};
use crate::station::Station;
use crate::store::setting;

/// Longest time for one request: a file of 64 MiB on a slow line.
const DEADLINE: Duration = Duration::from_secs(300);
const CONNECT: Duration = Duration::from_secs(5);
/// Largest answer that is read: a page of pulled events.
const ANSWER: u64 = 64 << 20;

/// An answer, or the hub's refusal.
pub type Asked<A> = std::result::Result<A, Refusal>;

/// The hub as this device may talk to it.
pub struct Hub {
    agent: Agent,
    address: String,
    key: SigningKey,
    /// The stream this device writes.
    pub stream: Stream,
}

fn agent() -> Agent {
    Agent::config_builder()
        .timeout_global(Some(DEADLINE))
        .timeout_connect(Some(CONNECT))
        .http_status_as_error(false)
        .build()
        .into()
}

/// An address of this machine, without a path.
///
/// # Errors
/// `INVALID_ADDRESS` for anything else.
pub fn loopback(address: &str) -> Result<String> {
    let wrong = || ApiError::of(Code::InvalidAddress, "hub");
    let address = address.trim().trim_end_matches('/');
    let rest = address.strip_prefix("http://").ok_or_else(wrong)?;
    let host = rest
        .rsplit_once(':')
        .map_or(rest, |(host, _)| host)
        .trim_matches(['[', ']']);
    let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    if here && !rest.contains('/') {
        Ok(address.to_owned())
    } else {
        Err(wrong())
    }
}

/// Asks for enrolment: the one request that is not signed by a known device.
///
/// # Errors
/// `HUB_UNREACHABLE`, `ENROLMENT_CODE_INVALID`, `HUB_REFUSED`.
pub fn enrol<A: DeserializeOwned>(address: &str, request: &EnrolRequest) -> Result<A> {
    let body = serde_json::to_vec(request).map_err(internal)?;
    let sent = agent()
        .post(format!("{address}/v1/enrol"))
        .header("content-type", "application/json")
        .send(body.as_slice());
    answer(sent.map_err(unreachable)?)?.map_err(|refusal| refused(&refusal))
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
        let address = station.store.read(|connection| setting(connection, "hub"))?;
        let address = address.ok_or_else(|| ApiError::new(Code::NotEnrolled))?;
        Ok(Self {
            agent: agent(),
            address,
            key: station.signing_key(&stream)?,
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
        let body = serde_json::to_vec(request).map_err(internal)?;
        let request = self
            .agent
            .post(format!("{}{target}", self.address))
            .header("content-type", "application/json");
        answer(
            self.signed(request, "POST", target, &body)
                .send(body.as_slice())
                .map_err(unreachable)?,
        )
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
        let request = self.agent.get(format!("{}{target}", self.address));
        answer(self.signed(request, "GET", target, b"").call().map_err(unreachable)?)
    }

    /// Sends a piece of a file. The signature covers its address alone ([`wire::protocol::BlobPlace`]).
    ///
    /// # Errors
    /// `HUB_UNREACHABLE`.
    pub fn patch<A: DeserializeOwned>(&self, target: &str, piece: &[u8]) -> Result<Asked<A>> {
        let request = self
            .agent
            .patch(format!("{}{target}", self.address))
            .header("content-type", "application/octet-stream");
        let sent = self.signed(request, "PATCH", target, b"").send(piece);
        answer(sent.map_err(unreachable)?)
    }

    fn signed<B>(
        &self,
        request: ureq::RequestBuilder<B>,
        method: &str,
        target: &str,
        body: &[u8],
    ) -> ureq::RequestBuilder<B> {
        request
            .header(signed::DEVICE, self.stream.device.to_string())
            .header(signed::SIGNATURE, signed::sign(&self.key, method, target, body))
    }
}

fn unreachable(error: ureq::Error) -> ApiError {
    ApiError::new(Code::HubUnreachable).because(error)
}

fn answer<A: DeserializeOwned>(mut response: Response<Body>) -> Result<Asked<A>> {
    let status = response.status();
    let body = response
        .body_mut()
        .with_config()
        .limit(ANSWER)
        .read_to_vec()
        .map_err(unreachable)?;
    if status.is_success() {
        let read = serde_json::from_slice(&body).map_err(|error| ApiError::new(Code::HubTooOld).because(error))?;
        return Ok(Ok(read));
    }
    // No refusal of ours: something between, or a hub that is just starting.
    let strange = || ApiError::new(Code::HubUnreachable).with("reason", status.as_u16().to_string());
    serde_json::from_slice(&body).map(Err).map_err(|_| strange())
}

/// A refusal as the commands tell it.
pub fn refused(refusal: &Refusal) -> ApiError {
    let ours = match refusal.code {
        RefusalCode::EnrolmentCodeInvalid => Code::EnrolmentCodeInvalid,
        _ => Code::HubRefused,
    };
    ApiError::new(ours).with("reason", format!("{:?}", refusal.code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_goes_to_this_machine_only() {
        assert_eq!(loopback(" http://127.0.0.1:8080/ ").unwrap(), "http://127.0.0.1:8080");
        assert!(loopback("http://[::1]:9").is_ok() && loopback("http://localhost:9").is_ok());
        for wrong in [
            "http://10.0.0.1:80",
            "https://127.0.0.1",
            "127.0.0.1:80",
            "http://127.0.0.1:80/x",
            "http://127.0.0.1.evil:1",
            "",
        ] {
            assert_eq!(loopback(wrong).unwrap_err().code, Code::InvalidAddress, "{wrong}");
        }
    }
}
