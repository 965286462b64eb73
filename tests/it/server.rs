//! The hub as the tests speak of it: the real server in this process, reached through a line that
//! can be cut.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;

use hub::{Hub, Report};
use tokio::sync::oneshot;
use vault::OsEntropy;

use crate::counter::{Folders, now};
use crate::line::Line;

pub struct TestHub {
    pub line: Line,
    pub folders: Folders,
    running: Option<Running>,
}

struct Running {
    hub: Hub,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl TestHub {
    /// A new hub with the sample agency, listening; its clock stands where the counters' does.
    pub fn start() -> Self {
        let mut it = Self {
            line: Line::new(),
            folders: Folders::new(),
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
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel();
        let served = hub.clone();
        let thread = std::thread::spawn(move || serve(&served, stopped, &tell));
        self.line.lead_to(Some(told.recv().unwrap()));
        self.running = Some(Running { hub, stop, thread });
    }

    /// Stops as an administrator stops it.
    pub fn stop(&mut self) {
        self.line.lead_to(None);
        if let Some(running) = self.running.take() {
            let _ = running.stop.send(());
            drop(running.hub);
            running.thread.join().unwrap();
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

fn serve(hub: &Hub, stopped: oneshot::Receiver<()>, tell: &std::sync::mpsc::Sender<SocketAddr>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        tell.send(listener.local_addr().unwrap()).unwrap();
        let stop = async move { stopped.await.unwrap_or_default() };
        hub.serve(listener, stop).await.unwrap();
    });
}

impl Drop for TestHub {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.stop();
        }
    }
}
