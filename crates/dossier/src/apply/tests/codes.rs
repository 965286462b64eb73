//! Codes and forms.

use super::*;

#[test]
fn codes_are_given_once_and_void_for_ever() {
    let ready = ready();
    assert_eq!(ready.code().unwrap().code, code(TEMPORARY));
    let official = after(&ready, [sample("code_assigned")]);
    assert_eq!(
        official.code().unwrap().code,
        code(crate::samples::CODE),
        "official before temporary"
    );
    assert_eq!(refusal(&official, sample("code_assigned")), Refused::CodeTaken);
    let void = after(&official, [sample("code_voided")]);
    assert_eq!(refusal(&void, sample("code_voided")), Refused::NoSuchCode);
    assert_eq!(void.codes.len(), 2);
}

#[test]
fn prints_are_counted_and_need_a_form() {
    let printed = after(&ready(), [sample("form_printed"), sample("form_printed")]);
    assert_eq!(printed.receipt().unwrap().printed, 2);
    assert_eq!(refusal(&fresh(), sample("form_printed")), Refused::NoSuchForm);
}
