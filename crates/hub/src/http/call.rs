//! One request with all its bytes: its signature is checked over exactly the bytes that came, and only
//! then are they unpacked.

use std::borrow::Cow;

use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri, header};
use dossier::{BlobHash, DeviceId};
use serde::de::DeserializeOwned;
use wire::pack::{self, Coding, Unpack};
use wire::protocol::{RefusalCode, signed};

use super::gate::Places;
use super::limits::Limits;
use super::listen::Peer;
use crate::error::{HubError, Result};
use crate::hello::Caller;
use crate::hub::Hub;
use crate::row::unsigned32;

/// Largest message, packed or unpacked.
pub const JSON_LIMIT: usize = pack::MOST_PLAIN;

/// A request with all its bytes.
pub struct Call {
    method: Method,
    uri: Uri,
    pub headers: HeaderMap,
    body: Bytes,
    limit: usize,
    peer: Option<Peer>,
    limits: Limits,
    /// Held until the work is done, wherever it is done. Of a body that comes in pieces its taker has them.
    _places: Option<Places>,
}

impl Call {
    /// A request and its bytes, as far as they are there.
    pub fn new(parts: Parts, body: Bytes, limit: usize, limits: Limits, places: Option<Places>) -> Self {
        Self {
            method: parts.method,
            uri: parts.uri,
            headers: parts.headers,
            body,
            limit,
            peer: parts.extensions.get::<Peer>().copied(),
            limits,
            _places: places,
        }
    }

    /// How the answer may be packed, the best way first.
    pub fn takes_packed(&self) -> Option<Coding> {
        let accepted = self.header(header::ACCEPT_ENCODING.as_str()).unwrap_or_default();
        let is_accepted = |coding: &Coding| accepted.split(',').any(|one| one.trim() == coding.name());
        Coding::ALL.into_iter().rev().find(is_accepted)
    }

    /// The device that signed this request: its address and the body that is here. Everything it is told
    /// and may do follows from this, and from nothing a message says about itself.
    pub fn caller(&self, hub: &Hub) -> Result<Caller> {
        match self.signer(hub)? {
            (_, true) => Err(HubError::refused(RefusalCode::DeviceSuspended)),
            (caller, false) => Ok(caller),
        }
    }

    /// Whether this device signed with this key.
    pub fn is_signed_by(&self, device: &DeviceId, key: &[u8; 32]) -> bool {
        let named = self.header(signed::DEVICE).and_then(|text| text.parse().ok());
        named.as_ref() == Some(device)
            && self
                .header(signed::SIGNATURE)
                .is_some_and(|signature| self.verifies(key, signature))
    }

    fn verifies(&self, key: &[u8; 32], signature: &str) -> bool {
        let target = self.uri.path_and_query().map_or("/", |it| it.as_str());
        signed::verify(key, self.method.as_str(), target, &self.body, signature)
    }

    /// The device that signed this request, and whether it is suspended.
    pub fn signer(&self, hub: &Hub) -> Result<(Caller, bool)> {
        let unknown = || HubError::refused(RefusalCode::UnknownDevice);
        let device: DeviceId = self
            .header(signed::DEVICE)
            .and_then(|text| text.parse().ok())
            .ok_or_else(unknown)?;
        let signature = self.header(signed::SIGNATURE).ok_or_else(unknown)?;
        let found = hub.inner().store.read(|db| {
            let mut statement = db.prepare_cached(include_str!("../sql/device_keys.sql"))?;
            let read = |row: &rusqlite::Row<'_>| {
                let suspended: Option<i64> = row.get("suspended_at")?;
                let (agency, stream, epoch) = (row.get("agency")?, row.get("id")?, unsigned32(row, "epoch")?);
                Ok((
                    row.get::<_, [u8; 32]>("public_key")?,
                    suspended.is_some(),
                    Caller {
                        device,
                        agency,
                        stream,
                        epoch,
                    },
                ))
            };
            let rows = statement.query_map([device.as_bytes()], read)?;
            Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?)
        })?;
        let signer = found.into_iter().find(|(key, ..)| self.verifies(key, signature));
        let (_, suspended, caller) = signer.ok_or_else(unknown)?;
        self.limits.count(device)?;
        Ok((caller, suspended))
    }

    /// Tries an enrolment code.
    pub fn guess<T>(&self, attempt: impl FnOnce() -> Result<T>) -> Result<T> {
        let peer = self.peer.ok_or(HubError::Damaged("a request from nowhere"))?;
        self.limits.guess(peer.ip, attempt)
    }

    /// Whether it was asked on this very machine.
    pub fn is_from_here(&self) -> bool {
        self.peer.is_some_and(|peer| peer.here)
    }

    /// The body unpacked. A small body that unpacks to a large one stops at the limit.
    pub fn plain(&self) -> Result<Cow<'_, [u8]>> {
        let coding = match self.header(header::CONTENT_ENCODING.as_str()) {
            None | Some("identity") => return Ok(Cow::Borrowed(&self.body)),
            Some(name) => Coding::named(name).ok_or(HubError::refused(RefusalCode::BadMessage))?,
        };
        let plain = pack::unpack(&self.body, coding, self.limit);
        plain.map(Cow::Owned).map_err(|why| match why {
            Unpack::Damaged => HubError::refused(RefusalCode::BadMessage),
            Unpack::TooLarge => HubError::refused(RefusalCode::TooLarge),
        })
    }

    /// The body as a message.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        let bad = || HubError::refused(RefusalCode::BadMessage);
        // As text, so that it is looked through once and not again for each part that is kept as it came.
        let plain = self.plain()?;
        let text = std::str::from_utf8(&plain).map_err(|_| bad())?;
        serde_json::from_str(text).map_err(|_| bad())
    }

    /// The file the address names.
    pub fn blob(&self) -> Result<BlobHash> {
        let path = self.uri.path().trim_end_matches("/place");
        let name = path.rsplit('/').next().unwrap_or_default();
        name.parse().map_err(|_| HubError::refused(RefusalCode::NotFound))
    }

    /// A number of the query, or `otherwise` when it is not there.
    pub fn number(&self, name: &str, otherwise: u64) -> Result<u64> {
        let Some(text) = self.query(name) else {
            return Ok(otherwise);
        };
        text.parse().map_err(|_| HubError::refused(RefusalCode::BadMessage))
    }

    /// A part of the query. Nothing we ask with needs escapes.
    pub fn query(&self, name: &str) -> Option<&str> {
        let pairs = self.uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
