//! Invented `register` requests over every procedure the station knows, with every state a component
//! can be in.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::json::Part as _;
use crate::people::{Dice, applicant, authorised};
use crate::stop::{Outcome, failed};

/// How a component can be handed in, and how many of it are then counted.
const STATES: &[(&str, Option<u32>)] = &[
    ("original", Some(1)),
    ("certified", Some(1)),
    ("copy", Some(2)),
    ("presented", Some(1)),
    ("from_database", None),
    ("missing", None),
    ("not_applicable", None),
];

/// `count` invented requests over `procedures` (answers of the command `procedure`), in turn.
pub fn invent(count: usize, procedures: &[Value]) -> Outcome<Vec<Value>> {
    (0..count).map(|number| numbered(number, procedures)).collect()
}

/// The invented request of this number alone.
pub fn numbered(number: usize, procedures: &[Value]) -> Outcome<Value> {
    match number.checked_rem(procedures.len()).and_then(|at| procedures.get(at)) {
        Some(procedure) => Ok(one(number, procedure)),
        None => failed("the station knows no procedure"),
    }
}

fn one(number: usize, procedure: &Value) -> Value {
    let mut dice = Dice::new(u64::try_from(number).unwrap_or(0));
    let case = case(number, procedure);
    let mut request = Map::new();
    request.insert("request_id".to_owned(), json!(format!("demo-{number:05}")));
    request.insert("procedure".to_owned(), procedure.part("code").clone());
    if let Some(case) = &case {
        request.insert("case".to_owned(), json!(case));
    }
    request.insert("channel".to_owned(), json!("direct"));
    request.insert("applicant".to_owned(), applicant(number, &mut dice));
    if number % 7 == 6 {
        request.insert("authorised".to_owned(), authorised(number, &mut dice));
    }
    request.insert(
        "components".to_owned(),
        Value::Array(handed_in(number, procedure, case.as_deref())),
    );
    request.insert("sets".to_owned(), json!(1));
    request.insert(
        "return_via".to_owned(),
        json!(if number % 4 == 3 { "post" } else { "counter" }),
    );
    Value::Object(request)
}

/// The cases of a procedure in turn.
fn case(number: usize, procedure: &Value) -> Option<String> {
    let cases = procedure.part("cases").as_array()?;
    let at = number.checked_rem(cases.len())?;
    cases.get(at)?.part("id").as_str().map(str::to_owned)
}

/// The components that belong to a case, each with its place in the list.
fn components<'a>(procedure: &'a Value, case: Option<&str>) -> Vec<&'a Value> {
    let belongs = |component: &&Value| {
        let cases = component
            .part("cases")
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        cases.is_empty() || cases.iter().any(|one| one.as_str() == case)
    };
    procedure
        .part("components")
        .as_array()
        .map(|all| all.iter().filter(belongs).collect())
        .unwrap_or_default()
}

/// The first component is really handed in (something must be there to scan); the others go through
/// every state in turn.
fn handed_in(number: usize, procedure: &Value, case: Option<&str>) -> Vec<Value> {
    let turn = number.checked_rem(STATES.len()).unwrap_or(0);
    let usual = STATES.iter().cycle().skip(turn);
    let states = STATES.iter().take(1).chain(usual);
    components(procedure, case)
        .into_iter()
        .zip(states)
        .map(|(component, state)| entry(component, state))
        .collect()
}

fn entry(component: &Value, (state, count): &(&str, Option<u32>)) -> Value {
    match count {
        Some(count) => json!({"no": component.part("no"), "state": state, "count": count}),
        None => json!({"no": component.part("no"), "state": state}),
    }
}

/// Every name and identity number of a request, as given: what must not be readable on disk.
pub fn personal(request: &Value) -> BTreeSet<String> {
    let words = [
        "/applicant/name",
        "/applicant/id_number",
        "/authorised/name",
        "/authorised/id_number",
    ];
    words
        .iter()
        .filter_map(|at| request.pointer(at)?.as_str())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn procedure() -> Value {
        json!({"code": "2.000815", "cases": [{"id": "a"}, {"id": "b"}], "components": [
            {"no": 1, "cases": []}, {"no": 2, "cases": ["a"]}, {"no": 3, "cases": ["b"]}, {"no": 4, "cases": []},
        ]})
    }

    #[test]
    fn requests_are_the_same_in_every_run_and_use_every_state() {
        let first = invent(30, &[procedure()]).unwrap();
        assert_eq!(first, invent(30, &[procedure()]).unwrap());
        let text = Value::Array(first).to_string();
        for (state, _) in STATES {
            assert!(text.contains(&format!("\"{state}\"")), "{state}");
        }
    }

    #[test]
    fn only_components_of_the_case_are_handed_in() {
        let requests = invent(2, &[procedure()]).unwrap();
        let numbers = |at: usize| -> Vec<u64> {
            requests[at]["components"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["no"].as_u64().unwrap())
                .collect()
        };
        assert_eq!((numbers(0), numbers(1)), (vec![1, 2, 4], vec![1, 3, 4]));
    }
}
