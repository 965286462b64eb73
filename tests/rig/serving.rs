//! A server in this process: a free port, a thread with its own runtime, and a way to stop it.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::thread::JoinHandle;

use thread_priority::{ThreadPriority, set_current_thread_priority};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Done when the server has to stop.
pub type Stop = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A server that runs until it is stopped.
pub struct Serving<E> {
    /// Where it listens.
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<Result<(), E>>,
}

impl<E: Send + 'static> Serving<E> {
    /// Serves on a free port of this machine; calls are taken from the moment this returns.
    ///
    /// # Errors
    /// When the system gives no port or no thread.
    pub fn start<F>(serve: impl FnOnce(TcpListener, Stop) -> F + Send + 'static) -> io::Result<Self>
    where
        F: Future<Output = Result<(), E>>,
    {
        Self::on(|| (), serve)
    }

    /// The same as if it stood elsewhere: it works with what everybody else leaves of the processors.
    ///
    /// # Errors
    /// As [`Serving::start`].
    pub fn elsewhere<F>(serve: impl FnOnce(TcpListener, Stop) -> F + Send + 'static) -> io::Result<Self>
    where
        F: Future<Output = Result<(), E>>,
    {
        let behind = || drop(set_current_thread_priority(ThreadPriority::Min));
        Self::on(behind, serve)
    }

    fn on<F>(
        begin: impl Fn() + Send + Sync + 'static,
        serve: impl FnOnce(TcpListener, Stop) -> F + Send + 'static,
    ) -> io::Result<Self>
    where
        F: Future<Output = Result<(), E>>,
    {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .on_thread_start(begin)
            .enable_all()
            .build()?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        // A sender that vanished stops the server too.
        let stopped = Box::pin(async move { stopped.await.unwrap_or_default() });
        let thread = std::thread::spawn(move || runtime.block_on(serve(listener, stopped)));
        Ok(Self { address, stop, thread })
    }

    /// Where stations call.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops it as an administrator stops it, and waits until it has ended.
    ///
    /// # Errors
    /// What it ended with.
    ///
    /// # Panics
    /// As the server did, when it panicked.
    pub fn stop(self) -> Result<(), E> {
        // It may have ended by itself: then its answer says why.
        let _ = self.stop.send(());
        self.thread
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}
