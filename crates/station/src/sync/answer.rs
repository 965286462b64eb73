//! What came back of a question: an answer to it, a refusal, or nothing that can be believed.

use line::http::{HeaderValue, Response, request};
use line::{Broken, Carry};
use serde::de::DeserializeOwned;
use wire::pack::{self, Coding};
use wire::protocol::{Refusal, RefusalCode, signed};

use crate::error::{ApiError, Code, Result, internal};

/// Where an error says after how many milliseconds to ask again.
pub const RETRY_AFTER: &str = "retry_after_ms";

/// An answer, or the hub's refusal.
pub type Asked<A> = std::result::Result<A, Refusal>;

fn unreachable(broken: Broken) -> ApiError {
    let code = match broken {
        Broken::WrongKey(_) => Code::HubKeyWrong,
        Broken::Cut(_) => Code::HubUnreachable,
    };
    ApiError::new(code).because(broken)
}

/// Carries a question, and reads what came back.
///
/// # Errors
/// `HUB_UNREACHABLE`, `HUB_KEY_WRONG`, `HUB_TOO_OLD`, `HUB_REFUSED`.
pub fn carried<A: DeserializeOwned>(carry: &dyn Carry, request: request::Builder, body: Vec<u8>) -> Result<Asked<A>> {
    let request = request.body(body).map_err(internal)?;
    let signature = request.headers().get(signed::SIGNATURE).cloned();
    let response = carry.carry(request).map_err(unreachable)?;
    // One to another question would be believed where it happens to fit.
    if signature.is_some_and(|signature| is_of_another(&response, &signature)) {
        return Err(ApiError::new(Code::HubUnreachable).with("reason", "an answer to another question"));
    }
    answer(response)
}

/// Whether an answer names another question than that of the signature.
fn is_of_another(response: &Response<Vec<u8>>, signature: &HeaderValue) -> bool {
    let named = response.headers().get(signed::ANSWERS);
    let question = signature.to_str().map(signed::question);
    named.is_some_and(|named| question.is_ok_and(|question| named != question))
}

fn answer<A: DeserializeOwned>(response: Response<Vec<u8>>) -> Result<Asked<A>> {
    let status = response.status();
    let named = response.headers().get("content-encoding");
    let coding = named.and_then(|name| Coding::named(name.to_str().ok()?));
    let body = match coding {
        Some(coding) => unpacked(response.body(), coding)?,
        None => response.into_body(),
    };
    if status.is_success() {
        let read = serde_json::from_slice(&body).map_err(|error| ApiError::new(Code::HubTooOld).because(error))?;
        return Ok(Ok(read));
    }
    // No refusal of ours: something between, or a hub that is just starting.
    let strange = || ApiError::new(Code::HubUnreachable).with("reason", status.as_u16().to_string());
    serde_json::from_slice(&body).map(Err).map_err(|_| strange())
}

/// A few bytes that unpack to many stop at what a hub packs at most.
fn unpacked(body: &[u8], coding: Coding) -> Result<Vec<u8>> {
    let strange = |why: pack::Unpack| ApiError::new(Code::HubRefused).with("reason", why.to_string());
    pack::unpack(body, coding, pack::MOST_PLAIN).map_err(strange)
}

/// A refusal as the commands tell it.
pub fn refused(refusal: &Refusal) -> ApiError {
    let ours = match refusal.code {
        RefusalCode::EnrolmentCodeInvalid => Code::EnrolmentCodeInvalid,
        RefusalCode::DeviceSuspended => Code::DeviceSuspended,
        RefusalCode::Busy => Code::HubBusy,
        _ => Code::HubRefused,
    };
    let error = ApiError::new(ours).with("reason", format!("{:?}", refusal.code));
    match refusal.retry_after_ms {
        Some(wait) => error.with(RETRY_AFTER, wait.to_string()),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_belongs_to_the_question_it_names() {
        let signature = |digit: &str| HeaderValue::from_str(&digit.repeat(128)).unwrap();
        let answer = |name: &str| {
            Response::builder()
                .header(signed::ANSWERS, name)
                .body(Vec::new())
                .unwrap()
        };
        assert!(!is_of_another(&answer("aaaaaaaaaaaaaaaa"), &signature("a")));
        for other in ["aaaaaaaaaaaaaaab", "aaaaaaaaaaaaaaa", "", &"a".repeat(128)] {
            assert!(is_of_another(&answer(other), &signature("a")), "{other}");
        }
        // A hub of before names none, and something between may drop it.
        assert!(!is_of_another(&Response::new(Vec::new()), &signature("a")));
    }
}
