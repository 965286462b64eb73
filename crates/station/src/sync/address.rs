//! Where a hub is. Over TLS it may be anywhere, because it is known by its key; plain HTTP goes to
//! this very machine only, and only when somebody asked for it.

use std::net::IpAddr;

use crate::error::{ApiError, Code, Result};

/// An address without a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// `https://host[:port]`.
    Tls(String),
    /// `http://` and a name of this machine.
    PlainLoopback(String),
}

impl Address {
    /// Reads what somebody typed; `plain` is their wish for a line that is not encrypted.
    ///
    /// # Errors
    /// `INVALID_ADDRESS`.
    pub fn read(text: &str, plain: bool) -> Result<Self> {
        let wrong = || ApiError::of(Code::InvalidAddress, "hub");
        let address = text.trim().trim_end_matches('/');
        let (scheme, rest) = address.split_once("://").ok_or_else(wrong)?;
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (rest, None),
        };
        let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '[' | ']' | ':');
        let sound = !host.is_empty() && host.chars().all(letter);
        if !sound || port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return Err(wrong());
        }
        match scheme {
            "https" => Ok(Self::Tls(address.to_owned())),
            "http" if plain && is_here(host) => Ok(Self::PlainLoopback(address.to_owned())),
            _ => Err(wrong()),
        }
    }

    /// As it is stored and called.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Tls(text) | Self::PlainLoopback(text) => text,
        }
    }
}

fn is_here(host: &str) -> bool {
    let bare = host.trim_matches(['[', ']']);
    bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_goes_to_this_machine_only_and_only_by_wish() {
        let read = |text: &str| Address::read(text, true).unwrap();
        assert_eq!(read(" http://127.0.0.1:8080/ ").as_str(), "http://127.0.0.1:8080");
        for here in ["http://[::1]:9", "http://localhost:9", "http://127.0.0.1"] {
            assert_eq!(read(here), Address::PlainLoopback(here.to_owned()));
            assert_eq!(
                Address::read(here, false).unwrap_err().code,
                Code::InvalidAddress,
                "{here}"
            );
        }
        for wrong in [
            "http://10.0.0.1:80",
            "127.0.0.1:80",
            "http://127.0.0.1:80/x",
            "http://127.0.0.1.evil:1",
            "http://user@127.0.0.1",
            "",
        ] {
            assert_eq!(
                Address::read(wrong, true).unwrap_err().code,
                Code::InvalidAddress,
                "{wrong}"
            );
        }
    }

    #[test]
    fn over_tls_a_hub_may_be_anywhere() {
        for there in [
            "https://10.0.0.1",
            "https://mot-cua.xa-mau.vn:8443",
            "https://[2001:db8::1]:9",
            "https://127.0.0.1",
        ] {
            assert_eq!(Address::read(there, false).unwrap(), Address::Tls(there.to_owned()));
        }
        for wrong in [
            "https://",
            "https://a b",
            "https://a:x",
            "https://a:99999",
            "https://a/b",
            "ftp://a",
            "https://a@b",
        ] {
            assert_eq!(
                Address::read(wrong, false).unwrap_err().code,
                Code::InvalidAddress,
                "{wrong}"
            );
        }
    }
}
