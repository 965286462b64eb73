//! `motcua-hub serve`: over TLS anywhere; plain HTTP on loopback only, and only when asked for.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

use hub::{Hub, HubError, Over};
use tokio::net::TcpListener;

use super::{Failure, Options};

/// File in the data folder with the address of the running server.
pub const ADDRESS: &str = "hub.address";

pub fn serve(options: &Options) -> Result<(), Failure> {
    let plain = options.flag("plain-loopback");
    let address = address(options.text("listen")?, plain)?;
    let hub = options.open()?;
    let dir = options.data()?;
    let runtime = tokio::runtime::Runtime::new().map_err(io("start the runtime"))?;
    let served = runtime.block_on(listen(&hub, address, plain, &dir));
    // The next administrator's command opens the database itself.
    let removed = std::fs::remove_file(dir.join(ADDRESS));
    served?;
    Ok(removed.map_err(io("remove the address file"))?)
}

/// On a plain line whoever else is on the network could read names and papers.
fn address(text: &str, plain: bool) -> Result<SocketAddr, Failure> {
    let wrong = || Failure::Usage(format!("Địa chỉ {text} chưa đúng. Xin ghi như 0.0.0.0:8443."));
    let address: SocketAddr = text.parse().map_err(|_| wrong())?;
    if address.ip().is_loopback() || !plain {
        return Ok(address);
    }
    Err(Failure::Usage(format!(
        "Chưa thể mở máy chủ ở {text}: với --plain-loopback đường truyền không được mã hóa. Xin bỏ --plain-loopback, hoặc \
         dùng địa chỉ trong máy, ví dụ 127.0.0.1:8443."
    )))
}

async fn listen(hub: &Hub, address: SocketAddr, plain: bool, dir: &Path) -> Result<(), Failure> {
    let over = if plain { Over::PlainLoopback } else { hub.tls()? };
    let scheme = if plain { "http" } else { "https" };
    let listener = TcpListener::bind(address).await.map_err(io("listen"))?;
    let local = listener.local_addr().map_err(io("listen"))?;
    let stop = stop_signal()?;
    let here = format!("{scheme}://{}", nearest(local));
    vault::write_durably(dir, ADDRESS, here.as_bytes()).map_err(HubError::from)?;
    let mut out = std::io::stdout();
    writeln!(out, "listening {scheme}://{local}")
        .and_then(|()| out.flush())
        .map_err(io("say where it listens"))?;
    Ok(hub.serve(listener, over, stop).await?)
}

/// Where this machine reaches a server that listens everywhere.
fn nearest(address: SocketAddr) -> SocketAddr {
    let ip: IpAddr = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
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
