//! Amounts that somebody wrote as text, in a file or a table: `"8.000 đ"` is read as 8000, another
//! country's money is refused with its field, before the shape of the data is looked at.

use dossier::money::Dong;
use serde_json::Value;

use crate::catalogue::file::{Wrong, wrong};

/// Where a rule names an amount.
const KEYS: [&str; 4] = ["case", "copy", "amount", "cap"];

/// The data with every amount of its fees as a number of đồng.
///
/// # Errors
/// The first amount that cannot be taken, and why.
pub fn as_numbers(data: &Value) -> Result<Value, Wrong> {
    let mut data = data.clone();
    for list in ["fees", "amounts"] {
        if let Some(rules) = data.get_mut(list) {
            walk(list, "", rules)?;
        }
    }
    Ok(data)
}

fn walk(path: &str, key: &str, value: &mut Value) -> Result<(), Wrong> {
    match value {
        Value::Object(fields) => fields
            .iter_mut()
            .try_for_each(|(key, field)| walk(&format!("{path}.{key}"), key, field)),
        Value::Array(items) => items
            .iter_mut()
            .enumerate()
            .try_for_each(|(at, item)| walk(&format!("{path}[{at}]"), "", item)),
        Value::String(text) if KEYS.contains(&key) => {
            let amount: Dong = text
                .parse()
                .map_err(|why: dossier::money::UnreadAmount| wrong(path, &why.to_string()))?;
            *value = Value::from(amount.0);
            Ok(())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn amounts_as_text_are_read_or_refused_with_their_field() {
        let data = json!({"basis": "5 USD", "fees": [{"id": "case", "name": "8.000 đ", "cases": ["1 USD"],
            "per": {"page": {"tiers": [{"from": 1, "amount": "2.000 đ"}], "cap": "200.000"}},
            "reductions": [{"change": {"amount": "1.000đ"}}]}], "amounts": [{"per": {"case": 5000}}]});
        let read = as_numbers(&data).unwrap();
        assert_eq!(
            read["fees"][0]["per"],
            json!({"page": {"tiers": [{"from": 1, "amount": 2000}], "cap": 200_000}})
        );
        assert_eq!(read["fees"][0]["reductions"][0]["change"]["amount"], 1000);
        assert_eq!(
            (&read["basis"], &read["fees"][0]["cases"], &read["fees"][0]["name"]),
            (&data["basis"], &data["fees"][0]["cases"], &data["fees"][0]["name"])
        );
        for (text, why) in [
            (
                "5 USD",
                "Chỉ nhận tiền đồng Việt Nam, không nhận ngoại tệ. Xin nhập số đồng.",
            ),
            ("-5.000 đ", "Số tiền không được âm. Xin nhập lại."),
            ("miễn", "Số tiền phải là số nguyên, ví dụ 8.000. Xin gõ lại."),
        ] {
            let refused = as_numbers(&json!({"amounts": [{"per": "unset"}, {"per": {"copy": text}}]})).unwrap_err();
            assert_eq!(
                (refused.field.as_str(), refused.why.as_str()),
                ("amounts[1].per.copy", why)
            );
        }
    }
}
