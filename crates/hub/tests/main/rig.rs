//! A whole hub in this process: own folders, own clock, a free port.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::DateTime;
use hub::Hub;
use tempfile::TempDir;
use tokio::sync::oneshot;
use vault::OsEntropy;

use crate::device::Device;

pub const AGENCY: &str = "H99.128";
/// 23 November 2026, 15:10 in Viet Nam.
pub const START: &str = "2026-11-23T08:10:00Z";

pub struct Folders {
    _root: TempDir,
    pub data: PathBuf,
    pub keys: PathBuf,
}

impl Folders {
    pub fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let (data, keys) = (root.path().join("data"), root.path().join("keys"));
        Self {
            _root: root,
            data,
            keys,
        }
    }
}

pub struct Rig {
    pub folders: Folders,
    pub clock: Arc<AtomicI64>,
    running: Option<Running>,
}

struct Running {
    hub: Hub,
    url: String,
    stop: oneshot::Sender<()>,
    thread: std::thread::JoinHandle<()>,
}

impl Rig {
    pub fn new() -> Self {
        let start = START.parse::<DateTime<chrono::Utc>>().unwrap().timestamp_millis();
        let mut rig = Self {
            folders: Folders::new(),
            clock: Arc::new(AtomicI64::new(start)),
            running: None,
        };
        rig.start();
        rig
    }

    pub fn open(&self) -> Hub {
        let clock = Arc::clone(&self.clock);
        let now = move || DateTime::from_timestamp_millis(clock.load(Ordering::SeqCst)).unwrap();
        Hub::open(
            &self.folders.data,
            &self.folders.keys,
            Arc::new(OsEntropy),
            Arc::new(now),
        )
        .unwrap()
    }

    pub fn start(&mut self) {
        let hub = self.open();
        let served = hub.clone();
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                tell.send(format!("http://{}", listener.local_addr().unwrap())).unwrap();
                let stop = async move { stopped.await.unwrap_or_default() };
                served.serve(listener, stop).await.unwrap();
            });
        });
        self.running = Some(Running {
            hub,
            url: told.recv().unwrap(),
            stop,
            thread,
        });
    }

    pub fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            let _ = running.stop.send(());
            running.thread.join().unwrap();
        }
    }

    pub fn restart(&mut self) {
        self.stop();
        self.start();
    }

    pub fn hub(&self) -> &Hub {
        &self.running.as_ref().unwrap().hub
    }

    pub fn url(&self) -> &str {
        &self.running.as_ref().unwrap().url
    }

    /// The database itself, while no hub has it.
    pub fn database(&self, work: impl FnOnce(&rusqlite::Connection)) {
        assert!(self.running.is_none(), "stop the hub first");
        let keys = vault::KeyRing::open(&self.folders.data, &self.folders.keys).unwrap();
        static MIGRATIONS: include_dir::Dir<'static> =
            include_dir::include_dir!("$CARGO_MANIFEST_DIR/../../migrations/hub/sqlite");
        let database =
            vault::Database::open(&self.folders.data, "hub.db", keys.database_key(), &MIGRATIONS, "test").unwrap();
        work(&database.writer().unwrap());
    }

    pub fn enrolled(&self, seed: u8) -> Device {
        self.enrolled_at(seed, AGENCY)
    }

    pub fn enrolled_at(&self, seed: u8, agency: &str) -> Device {
        let mut device = Device::new(seed, agency);
        let code = self.hub().new_code(agency).unwrap();
        device.enrol(self.url(), &code).unwrap();
        device
    }

    /// Another invented agency.
    pub fn second_agency(&self) -> &'static str {
        let facts = wire::protocol::AgencyFacts {
            code: "H99.129".to_owned(),
            name: "Trung tâm Phục vụ hành chính công Xã Thử".to_owned(),
            ..hub::sample_agency()
        };
        self.hub().put_agency(&facts).unwrap();
        "H99.129"
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.stop();
        }
    }
}
