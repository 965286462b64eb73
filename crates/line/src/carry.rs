//! A request there and its answer back, whatever lies between: the network in the product, and
//! whatever a test puts in its place.

use thiserror::Error;
use ureq::Error;
use ureq::http::{Method, Request, Response};

use crate::dial::{Dial, is_wrong_key};
use crate::pin::Pin;

/// Largest answer that is read: a page of pulled events.
const ANSWER: u64 = 64 << 20;

/// Carries requests to one server.
pub trait Carry: Send + Sync {
    /// Brings a request with all its bytes there, and the answer back, as it stands on the line. What
    /// is not answered may have been heard all the same.
    ///
    /// # Errors
    /// [`Broken`].
    fn carry(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Broken>;

    /// The key of the server that answered, where it has one.
    fn seen(&self) -> Option<Pin>;
}

/// Why there is no answer.
#[derive(Debug, Error)]
pub enum Broken {
    /// Somebody answered who does not have the key. Nothing was sent to them.
    #[error("{0}")]
    WrongKey(String),
    /// The line was not there, or broke.
    #[error("{0}")]
    Cut(String),
}

impl From<Error> for Broken {
    fn from(error: Error) -> Self {
        if is_wrong_key(&error) {
            Self::WrongKey(error.to_string())
        } else {
            Self::Cut(error.to_string())
        }
    }
}

impl Carry for Dial {
    fn carry(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Broken> {
        let answer = if request.method() == Method::GET {
            self.agent.run(request.map(drop))
        } else {
            self.agent.run(request)
        };
        let (parts, mut body) = answer?.into_parts();
        let bytes = body.with_config().limit(ANSWER).read_to_vec()?;
        Ok(Response::from_parts(parts, bytes))
    }

    fn seen(&self) -> Option<Pin> {
        self.seen()
    }
}
