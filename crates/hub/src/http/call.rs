//! One request as bytes: taken in under limits, its signature checked over exactly the bytes that
//! came, and only then unpacked.

use std::borrow::Cow;
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, Uri, header};
use dossier::{BlobHash, DeviceId};
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;
use wire::protocol::{RefusalCode, signed};

use super::limits::Limits;
use super::listen::Peer;
use crate::error::{HubError, Result};
use crate::hello::Caller;
use crate::hub::Hub;
use crate::row::unsigned32;

/// Largest message, packed or unpacked.
pub const JSON_LIMIT: usize = 8 << 20;
/// Requests whose bytes may be in memory at once.
const AT_ONCE: usize = 16;
/// A line so slow that a body takes longer is cut; the station sends again.
const SLOWEST: Duration = Duration::from_secs(120);
/// Largest window of a packed body: 16 MiB. What `zstd -19` makes fits.
const WINDOW_LOG: u32 = 24;

/// Bounds the memory that bodies may take.
#[derive(Clone)]
pub struct Gate {
    room: Arc<Semaphore>,
    limits: Limits,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            room: Arc::new(Semaphore::new(AT_ONCE)),
            limits: Limits::default(),
        }
    }
}

impl Gate {
    /// Takes a request in; at most `limit` bytes of body.
    pub async fn take(&self, request: Request, limit: usize) -> Result<Call> {
        let permit = Arc::clone(&self.room)
            .acquire_owned()
            .await
            .map_err(|_| HubError::refused(RefusalCode::Internal))?;
        let (parts, body) = request.into_parts();
        let taken = tokio::time::timeout(SLOWEST, to_bytes(body, limit)).await;
        let body = match taken {
            Ok(Ok(body)) => body,
            Ok(Err(error)) => return Err(cut_short(&error)),
            Err(_) => return Err(HubError::refused(RefusalCode::BadMessage)),
        };
        Ok(Call {
            method: parts.method,
            uri: parts.uri,
            headers: parts.headers,
            body,
            limit,
            peer: parts.extensions.get::<Peer>().copied(),
            limits: self.limits.clone(),
            _permit: permit,
        })
    }
}

/// Too long, or the line broke.
fn cut_short(error: &axum::Error) -> HubError {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if cause.to_string().contains("length limit exceeded") {
            return HubError::refused(RefusalCode::TooLarge);
        }
        source = cause.source();
    }
    HubError::refused(RefusalCode::BadMessage)
}

/// A request with all its bytes.
pub struct Call {
    method: Method,
    uri: Uri,
    pub headers: HeaderMap,
    body: Bytes,
    limit: usize,
    peer: Option<Peer>,
    limits: Limits,
    _permit: tokio::sync::OwnedSemaphorePermit,
}

impl Call {
    /// The device that signed this request. Everything it is told and may do follows from this, and
    /// from nothing a message says about itself.
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

    /// The same, and whether it is suspended.
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
        self.limits.guess(peer.0, attempt)
    }

    /// The body unpacked. A small body that unpacks to a large one stops at the limit.
    pub fn plain(&self) -> Result<Cow<'_, [u8]>> {
        match self.header(header::CONTENT_ENCODING.as_str()) {
            None | Some("identity") => Ok(Cow::Borrowed(&self.body)),
            Some("zstd") => unpack(&self.body, self.limit).map(Cow::Owned),
            Some(_) => Err(HubError::refused(RefusalCode::BadMessage)),
        }
    }

    /// The body as a message.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.plain()?).map_err(|_| HubError::refused(RefusalCode::BadMessage))
    }

    /// The file the address names.
    pub fn blob(&self) -> Result<BlobHash> {
        let name = self.uri.path().rsplit('/').next().unwrap_or_default();
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

fn unpack(packed: &[u8], limit: usize) -> Result<Vec<u8>> {
    let bad = |_| HubError::refused(RefusalCode::BadMessage);
    let mut decoder = zstd::stream::read::Decoder::with_buffer(packed).map_err(bad)?;
    decoder.window_log_max(WINDOW_LOG).map_err(bad)?;
    let mut plain = Vec::new();
    let one_more = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    decoder.take(one_more).read_to_end(&mut plain).map_err(bad)?;
    if plain.len() > limit {
        Err(HubError::refused(RefusalCode::TooLarge))
    } else {
        Ok(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let packed = zstd::encode_all(std::io::repeat(0).take(64 << 20), 3).unwrap();
        assert!(packed.len() < 64 << 10);
        assert_eq!(
            unpack(&packed, 1 << 20).unwrap_err().refusal().code,
            RefusalCode::TooLarge
        );
        assert_eq!(unpack(&packed, 64 << 20).unwrap().len(), 64 << 20);
        assert_eq!(
            unpack(b"no zstd", 100).unwrap_err().refusal().code,
            RefusalCode::BadMessage
        );
    }
}
