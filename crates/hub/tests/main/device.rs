//! A counter PC reduced to its log and its signature.

use dossier::{DeviceId, Event};
use ed25519_dalek::SigningKey;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wire::envelope::hex;
use wire::protocol::{
    EnrolRequest, EnrolResponse, HelloRequest, HelloResponse, LeaseRequest, LeaseResponse, PROTOCOL, PullResponse,
    PushRequest, PushResponse, Refusal, RefusalCode, StreamName, signed,
};
use wire::{Clocks, Head, Record, Stream, first_prev};

use crate::events::{at, random};

/// An answer as it came.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn read<T: DeserializeOwned>(self) -> Result<T, Refusal> {
        if self.status == 200 {
            return Ok(serde_json::from_slice(&self.body).unwrap());
        }
        let refusal: Refusal = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(refusal.code.status(), self.status);
        Err(refusal)
    }

    pub fn refused(self) -> RefusalCode {
        self.read::<serde_json::Value>().unwrap_err().code
    }
}

#[derive(Clone)]
pub struct Device {
    pub stream: Stream,
    pub agency: String,
    pub key: SigningKey,
    pub records: Vec<Record>,
    /// `hashes[n]` is the hash after record n; `[0]` the first `prev`.
    pub hashes: Vec<[u8; 32]>,
    pub url: String,
    pub client: ureq::Agent,
}

impl Device {
    pub fn new(seed: u8, agency: &str) -> Self {
        let key = SigningKey::from_bytes(&[seed; 32]);
        let stream = Stream {
            device: DeviceId::new(u64::from(seed), [seed; 10]),
            epoch: 1,
        };
        let hashes = vec![first_prev(key.verifying_key().as_bytes())];
        let client = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .build()
            .into();
        Self {
            stream,
            agency: agency.to_owned(),
            key,
            records: Vec::new(),
            hashes,
            url: String::new(),
            client,
        }
    }

    /// The same device in another life.
    pub fn reborn(&self, seed: u8, epoch: u32) -> Self {
        let mut other = Self::new(seed, &self.agency);
        other.stream = Stream {
            device: self.stream.device,
            epoch,
        };
        other.url.clone_from(&self.url);
        other
    }

    pub fn enrol(&mut self, url: &str, code: &str) -> Result<EnrolResponse, Refusal> {
        url.clone_into(&mut self.url);
        let request = EnrolRequest {
            code: code.to_owned(),
            device: self.stream.device.to_string(),
            epoch: self.stream.epoch,
            public_key: hex(self.key.verifying_key().as_bytes()),
            name: "Quầy 1".to_owned(),
            protocol: PROTOCOL,
        };
        self.send("POST", "/v1/enrol", &serde_json::to_vec(&request).unwrap(), &[])
            .read()
    }

    pub fn write(&mut self, event: &Event) {
        let clocks = Clocks {
            at: at(),
            mono_ms: None,
            boot: None,
        };
        let seq = self.records.len() as u64 + 1;
        self.keep(Record::seal(event, clocks, 0, seq, random()).unwrap());
    }

    pub fn keep(&mut self, record: Record) {
        self.hashes.push(record.hash(&self.stream, self.hashes.last().unwrap()));
        self.records.push(record);
    }

    /// Records `from..=to` as a batch.
    pub fn batch(&self, from: usize, to: usize) -> PushRequest {
        PushRequest {
            stream: StreamName::from(self.stream),
            prev: hex(&self.hashes[from - 1]),
            records: self.records[from - 1..to].to_vec(),
            head: self.head(to),
            follows: false,
        }
    }

    pub fn head(&self, seq: usize) -> Head {
        Head::sign(&self.key, &self.stream, seq as u64, &self.hashes[seq])
    }

    pub fn push(&self, from: usize, to: usize) -> Result<PushResponse, Refusal> {
        self.post("/v1/push", &self.batch(from, to)).read()
    }

    pub fn push_all(&self) -> PushResponse {
        self.push(1, self.records.len()).unwrap()
    }

    pub fn hello(&self) -> Result<HelloResponse, Refusal> {
        let head = self.head(self.records.len());
        self.post(
            "/v1/hello",
            &HelloRequest {
                stream: self.stream.into(),
                head,
                protocol: PROTOCOL,
            },
        )
        .read()
    }

    pub fn pull(&self, after: u64, limit: u32) -> PullResponse {
        self.ask("GET", &format!("/v1/pull?after={after}&limit={limit}"), b"")
            .read()
            .unwrap()
    }

    pub fn lease(&self, series: &str, from: &str, days: u32, count: u32) -> Result<LeaseResponse, Refusal> {
        let request = LeaseRequest {
            series: series.to_owned(),
            from: from.to_owned(),
            days,
            count,
        };
        self.post("/v1/numbers/lease", &request).read()
    }

    pub fn post<T: Serialize>(&self, target: &str, message: &T) -> Answer {
        self.ask("POST", target, &serde_json::to_vec(message).unwrap())
    }

    /// A signed request.
    pub fn ask(&self, method: &str, target: &str, body: &[u8]) -> Answer {
        self.ask_packed(method, target, body, None)
    }

    /// A signed request over a line that may break.
    pub fn try_ask(&self, method: &str, target: &str, body: &[u8]) -> Option<Answer> {
        let signature = signed::sign(&self.key, method, target, body);
        let device = self.stream.device.to_string();
        self.try_send(
            method,
            target,
            body,
            &[
                (signed::DEVICE, device.as_str()),
                (signed::SIGNATURE, signature.as_str()),
            ],
        )
    }

    /// A signed request whose answer may be packed so.
    pub fn ask_accepting(&self, method: &str, target: &str, accepted: &str) -> Answer {
        let signature = signed::sign(&self.key, method, target, b"");
        let device = self.stream.device.to_string();
        let headers = [
            (signed::DEVICE, device.as_str()),
            (signed::SIGNATURE, signature.as_str()),
            ("accept-encoding", accepted),
        ];
        self.send(method, target, b"", &headers)
    }

    pub fn ask_packed(&self, method: &str, target: &str, body: &[u8], encoding: Option<&str>) -> Answer {
        let signature = signed::sign(&self.key, method, target, body);
        let device = self.stream.device.to_string();
        let mut headers = vec![
            (signed::DEVICE, device.as_str()),
            (signed::SIGNATURE, signature.as_str()),
        ];
        headers.extend(encoding.map(|name| ("content-encoding", name)));
        self.send(method, target, body, &headers)
    }

    /// A request with exactly these headers. Whatever the answer is, it names its question.
    pub fn send(&self, method: &str, target: &str, body: &[u8], headers: &[(&str, &str)]) -> Answer {
        self.try_send(method, target, body, headers).unwrap()
    }

    fn try_send(&self, method: &str, target: &str, body: &[u8], headers: &[(&str, &str)]) -> Option<Answer> {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{target}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let done = if method == "GET" || method == "HEAD" {
            self.client.run(request.body(()).unwrap())
        } else {
            self.client.run(request.body(body).unwrap())
        };
        let mut answer = done.ok()?;
        let signature = headers.iter().find(|(name, _)| *name == signed::SIGNATURE);
        let named = answer.headers().get(signed::ANSWERS).map(|it| it.to_str().unwrap());
        assert_eq!(
            named,
            signature.map(|(_, it)| signed::question(it)),
            "{method} {target}"
        );
        let status = answer.status().as_u16();
        Some(Answer {
            status,
            body: answer.body_mut().with_config().limit(128 << 20).read_to_vec().ok()?,
        })
    }
}
