//! A request on its way through: let in, taken to a blocking thread with a seat there, answered.

use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::response::Response;
use wire::protocol::{RefusalCode, signed};

use super::admin::{self, TOKEN};
use super::call::Call;
use super::gate::{self, PIECE};
use super::{App, Said, packed, refuse};
use crate::devices;
use crate::error::{HubError, Result};
use crate::hub::Hub;

impl App {
    /// Takes a request in, does what it asks, and says what came of it.
    pub async fn answer(&self, request: Request, limit: usize, work: fn(&Hub, &Call) -> Result<Said>) -> Response {
        let hub = self.hub.clone();
        let done = match self.admit(request, limit).await {
            Ok(call) => blocking(move || work(&hub, &call).map(|said| packed(said, call.takes_packed()))).await,
            Err(error) => Err(error),
        };
        done.unwrap_or_else(|error| refuse(&error)).map(Body::from)
    }

    /// Work for a request whose body is not all there: it takes a seat for just as long.
    ///
    /// # Errors
    /// Those of the work; `Busy`.
    pub async fn seated<T: Send + 'static>(&self, work: impl FnOnce(&Hub) -> Result<T> + Send + 'static) -> Result<T> {
        let (hub, seat) = (self.hub.clone(), self.gate.seat().await?);
        blocking(move || {
            // Held here, because whoever waits for the answer may be gone before the work is done.
            let _seat = seat;
            work(&hub)
        })
        .await
    }

    async fn admit(&self, request: Request, limit: usize) -> Result<Call> {
        if gate::most(&request, limit) > PIECE {
            let headers = request.headers().clone();
            self.seated(move |hub| known(hub, &headers)).await?;
        }
        self.gate.take(request, limit).await
    }
}

/// Room for much is for devices that are here and for the administrator. That they are who they say is
/// seen when the bytes are there; a stranger who knows no device gets no room to send them into.
fn known(hub: &Hub, headers: &HeaderMap) -> Result<()> {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(token) = said(TOKEN) {
        return admin::token_fits(hub, token);
    }
    let unknown = || HubError::refused(RefusalCode::UnknownDevice);
    let device = said(signed::DEVICE).and_then(|text| text.parse().ok());
    if devices::is_here(hub, &device.ok_or_else(unknown)?)? {
        Ok(())
    } else {
        Err(unknown())
    }
}

/// Runs database and file work away from the runtime's own threads.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|lost| Err(HubError::io("run a request")(std::io::Error::other(lost))))
}
