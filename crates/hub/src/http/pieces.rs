//! The body of a file on its way up, taken in as it comes: what is here is put on the disk at least every
//! second, so that a line that breaks, or hangs without a word, loses no more than that.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header;
use dossier::BlobHash;
use tokio::time::Instant;
use wire::protocol::{BlobPlace, RefusalCode};
use wire::sync::client::LARGEST_CHUNK;

use super::call::Call;
use super::gate::LONGEST_FILE;
use super::{App, Said, json};
use crate::error::{HubError, Result};
use crate::hello::Caller;
use crate::parts::{self, Arrived};

/// Most bytes in memory of one file.
const PIECE: usize = 256 << 10;
/// The same as room.
const ROOM: u32 = 4;
/// Longest time they stay there.
const KEPT_EVERY: Duration = Duration::from_secs(1);
/// A line on which nothing comes for so long is gone.
const SILENCE: Duration = Duration::from_secs(60);

/// Where the bytes of a request go.
struct Target {
    caller: Caller,
    hash: BlobHash,
    size: u64,
}

impl App {
    /// Takes a file's bytes in and answers with what is on the disk. The room for them is held until then,
    /// a seat only while something is kept.
    pub async fn take_pieces(&self, request: Request) -> Result<Said> {
        let (call, body, mut places) = self.gate.begin(request)?;
        let (target, from) = self.target(call, |call| call.number("from", u64::MAX)).await?;
        self.gate.widen(&mut places, ROOM)?;
        let _turn = self.turns.take(target.caller.device, target.hash).await;
        self.take_all(&target, from, body).await
    }

    async fn take_all(&self, target: &Arc<Target>, mut from: u64, mut body: Body) -> Result<Said> {
        let begun = Instant::now();
        let mut left = usize::try_from(LARGEST_CHUNK).unwrap_or(usize::MAX);
        loop {
            let (piece, more) = gather(&mut body, PIECE.min(left), LONGEST_FILE.saturating_sub(begun.elapsed())).await;
            left = left.saturating_sub(piece.len());
            let next = from.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
            let place = self.keep(target, from, piece).await?;
            // Elsewhere, whole, or more than one request may carry: the answer says where to go on.
            if !more || left == 0 || place.stored || place.offset != next {
                return json(&place);
            }
            from = next;
        }
    }

    /// Says how much of a file is on the disk.
    pub async fn tell_place(&self, request: Request) -> Result<Said> {
        let (call, _, _places) = self.gate.begin(request)?;
        let (target, ()) = self.target(call, |_| Ok(())).await?;
        let _turn = self.turns.take(target.caller.device, target.hash).await;
        self.seated(move |hub| json(&parts::place(hub, &target.caller, &target.hash)?))
            .await
    }

    /// Whose request it is and which file it speaks of. Bytes of a file are never packed: they are kept
    /// before anybody could unpack them.
    async fn target<T: Send + 'static>(&self, call: Call, more: fn(&Call) -> Result<T>) -> Result<(Arc<Target>, T)> {
        self.seated(move |hub| {
            let target = Target {
                caller: call.caller(hub)?,
                hash: call.blob()?,
                size: call.number("size", u64::MAX)?,
            };
            let coding = call.header(header::CONTENT_ENCODING.as_str());
            if coding.is_some_and(|coding| coding != "identity") {
                return Err(HubError::refused(RefusalCode::BadMessage));
            }
            Ok((Arc::new(target), more(&call)?))
        })
        .await
    }

    async fn keep(&self, target: &Arc<Target>, from: u64, piece: Vec<u8>) -> Result<BlobPlace> {
        let target = Arc::clone(target);
        self.seated(move |hub| {
            let arrived = Arrived {
                size: target.size,
                from,
                bytes: &piece,
            };
            parts::append(hub, &target.caller, &target.hash, arrived)
        })
        .await
    }
}

/// What comes within a second of its first byte, and whether more may follow. A line that brings a byte
/// now and then is no reason to wait for ever: when no time is left, nothing more is taken.
async fn gather(body: &mut Body, most: usize, time_left: Duration) -> (Vec<u8>, bool) {
    let mut came = Vec::new();
    if time_left.is_zero() {
        return (came, false);
    }
    let first = tokio::time::timeout(SILENCE.min(time_left), next(body)).await;
    let Some(first) = first.ok().flatten() else {
        return (came, false);
    };
    came.extend_from_slice(&first);
    let filled = tokio::time::timeout(KEPT_EVERY, async {
        while came.len() < most {
            let Some(bytes) = next(body).await else { return false };
            came.extend_from_slice(&bytes);
        }
        true
    })
    .await;
    (came, filled.unwrap_or(true))
}

/// The next bytes; nothing at the end, and nothing when the line broke: both end the body.
async fn next(body: &mut Body) -> Option<Bytes> {
    loop {
        let frame = std::future::poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await;
        if let Ok(bytes) = frame?.ok()?.into_data() {
            return Some(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn when_no_time_is_left_nothing_more_is_taken() {
        let mut body = Body::from("trang");
        assert_eq!(gather(&mut body, 9, Duration::ZERO).await, (Vec::new(), false));
        assert_eq!(gather(&mut body, 9, LONGEST_FILE).await.0, b"trang");
    }
}
