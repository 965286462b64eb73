//! How the two ends know each other before a message goes over the line: TLS in which the server is
//! known by its key and by nothing else.
//!
//! Nobody issues certificates to communes, a certificate runs out while nobody looks, and an old PC
//! has the date of its empty battery. So a counter is told a fingerprint of its server's key inside
//! the one-time enrolment code, checks it on the very first connection, and from then on accepts that
//! key: whatever name or date a certificate says, and no other key, whoever vouches for it.

mod carry;
mod code;
mod dial;
mod key;
mod pin;
mod verify;

#[cfg(test)]
mod tests;

pub use carry::{Broken, Carry};
pub use code::{EnrolmentCode, Mistyped};
pub use dial::{Dial, is_wrong_key};
pub use key::{HubKey, TlsError, Valid};
pub use pin::{KeyPrint, Pin, Trust};
pub use rustls::{DEFAULT_VERSIONS, ServerConfig, version};
pub use ureq::http;
