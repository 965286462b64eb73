//! The hub as the tests speak of it: the real server in this process, reached through a line that
//! can be cut.

use std::sync::Arc;

use hub::{Hub, Report};
use rig::{Folders, Serving};
use vault::OsEntropy;

use crate::counter::now;
use crate::line::Line;

pub struct TestHub {
    pub line: Line,
    pub folders: Folders,
    running: Option<Running>,
}

struct Running {
    hub: Hub,
    serving: Serving<hub::HubError>,
}

impl TestHub {
    /// A new hub with the sample agency, listening; its clock stands where the counters' does.
    pub fn start() -> Self {
        let mut it = Self {
            line: Line::new(),
            folders: Folders::new().unwrap(),
            running: None,
        };
        it.open();
        it
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
        let served = hub.clone();
        let serving = Serving::start(async move |listener, stop| served.serve(listener, stop).await).unwrap();
        self.line.lead_to(Some(serving.address));
        self.running = Some(Running { hub, serving });
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
