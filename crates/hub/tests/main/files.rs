//! Files as a counter PC sends them: in pieces, each under its signed address.

use wire::protocol::{BlobPlace, Refusal, signed};

use crate::device::{Answer, Device};

/// Most bytes of one request.
const MOST: usize = 1 << 20;

/// The address of a file.
pub fn name(bytes: &[u8]) -> String {
    format!("/v1/blobs/{}", blake3::hash(bytes).to_hex())
}

/// The address of a file's bytes from so far on.
pub fn address(bytes: &[u8], from: usize) -> String {
    format!("{}?from={from}&size={}", name(bytes), bytes.len())
}

impl Device {
    /// Sends a piece under its signed address, with one header more.
    pub fn patch(&self, target: &str, piece: &[u8], more: Option<(&str, &str)>) -> Answer {
        let signature = signed::sign(&self.key, "PATCH", target, b"");
        let sender = self.stream.device.to_string();
        let mut headers = vec![
            (signed::DEVICE, sender.as_str()),
            (signed::SIGNATURE, signature.as_str()),
        ];
        headers.extend(more);
        self.send("PATCH", target, piece, &headers)
    }

    /// Sends bytes `from..to` of a file.
    pub fn piece(&self, bytes: &[u8], from: usize, to: usize) -> Result<BlobPlace, Refusal> {
        self.patch(&address(bytes, from), &bytes[from..to], None).read()
    }

    /// Where a file ends up there, and whether it is whole.
    pub fn place(&self, bytes: &[u8]) -> (u64, bool) {
        let told: BlobPlace = self.ask("GET", &format!("{}/place", name(bytes)), b"").read().unwrap();
        (told.offset, told.stored)
    }

    /// Sends a file from its beginning to its end.
    pub fn bring(&self, bytes: &[u8]) {
        let mut from = 0;
        loop {
            let told = self.piece(bytes, from, bytes.len().min(from + MOST)).unwrap();
            if told.stored {
                assert_eq!(told.offset, bytes.len() as u64);
                return;
            }
            assert!(told.offset > from as u64, "{told:?}");
            from = usize::try_from(told.offset).unwrap();
        }
    }
}
