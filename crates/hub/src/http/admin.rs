//! Addresses for the administrator's own program on the same machine: while the server runs,
//! no second process can open the database, so it asks the server. The token follows from the keys
//! of the data folder.

use axum::extract::{Request, State};
use axum::response::Response;
use dossier::DeviceId;
use serde_json::json;
use wire::protocol::RefusalCode;

use super::call::{Call, JSON_LIMIT};
use super::{App, json};
use crate::error::{HubError, Result};
use crate::hub::Hub;

/// Header with the administrator's token.
pub const TOKEN: &str = "x-admin-token";

/// `POST /admin/code?agency=H99.128` → `{"code"}`.
pub async fn code(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| {
        allow(hub, call)?;
        let agency = call
            .query("agency")
            .ok_or_else(|| HubError::refused(RefusalCode::BadMessage))?;
        json(&json!({"code": hub.new_code(agency)?}))
    })
    .await
}

/// `GET /admin/report` → [`crate::Report`].
pub async fn report(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| {
        allow(hub, call)?;
        json(&hub.report()?)
    })
    .await
}

/// `GET /admin/devices` → [`crate::DeviceFacts`] of all.
pub async fn devices(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| {
        allow(hub, call)?;
        json(&hub.devices()?)
    })
    .await
}

/// `POST /admin/suspend?device=D` → `{}`.
pub async fn suspend(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| {
        hub.suspend(&device(hub, call)?)?;
        json(&json!({}))
    })
    .await
}

/// `POST /admin/reinstate?device=D` → `{}`.
pub async fn reinstate(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| {
        hub.reinstate(&device(hub, call)?)?;
        json(&json!({}))
    })
    .await
}

fn device(hub: &Hub, call: &Call) -> Result<DeviceId> {
    allow(hub, call)?;
    let named = call.query("device").and_then(|text| text.parse().ok());
    named.ok_or_else(|| HubError::refused(RefusalCode::NotFound))
}

/// `POST /admin/rules` with a signed file of rules → [`crate::Published`].
pub async fn rules(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| {
        allow(hub, call)?;
        let text = String::from_utf8(call.plain()?.into_owned());
        let text = text.map_err(|_| HubError::refused(RefusalCode::BadMessage))?;
        json(&hub.publish_rules(&text)?)
    })
    .await
}

/// Whoever asks from another machine is nobody here, whatever it knows.
fn allow(hub: &Hub, call: &Call) -> Result<()> {
    if !call.is_from_here() {
        return Err(HubError::refused(RefusalCode::UnknownDevice));
    }
    token_fits(hub, call.header(TOKEN).unwrap_or_default())
}

/// Compared as hashes, whose comparison takes the same time wherever they differ.
///
/// # Errors
/// `UnknownDevice` for another token.
pub fn token_fits(hub: &Hub, given: &str) -> Result<()> {
    if blake3::hash(given.as_bytes()) == blake3::hash(hub.admin_token().as_bytes()) {
        Ok(())
    } else {
        Err(HubError::refused(RefusalCode::UnknownDevice))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::body::Bytes;

    use super::super::limits::Limits;
    use super::super::listen::Peer;
    use super::*;

    #[test]
    fn the_token_opens_nothing_from_another_machine() {
        let folders = rig::Folders::new().unwrap();
        let now = || chrono::DateTime::from_timestamp_millis(1_795_420_000_000).unwrap();
        let hub = Hub::open(&folders.data, &folders.keys, Arc::new(vault::OsEntropy), Arc::new(now)).unwrap();
        let call = |token: &str, peer: Option<bool>| {
            let mut request = axum::http::Request::builder().header(TOKEN, token);
            if let Some(here) = peer {
                let ip = std::net::Ipv4Addr::new(192, 0, 2, 1).into();
                request = request.extension(Peer { ip, here });
            }
            let (parts, ()) = request.body(()).unwrap().into_parts();
            Call::new(parts, Bytes::new(), 0, Limits::default(), None)
        };
        assert!(allow(&hub, &call(hub.admin_token(), Some(true))).is_ok());
        assert!(allow(&hub, &call(hub.admin_token(), Some(false))).is_err());
        assert!(allow(&hub, &call(hub.admin_token(), None)).is_err());
        assert!(allow(&hub, &call("00", Some(true))).is_err());
    }
}
