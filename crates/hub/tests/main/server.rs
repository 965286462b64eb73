//! A whole hub in this process: own folders, own clock, a free port.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::DateTime;
use hub::{Hub, HubError, Over};
use rig::{Folders, Serving};
use vault::OsEntropy;

use crate::device::Device;

pub const AGENCY: &str = "H99.128";
/// 23 November 2026, 15:10 in Viet Nam.
pub const START: &str = "2026-11-23T08:10:00Z";

pub struct TestHub {
    pub folders: Folders,
    pub clock: Arc<AtomicI64>,
    running: Option<Running>,
}

struct Running {
    hub: Hub,
    url: String,
    serving: Serving<HubError>,
}

impl TestHub {
    pub fn new() -> Self {
        let start = START.parse::<DateTime<chrono::Utc>>().unwrap().timestamp_millis();
        let mut server = Self {
            folders: Folders::new().unwrap(),
            clock: Arc::new(AtomicI64::new(start)),
            running: None,
        };
        server.start();
        server
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
        let serving =
            Serving::start(async move |listener, stop| served.serve(listener, Over::PlainLoopback, stop).await)
                .unwrap();
        let url = serving.url();
        self.running = Some(Running { hub, url, serving });
    }

    pub fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.serving.stop().unwrap();
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

impl Drop for TestHub {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.stop();
        }
    }
}
