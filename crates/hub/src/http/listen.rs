//! Connections: taken in, opened with TLS, and let go. A caller that is slow or says nothing costs
//! a place among many and, after a while, its connection.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use line::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

use crate::error::{HubError, Result};

/// Connections at once; a caller beyond waits.
const MOST: usize = 4_096;
/// Longest time for opening TLS: three ways over a bad line.
const OPENING: Duration = Duration::from_secs(30);
/// Longest time until a request's head is there, counted from the end of the one before. A station
/// lets a silent connection go earlier than this, so that none is closed under a request.
const HEAD: Duration = Duration::from_secs(120);
/// Pause after the system could not give a connection: it is out of handles.
const BREATH: Duration = Duration::from_millis(50);
/// Time that requests under way get after the stop signal.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// What requests travel over.
#[derive(Debug, Clone)]
pub enum Over {
    /// TLS, set up so.
    Tls(Arc<ServerConfig>),
    /// Nothing: for callers on this very machine, and only when somebody asked for it.
    PlainLoopback,
}

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// Takes connections until `stopped` is done, then lets requests under way finish.
pub async fn serve(
    listener: TcpListener,
    over: Over,
    router: Router,
    stopped: impl Future<Output = ()> + Send,
) -> Result<()> {
    let address = listener.local_addr().map_err(HubError::io("listen"))?;
    let tls = match over {
        Over::Tls(config) => Some(TlsAcceptor::from(config)),
        Over::PlainLoopback if address.ip().is_loopback() => None,
        Over::PlainLoopback => return Err(HubError::Open(address)),
    };
    let (graceful, seats) = (GracefulShutdown::new(), Arc::new(Semaphore::new(MOST)));
    let mut stopped = std::pin::pin!(stopped);
    loop {
        let accepted = tokio::select! {
            () = &mut stopped => break,
            accepted = accept(&listener, &seats) => accepted,
        };
        if let Some((stream, peer, seat)) = accepted {
            let router = router.clone().layer(Extension(Peer(peer.ip())));
            let (tls, watcher) = (tls.clone(), graceful.watcher());
            tokio::spawn(async move {
                let _seat = seat;
                match tls {
                    None => speak(stream, router, watcher).await,
                    Some(tls) => {
                        if let Ok(Ok(stream)) = tokio::time::timeout(OPENING, tls.accept(stream)).await {
                            speak(stream, router, watcher).await;
                        }
                    }
                }
            });
        }
    }
    drop(listener);
    // Whoever takes longer asks again: nothing was acknowledged.
    let _ = tokio::time::timeout(LAST_REQUESTS, graceful.shutdown()).await;
    Ok(())
}

/// The next connection; nothing when the system could not give one.
async fn accept(
    listener: &TcpListener,
    seats: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let seat = Arc::clone(seats).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // Small answers must not wait for more to say; where the system refuses they do.
            let _ = stream.set_nodelay(true);
            Some((stream, peer, seat))
        }
        Err(_) => {
            tokio::time::sleep(BREATH).await;
            None
        }
    }
}

/// Requests of one connection, one after the other.
async fn speak(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    router: Router,
    watcher: hyper_util::server::graceful::Watcher,
) {
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    // A line that broke is the caller's to mend.
    let _ = watcher.watch(connection).await;
}
