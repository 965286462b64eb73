//! The addresses of the protocol. A handler takes the bytes in, leaves the runtime for a
//! blocking thread, checks the signature there and does the work: no transaction crosses an `await`.

mod admin;
mod call;
mod gate;
mod limits;
mod listen;
mod pieces;
mod throttle;
mod turns;
mod work;

use std::future::Future;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Serialize;
use tokio::net::TcpListener;
use wire::pack::{Coding, Effort};
use wire::protocol::{Refusal, RefusalCode, signed};

use crate::error::{HubError, Result};
use crate::hub::Hub;
use crate::{blobs, enrol, epoch, evidence, hello, lease, parts, pull, push, rules};
pub use admin::TOKEN as ADMIN_TOKEN;
pub use call::Call;
use call::JSON_LIMIT;
use gate::Gate;
pub use listen::{Over, Peer};
use turns::Turns;
use work::blocking;

const JSON: &str = "application/json";

/// An answer with all its bytes.
type Said = axum::http::Response<Vec<u8>>;

/// What every handler is given.
#[derive(Clone)]
struct App {
    hub: Hub,
    gate: Gate,
    turns: Turns,
}

impl Hub {
    /// Serves until `shutdown` is done, lets requests under way finish (at most ten seconds), and
    /// stops cleanly. The caller owns socket and signal, so a test listens on port 0.
    ///
    /// # Errors
    /// [`HubError::Open`] for a plain line others could read; when the socket fails, or the clean
    /// stop does ([`Hub::finish`]).
    pub async fn serve(
        &self,
        listener: TcpListener,
        over: Over,
        shutdown: impl Future<Output = ()> + Send,
    ) -> Result<()> {
        listen::serve(listener, over, router(self.clone()), shutdown).await?;
        let hub = self.clone();
        blocking(move || hub.finish()).await
    }

    /// TLS with this hub's own key.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn tls(&self) -> Result<Over> {
        Ok(Over::Tls(self.line_key().server()?))
    }
}

/// All addresses of a hub, without a socket: what answers a request that bears its [`Peer`].
pub fn router(hub: Hub) -> Router {
    Router::new()
        .route("/v1/enrol", post(enrol_route))
        .route("/v1/return", post(return_route))
        .route("/v1/hello", post(hello_route))
        .route("/v1/push", post(push_route))
        .route("/v1/pull", get(pull_route))
        .route("/v1/stream", get(stream_route))
        .route("/v1/accepted", get(accepted_route))
        .route("/v1/epoch", post(epoch_route))
        .route("/v1/numbers/lease", post(lease_route))
        .route("/v1/rules", get(rules_route))
        .route("/v1/blobs/{hash}", get(blob_get).patch(blob_patch))
        .route("/v1/blobs/{hash}/place", get(blob_place))
        .route("/admin/code", post(admin::code))
        .route("/admin/devices", get(admin::devices))
        .route("/admin/suspend", post(admin::suspend))
        .route("/admin/reinstate", post(admin::reinstate))
        .route("/admin/report", get(admin::report))
        .route("/admin/rules", post(admin::rules))
        .fallback(|| async { refuse(&HubError::refused(RefusalCode::NotFound)).map(Body::from) })
        .layer(middleware::from_fn(named))
        .with_state(App {
            hub,
            gate: Gate::default(),
            turns: Turns::default(),
        })
}

/// Every answer to a signed question says to which.
async fn named(request: Request, next: Next) -> Response {
    let signature = request.headers().get(signed::SIGNATURE).cloned();
    let mut response = next.run(request).await;
    let name = signature.as_ref().and_then(|it| it.to_str().ok()).map(signed::question);
    // Digits and letters of a header that came: always a header's value again.
    if let Some(Ok(name)) = name.map(header::HeaderValue::from_str) {
        response.headers_mut().insert(signed::ANSWERS, name);
    }
    response
}

async fn enrol_route(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| {
        json(&call.guess(|| enrol::enrol(hub, &call.json()?))?)
    })
    .await
}

async fn return_route(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| json(&enrol::take_back(hub, call)?))
        .await
}

