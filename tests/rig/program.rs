//! The real server, as a process that is started, killed and stopped.

use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use crate::Folders;

/// A program of this workspace, from the folder the running test was built into.
///
/// # Errors
/// When it was not built.
pub fn beside_this_test(name: &str) -> io::Result<PathBuf> {
    let here = std::env::current_exe()?;
    let folder = here.parent().and_then(Path::parent);
    folder
        .map(|folder| folder.join(name))
        .filter(|program| program.is_file())
        .ok_or_else(|| {
            io::Error::other(format!(
                "{name} is not built: run `cargo build -p station -p hub` first"
            ))
        })
}

/// A command of the server's program on these folders.
#[must_use]
pub fn server_command(program: &Path, folders: &Folders, name: &str) -> Command {
    let mut command = Command::new(program);
    command.arg(name).args(folders.options());
    command
}

/// The real server on a port of its own. It ends with this value.
pub struct Server {
    child: Child,
    scheme: &'static str,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts it on a plain line and waits until it listens.
    ///
    /// # Errors
    /// When it does not start, or says something else than where it listens.
    pub fn start(program: &Path, folders: &Folders) -> io::Result<Self> {
        Self::start_on(program, folders, "http", &["--plain-loopback"])
    }

    /// The same over TLS, as people start it.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub fn secure(program: &Path, folders: &Folders) -> io::Result<Self> {
        Self::start_on(program, folders, "https", &[])
    }

    fn start_on(program: &Path, folders: &Folders, scheme: &'static str, more: &[&str]) -> io::Result<Self> {
        let mut command = server_command(program, folders, "serve");
        let mut child = command
            .args(["--listen", "127.0.0.1:0"])
            .args(more)
            .stdout(Stdio::piped())
            .spawn()?;
        match listening(&mut child, scheme) {
            Ok(address) => Ok(Self { child, scheme, address }),
            Err(why) => {
                child.kill()?;
                child.wait()?;
                Err(why)
            }
        }
    }

    /// Where stations call.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// SIGKILL: the power fails.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn kill(&mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait().map(drop)
    }

    /// SIGTERM, and how it ended.
    ///
    /// # Errors
    /// When nobody heard the signal.
    pub fn terminate(mut self) -> io::Result<ExitStatus> {
        let id = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status()?;
        if told.success() {
            self.child.wait()
        } else {
            Err(io::Error::other("the server could not be told to stop"))
        }
    }
}

/// The address in the line it says first.
fn listening(child: &mut Child, scheme: &str) -> io::Result<SocketAddr> {
    let mut line = String::new();
    if let Some(said) = child.stdout.as_mut() {
        BufReader::new(said).read_line(&mut line)?;
    }
    let address = line.trim().strip_prefix(format!("listening {scheme}://").as_str());
    address
        .and_then(|address| address.parse().ok())
        .ok_or_else(|| io::Error::other(format!("the server says {line:?}")))
}

impl Drop for Server {
    fn drop(&mut self) {
        // Killed or stopped before, mostly.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
