//! The hub of a test: opened, asked without a socket, stopped, copied and put back.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::line::http::{Request, Response};
use axum::Router;
use axum::body::{Body, to_bytes};
use hub::{Hub, Peer};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;
use vault::SeededEntropy;

use super::eye::Eye;
use super::world::copy;
use crate::pc::Hands;

static MIGRATIONS: include_dir::Dir<'static> =
    include_dir::include_dir!("$CARGO_MANIFEST_DIR/../../migrations/hub/sqlite");

struct Open {
    eye: Eye,
    hub: Hub,
    router: Router,
}

pub struct Above {
    root: PathBuf,
    runtime: Arc<Runtime>,
    clock: Hands,
    seed: u64,
    open: Option<Open>,
    /// Copies of data and key folder, the newest last.
    kept: Vec<PathBuf>,
    copies: u32,
    /// How many of them.
    pub most: usize,
    /// How often it was opened, and how often put back.
    lives: u32,
    pub put_back: u32,
}

impl Above {
    pub fn open(root: PathBuf, clock: Hands, runtime: Arc<Runtime>, seed: u64) -> Self {
        let mut it = Self {
            root,
            runtime,
            clock,
            seed,
            open: None,
            kept: Vec::new(),
            copies: 0,
            most: 4,
            lives: 0,
            put_back: 0,
        };
        it.start();
        it
    }

    fn folders(&self) -> (PathBuf, PathBuf) {
        (self.root.join("data"), self.root.join("keys"))
    }

    fn start(&mut self) {
        self.lives += 1;
        let ((data, keys), clock) = (self.folders(), self.clock.clone());
        let entropy = SeededEntropy::new(self.seed ^ (u64::from(self.lives) << 40));
        let now = Arc::new(move || station::clock::Clock::now(&clock));
        let hub = Hub::open(&data, &keys, Arc::new(entropy), now).unwrap();
        self.open = Some(Open {
            eye: Eye::open((&data, &keys), "hub.db", &MIGRATIONS),
            router: hub::router(hub.clone()),
            hub,
        });
    }

    fn stop(&mut self, good: bool) {
        let open = self.open.take().unwrap();
        if good {
            drop(open.eye);
            open.hub.finish().unwrap();
        }
    }

    /// For good.
    pub fn close(&mut self) {
        self.stop(true);
    }

    pub fn restart(&mut self, good: bool) {
        self.stop(good);
        self.start();
    }

    pub fn hub(&self) -> &Hub {
        &self.open.as_ref().unwrap().hub
    }

    pub fn eye(&self) -> &Eye {
        &self.open.as_ref().unwrap().eye
    }

    /// Copies its folders as they lie there, while it runs.
    pub fn keep(&mut self) {
        let (data, keys) = self.folders();
        self.copies += 1;
        let to = self.root.join(format!("copy {}", self.copies));
        copy(&data, &to.join("data"));
        copy(&keys, &to.join("keys"));
        self.kept.push(to);
        if self.kept.len() > self.most {
            std::fs::remove_dir_all(self.kept.remove(0)).unwrap();
        }
    }

    #[must_use]
    pub fn copies(&self) -> usize {
        self.kept.len()
    }

    /// Puts the data folder back to one of its copies. The key folder lies elsewhere and stays, but for
    /// a planted mistake.
    pub fn put_back(&mut self, which: usize, keys_too: bool) {
        self.stop(false);
        self.put_back += 1;
        let (data, keys) = self.folders();
        let from = self.kept[which].clone();
        again(&from.join("data"), &data);
        if keys_too {
            again(&from.join("keys"), &keys);
        }
        self.start();
    }

    pub fn answer(&self, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
        let mut request = request.map(Body::from);
        request.extensions_mut().insert(Peer {
            ip: [127, 0, 0, 1].into(),
            here: true,
        });
        let router = self.open.as_ref().unwrap().router.clone();
        self.runtime.block_on(async {
            let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
            Response::from_parts(parts, to_bytes(body, usize::MAX).await.unwrap().to_vec())
        })
    }
}

fn again(from: &Path, to: &Path) {
    std::fs::remove_dir_all(to).unwrap();
    copy(from, to);
}
