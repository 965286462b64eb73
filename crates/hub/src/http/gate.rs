//! Taking requests in: so many bytes may lie in memory and so many callers may wait, and whoever comes
//! then is told when to come again. A slow line takes room for its own bytes and nobody's turn.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use wire::protocol::RefusalCode;

use super::call::Call;
use super::limits::Limits;
use crate::error::{HubError, Result};

/// Bytes of bodies in memory at once: 256 MiB, counted in pieces of 64 KiB.
const ROOM: usize = 4_096;
const PIECE: usize = 64 << 10;
/// Requests that are taken in or wait for it.
const QUEUE: usize = 1_024;
/// Requests worked on at once. Writing is done one after the other anyway.
const AT_WORK: usize = 16;
/// When to come again.
const AGAIN: Duration = Duration::from_secs(2);
/// Slowest line that is waited for, in bytes a second, and the longest a body may take with it.
const SLOWEST: u64 = 500;
const LONGEST: u64 = 600;
/// Time a body gets besides.
const PATIENCE: u64 = 60;

/// Bounds what requests may take. Clones are the same.
#[derive(Clone)]
pub struct Gate {
    room: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    seats: Arc<Semaphore>,
    limits: Limits,
}

/// What a request takes while it is here.
pub struct Places {
    _all: Vec<OwnedSemaphorePermit>,
}

impl Default for Gate {
    fn default() -> Self {
        Self::of(ROOM, QUEUE)
    }
}

impl Gate {
    fn of(room: usize, queue: usize) -> Self {
        Self {
            room: Arc::new(Semaphore::new(room)),
            queue: Arc::new(Semaphore::new(queue)),
            seats: Arc::new(Semaphore::new(AT_WORK)),
            limits: Limits::default(),
        }
    }

    /// Takes a request in; at most `limit` bytes of body.
    ///
    /// # Errors
    /// `Busy`, `TooLarge`, `BadMessage` for a body that broke off or took too long.
    pub async fn take(&self, request: Request, limit: usize) -> Result<Call> {
        let busy = || HubError::Busy { retry_after: AGAIN };
        let queued = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| busy())?;
        let bytes = length(&request).unwrap_or(limit).min(limit);
        let pieces = u32::try_from(bytes.div_ceil(PIECE).max(1)).unwrap_or(u32::MAX);
        let room = Arc::clone(&self.room)
            .acquire_many_owned(pieces)
            .await
            .map_err(|_| busy())?;
        let (parts, body) = request.into_parts();
        let body = match tokio::time::timeout(time_for(bytes), to_bytes(body, limit)).await {
            Ok(Ok(body)) => body,
            Ok(Err(error)) => return Err(cut_short(&error)),
            Err(_) => return Err(HubError::refused(RefusalCode::BadMessage)),
        };
        let seat = Arc::clone(&self.seats).acquire_owned().await.map_err(|_| busy())?;
        let places = Places {
            _all: vec![queued, room, seat],
        };
        Ok(Call::new(parts, body, limit, self.limits.clone(), places))
    }
}

/// Room for the piece of a file that is in memory before it is on the disk.
const FILE_PIECES: u32 = 4;

impl Gate {
    /// Takes the head of a request in whose body comes in pieces, each of them kept as it comes. It
    /// takes nobody's seat: a slow line holds no more than the room of one piece.
    ///
    /// # Errors
    /// `Busy`.
    pub async fn begin(&self, request: Request) -> Result<(Call, Body)> {
        let busy = || HubError::Busy { retry_after: AGAIN };
        let queued = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| busy())?;
        let room = Arc::clone(&self.room)
            .acquire_many_owned(FILE_PIECES)
            .await
            .map_err(|_| busy())?;
        let (parts, body) = request.into_parts();
        let places = Places {
            _all: vec![queued, room],
        };
        Ok((Call::new(parts, Bytes::new(), 0, self.limits.clone(), places), body))
    }
}

/// Bytes of the body, where its head says so.
fn length(request: &Request) -> Option<usize> {
    let text = request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?;
    text.parse().ok()
}

fn time_for(bytes: usize) -> Duration {
    let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
    let seconds = bytes.checked_div(SLOWEST).unwrap_or(0).saturating_add(PATIENCE);
    Duration::from_secs(seconds.min(LONGEST))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn request(bytes: usize) -> Request {
        let body = vec![b' '; bytes];
        let builder = axum::http::Request::builder().header(header::CONTENT_LENGTH, bytes);
        builder.body(Body::from(body)).unwrap()
    }

    #[tokio::test]
    async fn whoever_finds_the_queue_full_is_told_when_to_come_again() {
        let gate = Gate::of(10, 2);
        let one = gate.take(request(10), 100).await.ok();
        let two = gate.take(request(10), 100).await.ok();
        assert!(one.is_some() && two.is_some());
        let refusal = gate.take(request(10), 100).await.err().map(|error| error.refusal());
        let refusal = refusal.unwrap();
        assert_eq!((refusal.code, refusal.retry_after_ms), (RefusalCode::Busy, Some(2_000)));
        drop(one);
        assert!(gate.take(request(10), 100).await.is_ok());
    }

    #[tokio::test]
    async fn a_large_body_waits_for_room_and_small_ones_do_not_wait_for_it() {
        let gate = Gate::of(3, 9);
        let two = gate.take(request(2 * PIECE), 8 * PIECE).await.ok();
        assert!(two.is_some());
        let mut large = std::pin::pin!(gate.take(request(2 * PIECE), 8 * PIECE));
        let soon = Duration::from_millis(20);
        assert!(
            tokio::time::timeout(soon, &mut large).await.is_err(),
            "there is room for one piece"
        );
        drop(two);
        assert!(large.await.is_ok());
        let too_large = gate
            .take(request(200), 100)
            .await
            .err()
            .map(|error| error.refusal().code);
        assert_eq!(too_large, Some(RefusalCode::TooLarge));
    }

    #[test]
    fn a_slow_line_gets_the_time_it_needs() {
        assert_eq!(time_for(0), Duration::from_secs(60));
        assert!(time_for(150_000) >= Duration::from_secs(75 + 60), "150 kB at 2 kB/s");
        assert_eq!(time_for(usize::MAX), Duration::from_secs(600));
    }
}
