//! Handshakes in memory: who is accepted, who is not.

use std::io::Read as _;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::version::{TLS12, TLS13};
use rustls::{CertificateError, ClientConnection, Error, ProtocolVersion, ServerConfig, ServerConnection};

use crate::verify::client;
use crate::{EnrolmentCode, HubKey, Trust, Valid};

fn key(seed: u8) -> HubKey {
    HubKey::from_seed(&[seed; 32]).unwrap()
}

/// What a counter that trusts so and a server so set up agree on.
fn talk(trust: Trust, server: Arc<ServerConfig>) -> Result<ProtocolVersion, Error> {
    let name = ServerName::try_from("motcua-hub").unwrap();
    let mut counter = ClientConnection::new(client(trust, Arc::default()).unwrap(), name).unwrap();
    let mut hub = ServerConnection::new(server).unwrap();
    while counter.is_handshaking() || hub.is_handshaking() {
        let (mut up, mut down) = (Vec::new(), Vec::new());
        while counter.wants_write() {
            counter.write_tls(&mut up).unwrap();
        }
        let mut up = up.as_slice();
        while !up.is_empty() {
            hub.read_tls(&mut up).unwrap();
            hub.process_new_packets()?;
        }
        while hub.wants_write() {
            hub.write_tls(&mut down).unwrap();
        }
        let mut down = down.as_slice();
        while !down.is_empty() {
            counter.read_tls(&mut down).unwrap();
            counter.process_new_packets()?;
        }
    }
    Ok(counter.protocol_version().unwrap())
}

const WRONG: Error = Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure);

#[test]
fn the_key_and_no_other_is_accepted() {
    let hub = key(1);
    let print = EnrolmentCode::parse(&EnrolmentCode::of(&[9; 12], hub.pin().print()).to_string());
    for trust in [Trust::Pin(hub.pin()), Trust::Print(print.unwrap().print.unwrap())] {
        assert_eq!(talk(trust.clone(), hub.server().unwrap()), Ok(ProtocolVersion::TLSv1_3));
        assert_eq!(talk(trust, key(2).server().unwrap()), Err(WRONG));
    }
    assert_eq!(key(1).pin(), hub.pin());
    assert_eq!(crate::Pin::parse(&hub.pin().text()), Some(hub.pin()));
}

#[test]
fn a_certificate_of_the_past_or_the_future_is_as_good() {
    for (from, to) in [(1990, 1991), (2300, 2301)] {
        let server = key(1).server_as(Valid { from, to }, rustls::DEFAULT_VERSIONS);
        assert_eq!(
            talk(Trust::Pin(key(1).pin()), server.unwrap()),
            Ok(ProtocolVersion::TLSv1_3)
        );
    }
}

#[test]
fn two_versions_and_none_before_them() {
    let hub = key(1);
    for (version, named) in [(&TLS12, ProtocolVersion::TLSv1_2), (&TLS13, ProtocolVersion::TLSv1_3)] {
        let server = hub.server_as(Valid::default(), &[version]).unwrap();
        assert_eq!(talk(Trust::Pin(hub.pin()), server), Ok(named));
    }
    // A greeting of TLS 1.1 (RFC 4346) with the suite every old program knew.
    let mut old = vec![0x16, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2];
    old.extend([7; 32]);
    old.extend([0, 0, 2, 0xc0, 0x09, 1, 0]);
    let mut hub = ServerConnection::new(hub.server().unwrap()).unwrap();
    hub.read_tls(&mut old.as_slice()).unwrap();
    assert!(hub.process_new_packets().is_err());
    let mut said = Vec::new();
    hub.write_tls(&mut said).unwrap();
    assert_eq!(said.first(), Some(&0x15), "an alert: {said:?}");
    assert!(hub.reader().read(&mut [0; 1]).is_err());
}
