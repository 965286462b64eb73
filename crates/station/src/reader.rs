//! What a code reader or a hand brings in: the text of a citizen card's QR, or a dossier code.

use dossier::card::{self, Card, CardError};
use dossier::code::{CodeForm, Scan};

use crate::api::responses::{self, CardFacts, CodeRead, Warning};
use crate::error::{ApiError, Code, Result};
use crate::lookup;
use crate::station::Station;

/// The facts of a card; what is odd about it comes as warnings.
///
/// # Errors
/// `NOT_A_CARD`, `INVALID_ID_NUMBER`.
pub fn card(payload: &str) -> Result<CardFacts> {
    card::parse(payload)
        .map(facts)
        .map_err(|error| refusal(&error, payload))
}

fn refusal(error: &CardError, payload: &str) -> ApiError {
    let code = match Code::named(error.code()) {
        Code::Internal => Code::NotACard,
        code => code,
    };
    let refused = ApiError::of(code, "payload").because(error);
    if code != Code::InvalidIdNumber {
        return refused;
    }
    let number = payload.chars().take_while(|c| *c != '|');
    refused.with("length", number.filter(char::is_ascii_digit).count())
}

fn facts(it: Card) -> CardFacts {
    CardFacts {
        id_number: it.id_number,
        old_id_number: it.old_id_number,
        name: it.name,
        birth_date: it.birth_date.map(|date| date.to_string()),
        gender: it.gender.map(Into::into),
        address: Some(it.address).filter(|address| !address.is_empty()),
        issued_on: it.issued_on.map(|date| date.to_string()),
        warnings: it
            .warnings
            .iter()
            .map(|warning| Warning {
                code: warning.code().to_owned(),
                message: warning.message().to_owned(),
            })
            .collect(),
    }
}

/// A dossier code in any accepted writing, or a separator slip.
///
/// # Errors
/// `NOT_A_CODE`, `AMBIGUOUS_CODE`.
pub fn code(station: &Station, text: &str) -> Result<CodeRead> {
    let read = lookup::read(station, text).map_err(|error| ApiError {
        field: Some("text".to_owned()),
        ..error
    })?;
    let component = match read {
        Scan::Separator { component, .. } => Some(component),
        Scan::Dossier(_) => None,
    };
    let code = read.into_code();
    let form = match code.form() {
        CodeForm::Form2025 => responses::CodeForm::Form2025,
        CodeForm::Form2018 => responses::CodeForm::Form2018,
        CodeForm::Temporary => responses::CodeForm::Temporary,
    };
    Ok(CodeRead {
        code: code.to_string(),
        form,
        component,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::promises::tests::Desk;

    #[test]
    fn a_slip_says_which_paper_and_a_receipt_none() {
        let desk = Desk::new("restart");
        let read = |text: &str| -> Value { desk.call("parse-code", &json!({"text": text})) };
        let slip = read("MC1:S:H99.128-261123-0417:3");
        assert_eq!(
            (&slip["code"], &slip["component"]),
            (&json!("H99.128-261123-0417"), &json!(3))
        );
        for receipt in [
            "H99.128-261123-0417",
            "https://dvc.example/tra-cuu?mahs=H99.128-261123-0417",
        ] {
            let read = read(receipt);
            assert_eq!((&read["code"], read.get("component")), (&slip["code"], None));
        }
    }
}
