//! The hub as the tests speak of it: the real server in this process, reached through a line that
//! can be cut.

use std::sync::Arc;

use hub::{Hub, Over, Report};
use rig::{Folders, Serving};
use serde_json::{Value, json};
use vault::OsEntropy;

use crate::counter::now;
use crate::line::Line;

pub struct TestHub {
    pub line: Line,
    pub folders: Folders,
    over: fn(&Hub) -> Over,
    running: Option<Running>,
}

struct Running {
    hub: Hub,
    serving: Serving<hub::HubError>,
}

impl TestHub {
    /// A new hub with the sample agency, listening; its clock stands where the counters' does. Its line
    /// is plain, so that it can be cut after any byte of a message.
    pub fn start() -> Self {
        Self::over(|_| Over::PlainLoopback)
    }

    /// The same over TLS.
    pub fn secure() -> Self {
        Self::over(|hub| hub.tls().unwrap())
    }

    /// The same over whatever a test wants.
    pub fn over(over: fn(&Hub) -> Over) -> Self {
        let mut it = Self {
            line: Line::new(),
            folders: Folders::new().unwrap(),
            over,
            running: None,
        };
        it.open();
        it
    }

    /// Where it listens now.
    pub fn listens(&self) -> std::net::SocketAddr {
        self.running.as_ref().unwrap().serving.address
    }

    /// From now on over something else.
    pub fn speak(&mut self, over: fn(&Hub) -> Over) {
        self.over = over;
        self.restart();
    }

    /// What enrols a counter here, with a new code.
    pub fn enrolment(&self) -> Value {
        let plain = matches!((self.over)(self.hub()), Over::PlainLoopback);
        let near = self.line.address();
        let hub = if plain {
            near
        } else {
            near.replace("http://", "https://")
        };
        json!({"hub": hub, "code": self.code(), "plain": plain})
    }

    /// Starts on the folders it has, at another port: the line leads there.
    pub fn open(&mut self) {
        let hub = Hub::open(
            &self.folders.data,
            &self.folders.keys,
            Arc::new(OsEntropy),
            Arc::new(now),
        )
        .unwrap();
        let (served, over) = (hub.clone(), (self.over)(&hub));
        let serving = Serving::start(async move |listener, stop| served.serve(listener, over, stop).await).unwrap();
        self.running = Some(Running { hub, serving });
        self.line.lead_to(Some(self.listens()));
    }

    /// Stops as an administrator stops it.
    pub fn stop(&mut self) {
        self.line.lead_to(None);
        if let Some(running) = self.running.take() {
            drop(running.hub);
            running.serving.stop().unwrap();
        }
    }

    pub fn restart(&mut self) {
        self.stop();
        self.open();
    }

    /// A one-time enrolment code for the sample agency.
    pub fn code(&self) -> String {
        self.hub().new_code("H99.128").unwrap()
    }

    /// Publishes a signed file of rules.
    pub fn publish(&self, file: &str) {
        self.hub().publish_rules(file).unwrap();
    }

    pub fn report(&self) -> Report {
        self.hub().report().unwrap()
    }

    /// Every byte is as it was written; how many dossiers, events and files are there.
    pub fn whole(&self) -> (u64, u64, u64) {
        let report = self.report();
        assert_eq!((report.chain, report.problems.as_slice()), ("ok", [].as_slice()));
        (report.dossiers, report.events, report.blobs)
    }

    /// The same where something waits for a person to look at.
    pub fn whole_besides_tasks(&self) -> (u64, u64, u64) {
        let report = self.report();
        assert_eq!(report.chain, "ok");
        (report.dossiers, report.events, report.blobs)
    }

    pub fn devices(&self) -> Vec<hub::DeviceFacts> {
        self.hub().devices().unwrap()
    }

    /// Suspends a device, or takes it back.
    pub fn suspend(&self, device: &dossier::DeviceId, suspend: bool) {
        let done = if suspend {
            self.hub().suspend(device)
        } else {
            self.hub().reinstate(device)
        };
        done.unwrap();
    }

    fn hub(&self) -> &Hub {
        &self.running.as_ref().unwrap().hub
    }
}

impl Drop for TestHub {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.stop();
        }
    }
}
