//! One request at a time for one file of one device: whoever comes back after a cut is told what is on
//! the disk once the request that was cut has put there what it had.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use dossier::{BlobHash, DeviceId};
use tokio::sync::OwnedMutexGuard;

/// How long somebody waits for a line that may be dead without having said so. What it brought is on
/// the disk but for the last second of it.
const PATIENCE: Duration = Duration::from_millis(300);

type Turn = tokio::sync::Mutex<()>;

type Under = BTreeMap<(DeviceId, BlobHash), Weak<Turn>>;

/// Files under way. Clones are the same.
#[derive(Clone, Default)]
pub struct Turns(Arc<Mutex<Under>>);

impl Turns {
    /// Waits for the requests before this one, a while; the turn ends when the answer is dropped.
    pub async fn take(&self, device: DeviceId, file: BlobHash) -> Option<OwnedMutexGuard<()>> {
        let turn = self.of((device, file));
        tokio::time::timeout(PATIENCE, turn.lock_owned()).await.ok()
    }

    fn of(&self, key: (DeviceId, BlobHash)) -> Arc<Turn> {
        // Nothing half done is left by a thread that panicked.
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| turn.strong_count() > 0);
        if let Some(turn) = turns.get(&key).and_then(Weak::upgrade) {
            return turn;
        }
        let turn = Arc::new(Turn::default());
        turns.insert(key, Arc::downgrade(&turn));
        turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_after_the_other_and_never_for_ever() {
        let (turns, device) = (Turns::default(), DeviceId::from_bytes([1; 16]));
        let (one, other) = (BlobHash::from_bytes([1; 32]), BlobHash::from_bytes([2; 32]));
        let first = turns.take(device, one).await;
        assert!(first.is_some());
        assert!(
            turns.take(device, other).await.is_some(),
            "another file waits for nobody"
        );
        assert!(turns.take(device, one).await.is_none(), "patience ends");
        drop(first);
        assert!(turns.take(device, one).await.is_some());
        turns.of((device, other));
        assert_eq!(turns.0.lock().unwrap().len(), 1, "what is over is forgotten");
    }
}