async fn hello_route(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| {
        let caller = call.caller(hub)?;
        // Nobody is refused because what is old could not be removed.
        parts::sweep(hub).unwrap_or_else(|error| log(&error));
        json(&hello::hello(hub, &caller, &call.json()?)?)
    })
    .await
}

async fn push_route(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| match call.signer(hub)? {
        (caller, false) => json(&push::push(hub, &caller, call.json()?)?),
        (caller, true) => {
            evidence::lay_aside(hub, &caller, call.json()?)?;
            Err(HubError::refused(RefusalCode::DeviceSuspended))
        }
    })
    .await
}

async fn stream_route(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| {
        let epoch = u32::try_from(call.number("epoch", 1)?).unwrap_or(u32::MAX);
        json(&epoch::page(hub, &call.caller(hub)?, epoch, call.number("after", 0)?)?)
    })
    .await
}

async fn accepted_route(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| {
        let epoch = u32::try_from(call.number("epoch", 1)?).unwrap_or(u32::MAX);
        json(&epoch::accepted(
            hub,
            &call.caller(hub)?,
            epoch,
            call.number("after", 0)?,
        )?)
    })
    .await
}

async fn epoch_route(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| {
        json(&epoch::begin(hub, &call.caller(hub)?, &call.json()?)?)
    })
    .await
}

async fn lease_route(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| {
        json(&lease::lease(hub, &call.caller(hub)?, &call.json()?)?)
    })
    .await
}

async fn pull_route(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| {
        let after = call.number("after", 0)?;
        let limit = u32::try_from(call.number("limit", 200)?).unwrap_or(u32::MAX);
        let own = call.number("own", 0)? == 1;
        json(&pull::pull(hub, &call.caller(hub)?, after, limit, own)?)
    })
    .await
}

async fn rules_route(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| {
        call.caller(hub)?;
        json(&rules::next(hub, call.number("after", 0)?)?)
    })
    .await
}

async fn blob_get(State(app): State<App>, request: Request) -> Response {
    app.answer(request, JSON_LIMIT, |hub, call| {
        let bytes = blobs::get(hub, &call.caller(hub)?, &call.blob()?)?;
        Ok(body("application/octet-stream", bytes))
    })
    .await
}

async fn blob_place(State(app): State<App>, request: Request) -> Response {
    let told = app.tell_place(request).await;
    told.unwrap_or_else(|error| refuse(&error)).map(Body::from)
}

async fn blob_patch(State(app): State<App>, request: Request) -> Response {
    // A task of its own: when the line breaks this one is dropped, and what came last is still kept.
    let taken = tokio::spawn(async move { app.take_pieces(request).await }).await;
    let taken = taken.unwrap_or_else(|lost| Err(HubError::io("take a file in")(std::io::Error::other(lost))));
    taken.unwrap_or_else(|error| refuse(&error)).map(Body::from)
}

fn refuse(error: &HubError) -> Said {
    let refusal = error.refusal();
    if refusal.code == RefusalCode::Internal {
        log(error);
    }
    let bytes = serde_json::to_vec::<Refusal>(&refusal).unwrap_or_default();
    let mut response = body(JSON, bytes);
    *response.status_mut() = StatusCode::from_u16(refusal.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// The client is told only that something broke; the administrator reads what.
fn log(error: &HubError) {
    use std::io::Write;
    // Nothing is left to do when even stderr is closed.
    let _ = writeln!(std::io::stderr(), "motcua-hub: {error}");
}

fn json<T: Serialize>(answer: &T) -> Result<Said> {
    Ok(body(JSON, serde_json::to_vec(answer)?))
}

/// Messages go small over the line when the caller can read them so; a file is as small as it gets.
fn packed(said: Said, accepted: Option<Coding>) -> Said {
    let message = said
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == JSON);
    let small = accepted.filter(|_| message);
    let small = small.and_then(|coding| Some((coding, wire::pack::pack(said.body(), coding, Effort::Crowd)?)));
    let Some((coding, small)) = small else { return said };
    let mut said = said.map(|_| small);
    let name = header::HeaderValue::from_static(coding.name());
    said.headers_mut().insert(header::CONTENT_ENCODING, name);
    said
}

fn body(kind: &'static str, bytes: Vec<u8>) -> Said {
    let mut response = Said::new(bytes);
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    response
}
