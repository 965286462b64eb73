//! Taking requests in: so many bytes may lie in memory and so many callers may wait, and whoever comes
//! then is told when to come again. A slow line takes room for its own bytes and nobody's turn.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::Request;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use wire::protocol::RefusalCode;

use super::call::Call;
use super::limits::Limits;
use crate::error::{HubError, Result};

/// Bytes of large bodies in memory at once: 128 MiB, counted in pieces of 64 KiB.
const ROOM: usize = 2_048;
/// What a stranger may send at most. A body that is no larger needs no room: its place in the queue is it,
/// so that large bodies hold up no greeting.
pub const PIECE: usize = 64 << 10;
/// Requests that are taken in or wait for it: small ones take at most 128 MiB. More than one neighbourhood
/// has connections.
const QUEUE: usize = 2_048;
/// Requests worked on at once. Writing is done one after the other anyway.
const AT_WORK: usize = 16;
/// When to come again.
const AGAIN: Duration = Duration::from_secs(2);
/// Slowest line that is waited for, in bytes a second, and the longest a body may take with it.
const SLOWEST: u64 = 500;
const LONGEST: u64 = 600;
/// The same for the body of a file, which is kept as it comes.
pub const LONGEST_FILE: Duration = Duration::from_secs(LONGEST);
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
pub struct Places(Vec<OwnedSemaphorePermit>);

impl Default for Gate {
    fn default() -> Self {
        Self::of(ROOM, QUEUE)
    }
}

const BUSY: HubError = HubError::Busy { retry_after: AGAIN };

impl Gate {
    /// A gate with so many pieces of room and so many places to wait.
    pub fn of(room: usize, queue: usize) -> Self {
        Self {
            room: Arc::new(Semaphore::new(room)),
            queue: Arc::new(Semaphore::new(queue)),
            seats: Arc::new(Semaphore::new(AT_WORK)),
            limits: Limits::default(),
        }
    }

    /// Takes a request in; at most `limit` bytes of body. Nobody waits for room: a large body that waited
    /// would stand before all the small ones.
    ///
    /// # Errors
    /// `Busy`, `TooLarge`, `BadMessage` for a body that broke off or took too long.
    pub async fn take(&self, request: Request, limit: usize) -> Result<Call> {
        let bytes = most(&request, limit);
        let mut places = self.queue()?;
        if bytes > PIECE {
            self.widen(&mut places, u32::try_from(bytes.div_ceil(PIECE)).unwrap_or(u32::MAX))?;
        }
        let (parts, body) = request.into_parts();
        let body = match tokio::time::timeout(time_for(bytes), to_bytes(body, limit)).await {
            Ok(Ok(body)) => body,
            Ok(Err(error)) => return Err(cut_short(&error)),
            Err(_) => return Err(HubError::refused(RefusalCode::BadMessage)),
        };
        places.0.push(self.seat().await?);
        Ok(Call::new(parts, body, limit, self.limits.clone(), Some(places)))
    }

    /// Takes the head of a request in whose body comes in pieces, each of them kept as it comes. Its place
    /// goes with the bytes, not with the head.
    ///
    /// # Errors
    /// `Busy`.
    pub fn begin(&self, request: Request) -> Result<(Call, Body, Places)> {
        let places = self.queue()?;
        let (parts, body) = request.into_parts();
        let call = Call::new(parts, Bytes::new(), 0, self.limits.clone(), None);
        Ok((call, body, places))
    }

    /// Room for so many pieces in memory more.
    ///
    /// # Errors
    /// `Busy`.
    pub fn widen(&self, places: &mut Places, pieces: u32) -> Result<()> {
        let room = Arc::clone(&self.room).try_acquire_many_owned(pieces);
        places.0.push(room.map_err(|_| BUSY)?);
        Ok(())
    }

    /// A place among those that are worked on: taken when the bytes are there, so that a slow line has none.
    ///
    /// # Errors
    /// `Busy` once the server goes.
    pub async fn seat(&self) -> Result<OwnedSemaphorePermit> {
        Arc::clone(&self.seats).acquire_owned().await.map_err(|_| BUSY)
    }

    fn queue(&self) -> Result<Places> {
        let queued = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| BUSY)?;
        Ok(Places(vec![queued]))
    }
}

/// The most bytes that can come of a request: what its head says, or the limit where it says nothing.
pub fn most(request: &Request, limit: usize) -> usize {
    let upper = request.body().size_hint().upper();
    let upper = upper.and_then(|bytes| usize::try_from(bytes).ok());
    upper.unwrap_or(limit).min(limit)
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
    use axum::http::header;

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
    async fn a_large_body_finds_room_or_is_refused_and_small_ones_need_none() {
        let gate = Gate::of(3, 9);
        let refused = async |bytes: usize, limit: usize| {
            let taken = gate.take(request(bytes), limit).await;
            taken.err().map(|error| error.refusal().code)
        };
        let two = gate.take(request(2 * PIECE), 8 * PIECE).await.ok();
        assert!(two.is_some());
        assert_eq!(
            refused(2 * PIECE, 8 * PIECE).await,
            Some(RefusalCode::Busy),
            "there is room for one piece"
        );
        for _ in 0..3 {
            assert_eq!(refused(10, 8 * PIECE).await, None, "small ones pass");
        }
        drop(two);
        assert_eq!(refused(2 * PIECE, 8 * PIECE).await, None);
        assert_eq!(refused(200, 100).await, Some(RefusalCode::TooLarge));
    }

    #[tokio::test]
    async fn a_file_keeps_its_place_until_it_is_told_to_go() {
        let gate = Gate::of(5, 1);
        let (call, _body, mut places) = gate.begin(request(10)).unwrap();
        gate.widen(&mut places, 4).unwrap();
        drop(call);
        assert!(gate.begin(request(10)).is_err() && gate.room.available_permits() == 1);
        drop(places);
        assert!(gate.begin(request(10)).is_ok() && gate.room.available_permits() == 5);
    }

    #[test]
    fn what_a_head_says_is_what_may_come() {
        assert_eq!(most(&request(70_000), 8 << 20), 70_000);
        assert_eq!(most(&request(9 << 20), 8 << 20), 8 << 20);
        let empty = axum::http::Request::new(Body::empty());
        assert_eq!(most(&empty, 8 << 20), 0, "a question brings no bytes");
    }

    #[test]
    fn a_slow_line_gets_the_time_it_needs() {
        assert_eq!(time_for(0), Duration::from_secs(60));
        assert!(time_for(150_000) >= Duration::from_secs(75 + 60), "150 kB at 2 kB/s");
        assert_eq!(time_for(usize::MAX), Duration::from_secs(600));
    }
}
