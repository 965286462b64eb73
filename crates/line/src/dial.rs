//! HTTP over that line: `ureq`, with a connector that opens it.

use std::fmt;
use std::io::{Read as _, Write as _};
use std::sync::{Arc, OnceLock};

use rustls::pki_types::ServerName;
use rustls::{CertificateError, ClientConfig, ClientConnection, StreamOwned};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{
    Buffers, ConnectProxyConnector, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout, TcpConnector,
    Transport, TransportAdapter,
};
use ureq::{Agent, Error};

use crate::pin::{Pin, Trust};
use crate::verify::client;

/// Who asks one server. Clones share its open connections.
#[derive(Debug, Clone)]
pub struct Dial {
    /// Asks.
    pub agent: Agent,
    seen: Arc<OnceLock<Pin>>,
}

impl Dial {
    /// Over TLS, to the server with this key and to no other.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn pinned(config: ureq::config::Config, trust: Trust) -> Result<Self, rustls::Error> {
        let seen = Arc::new(OnceLock::new());
        let opening = Opening(client(trust, Arc::clone(&seen))?);
        let way = ConnectProxyConnector::default()
            .chain(TcpConnector::default())
            .chain(opening);
        Ok(Self {
            agent: Agent::with_parts(config, way, DefaultResolver::default()),
            seen,
        })
    }

    /// Without TLS: for a server on this very machine alone.
    #[must_use]
    pub fn plain(config: ureq::config::Config) -> Self {
        Self {
            agent: Agent::new_with_config(config),
            seen: Arc::default(),
        }
    }

    /// The key of the server that answered.
    #[must_use]
    pub fn seen(&self) -> Option<Pin> {
        self.seen.get().copied()
    }
}

/// Whether somebody answered who does not have the key. Nothing was sent to them.
#[must_use]
pub fn is_wrong_key(error: &Error) -> bool {
    let Error::Io(error) = error else { return false };
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    inner == Some(&CertificateError::ApplicationVerificationFailure.into())
}

/// Opens TLS over a connection.
#[derive(Debug)]
struct Opening(Arc<ClientConfig>);

impl<In: Transport> Connector<In> for Opening {
    type Out = Either<In, Sealed<In>>;

    fn connect(&self, details: &ConnectionDetails, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        let transport = chained.ok_or(Error::ConnectionFailed)?;
        if !details.needs_tls() {
            // Never: the agent is told to ask for https alone.
            return Err(Error::RequireHttpsOnly(details.uri.to_string()));
        }
        let name = ServerName::try_from("motcua-hub").map_err(|_| Error::ConnectionFailed)?;
        let mut conn = ClientConnection::new(Arc::clone(&self.0), name).map_err(std::io::Error::other)?;
        let mut sock = TransportAdapter::new(transport, Arc::clone(&details.current_time));
        sock.set_timeout(details.timeout);
        conn.complete_io(&mut sock)?;
        let (input, output) = (details.config.input_buffer_size(), details.config.output_buffer_size());
        Ok(Some(Either::B(Sealed {
            buffers: LazyBuffers::new(input, output),
            stream: StreamOwned { conn, sock },
        })))
    }
}

/// A connection whose bytes nobody on the way can read or change.
struct Sealed<In: Transport> {
    buffers: LazyBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter<In>>,
}

impl<In: Transport> fmt::Debug for Sealed<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sealed").field(&self.stream.sock.inner()).finish()
    }
}

impl<In: Transport> Transport for Sealed<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.stream.sock.set_timeout(timeout);
        let output = self.buffers.output().get(..amount).ok_or(Error::ConnectionFailed)?;
        Ok(self.stream.write_all(output)?)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.stream.sock.set_timeout(timeout);
        let amount = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.sock.get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}
