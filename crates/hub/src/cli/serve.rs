//! `motcua-hub serve`: on loopback only, because it speaks plain HTTP.

use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;

use hub::{Hub, HubError};
use tokio::net::TcpListener;

use super::{Failure, Options};

/// File in the data folder with the address of the running server.
pub const ADDRESS: &str = "hub.address";

pub fn serve(options: &Options) -> Result<(), Failure> {
    let address = loopback(options.text("listen")?)?;
    let hub = options.open()?;
    let dir = options.data()?;
    let runtime = tokio::runtime::Runtime::new().map_err(io("start the runtime"))?;
    let served = runtime.block_on(listen(&hub, address, &dir));
    // The next administrator's command opens the database itself.
    let removed = std::fs::remove_file(dir.join(ADDRESS));
    served?;
    Ok(removed.map_err(io("remove the address file"))?)
}

/// Whoever else is on the network could read names and papers: refused until there is TLS.
fn loopback(text: &str) -> Result<SocketAddr, Failure> {
    let wrong = || Failure::Usage(format!("Địa chỉ {text} chưa đúng. Xin ghi như 127.0.0.1:8443."));
    let address: SocketAddr = text.parse().map_err(|_| wrong())?;
    if address.ip().is_loopback() {
        return Ok(address);
    }
    Err(Failure::Usage(format!(
        "Chưa thể mở máy chủ ở {text}: đường truyền chưa được mã hóa. Xin dùng địa chỉ trong máy, ví dụ 127.0.0.1:8443."
    )))
}

async fn listen(hub: &Hub, address: SocketAddr, dir: &Path) -> Result<(), Failure> {
    let listener = TcpListener::bind(address).await.map_err(io("listen"))?;
    let url = format!("http://{}", listener.local_addr().map_err(io("listen"))?);
    let stop = stop_signal()?;
    vault::write_durably(dir, ADDRESS, url.as_bytes()).map_err(HubError::from)?;
    let mut out = std::io::stdout();
    writeln!(out, "listening {url}")
        .and_then(|()| out.flush())
        .map_err(io("say where it listens"))?;
    Ok(hub.serve(listener, stop).await?)
}

#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut term = signal(SignalKind::terminate()).map_err(io("wait for signals"))?;
    let mut int = signal(SignalKind::interrupt()).map_err(io("wait for signals"))?;
    Ok(async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
    })
}

/// Untried on Windows.
#[cfg(not(unix))]
fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, Failure> {
    Ok(async move {
        // Without the signal the server runs on; it is then ended by the system.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

fn io(what: &'static str) -> impl FnOnce(std::io::Error) -> HubError {
    move |source| HubError::Io { what, source }
}
