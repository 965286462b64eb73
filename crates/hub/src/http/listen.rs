//! Connections: taken in, opened with TLS, and let go. A caller that is slow or says nothing costs
//! a place among many and, after a while, its connection.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use line::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_rustls::TlsAcceptor;

use super::limits::neighbourhood;
use crate::error::{HubError, Result};

/// Connections at once; a caller beyond waits.
const MOST: usize = 4_096;
/// Of these from one neighbourhood; one beyond is hung up on. All counters of a province may stand behind
/// one address, and each keeps one connection open.
const MOST_OF_ONE: usize = 1_024;
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
pub struct Peer {
    /// Its address.
    pub ip: IpAddr,
    /// It is this very machine.
    pub here: bool,
}

impl Peer {
    /// Whoever calls from `peer` at our own address `local`. A machine that calls itself by the address the
    /// others know it by calls from that address.
    fn of(peer: IpAddr, local: Option<IpAddr>) -> Self {
        let ip = peer.to_canonical();
        let here = ip.is_loopback() || local.is_some_and(|local| local.to_canonical() == ip);
        Self { ip, here }
    }
}

/// Connections by neighbourhood. Clones are the same.
#[derive(Debug, Clone, Default)]
struct Crowd(Arc<Mutex<BTreeMap<IpAddr, usize>>>);

/// One of them, until it is dropped.
#[derive(Debug)]
struct Guest(Crowd, IpAddr);

impl Crowd {
    /// Nothing for one too many. This machine itself is not counted: its administrator must come through.
    fn enter(&self, peer: IpAddr, most: usize) -> Option<Guest> {
        let from = neighbourhood(peer);
        let mut all = self.lock();
        let count = all.entry(from).or_default();
        if *count >= most && !from.is_loopback() {
            return None;
        }
        *count = count.saturating_add(1);
        drop(all);
        Some(Guest(self.clone(), from))
    }

    /// A thread that panicked left no half count.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<IpAddr, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut all = self.0.lock();
        let left = all.get(&self.1).copied().unwrap_or_default().saturating_sub(1);
        if left == 0 {
            all.remove(&self.1);
        } else {
            all.insert(self.1, left);
        }
    }
}

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
    let crowd = Crowd::default();
    let mut stopped = std::pin::pin!(stopped);
    loop {
        let accepted = tokio::select! {
            () = &mut stopped => break,
            accepted = accept(&listener, &seats) => accepted,
        };
        if let Some((stream, peer, seat)) = accepted {
            let Some(guest) = crowd.enter(peer.ip(), MOST_OF_ONE) else {
                continue;
            };
            let local = stream.local_addr().ok().map(|local| local.ip());
            let router = router.clone().layer(Extension(Peer::of(peer.ip(), local)));
            let (tls, watcher) = (tls.clone(), graceful.watcher());
            tokio::spawn(async move {
                let _places = (seat, guest);
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
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_neighbourhood_does_not_take_all_connections() {
        let crowd = Crowd::default();
        let near = ["192.0.2.7", "::ffff:192.0.2.7"].map(|from| crowd.enter(ip(from), 2));
        assert!(near.iter().all(Option::is_some));
        assert!(crowd.enter(ip("192.0.2.7"), 2).is_none());
        assert!(crowd.enter(ip("192.0.2.8"), 2).is_some(), "others have their own");
        drop(near);
        assert!(crowd.enter(ip("192.0.2.7"), 2).is_some());
        assert!(crowd.lock().is_empty(), "whoever left is forgotten");
        let here: Vec<_> = (0..9).map(|_| crowd.enter(ip("127.0.0.1"), 2)).collect();
        assert!(here.iter().all(Option::is_some));
    }

    #[test]
    fn this_machine_is_known_by_its_own_addresses() {
        let here = |peer: &str, local: &str| Peer::of(ip(peer), Some(ip(local))).here;
        assert!(here("127.0.0.1", "127.0.0.1") && here("::1", "::1") && here("::ffff:127.0.0.1", "::ffff:127.0.0.1"));
        assert!(here("192.0.2.1", "192.0.2.1") && here("::ffff:192.0.2.1", "::ffff:192.0.2.1"));
        assert!(!here("192.0.2.2", "192.0.2.1") && !here("2001:db8::2", "2001:db8::1"));
        assert!(!Peer::of(ip("192.0.2.2"), None).here);
    }
}
