//! Bounds of this server, whoever asks: wrong enrolment codes, and how often one device asks.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use dossier::DeviceId;
use tokio::time::Instant;
use wire::protocol::RefusalCode;

use super::throttle::Throttle;
use crate::error::{HubError, Result};

/// Wrong codes from one address at once, and how long until another one may be tried. With sixty
/// secret bits and ten minutes nobody comes near guessing one.
const GUESSES: (u32, Duration) = (10, Duration::from_secs(10));
/// Requests of one device at once and in the long run: far more than any counter has reason for, so
/// that only a program gone wild meets it.
const REQUESTS: (u32, Duration) = (5_000, Duration::from_millis(5));

/// Counted since the server started. Clones are the same.
#[derive(Clone)]
pub struct Limits(Arc<Inner>);

struct Inner {
    start: Instant,
    guesses: Mutex<Throttle<IpAddr>>,
    requests: Mutex<Throttle<DeviceId>>,
}

impl Default for Limits {
    fn default() -> Self {
        Self(Arc::new(Inner {
            start: Instant::now(),
            guesses: Mutex::new(Throttle::new(GUESSES.0, GUESSES.1)),
            requests: Mutex::new(Throttle::new(REQUESTS.0, REQUESTS.1)),
        }))
    }
}

impl Limits {
    fn now(&self) -> Duration {
        self.0.start.elapsed()
    }

    /// Tries a code for somebody at this address; a wrong one counts against them.
    ///
    /// # Errors
    /// `Busy` after too many wrong ones; what the try itself is refused with.
    pub fn guess<T>(&self, peer: IpAddr, attempt: impl FnOnce() -> Result<T>) -> Result<T> {
        let (peer, now) = (neighbourhood(peer), self.now());
        lock(&self.0.guesses).ready(&peer, now).map_err(busy)?;
        let done = attempt();
        let wrong = |error: &HubError| error.refusal().code == RefusalCode::EnrolmentCodeInvalid;
        if done.as_ref().is_err_and(wrong) {
            lock(&self.0.guesses).charge(peer, now);
        }
        done
    }

    /// Counts a request of a device whose signature was verified.
    ///
    /// # Errors
    /// `Busy`.
    pub fn count(&self, device: DeviceId) -> Result<()> {
        lock(&self.0.requests).take(device, self.now()).map_err(busy)
    }
}

/// Whoever has one IPv6 address has all of its network. An IPv4 address is itself, also where the socket
/// listens for both and says it as an IPv6 one: all of those would be one network.
pub fn neighbourhood(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        ip @ IpAddr::V4(_) => ip,
        IpAddr::V6(ip) => Ipv6Addr::from_bits(ip.to_bits() >> 64 << 64).into(),
    }
}

fn busy(wait: Duration) -> HubError {
    HubError::Busy { retry_after: wait }
}

/// A thread that panicked left no half count.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neighbourhood_is_an_address_or_a_network() {
        let of = |text: &str| neighbourhood(text.parse().unwrap()).to_string();
        assert_eq!(of("192.0.2.7"), "192.0.2.7");
        assert_eq!(
            of("::ffff:192.0.2.7"),
            "192.0.2.7",
            "the same caller on a socket for both"
        );
        assert_ne!(of("::ffff:192.0.2.7"), of("::ffff:192.0.2.8"));
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }
}
