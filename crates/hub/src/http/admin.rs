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

/// Compared as hashes, whose comparison takes the same time wherever they differ.
fn allow(hub: &Hub, call: &Call) -> Result<()> {
    let given = call.header(TOKEN).unwrap_or_default();
    if blake3::hash(given.as_bytes()) == blake3::hash(hub.admin_token().as_bytes()) {
        Ok(())
    } else {
        Err(HubError::refused(RefusalCode::UnknownDevice))
    }
}
