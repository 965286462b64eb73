//! The transition table, held cell by cell.

use super::*;

/// Rows: every fact. Columns: the state before: Received, reFused, Processing, Supplement asked,
/// Awaiting payment, Withdrawn, sTopped, resolveD. A letter is the state after, `-` WRONG_STATE,
/// `!` the refusal named at the end of the row.
const TABLE: &str = "
    registered            ! ! ! ! ! ! ! !  ALREADY_REGISTERED
    code_assigned         R F P S A W T D
    code_voided           R F P S A W T D
    form_issued           R F P S A W T D
    form_printed          R F P S A W T D
    corrected             R - - S - - - -
    components_compared   R F P S A W T D
    page_attached         R F P S A W T D
    page_removed          R F P S A W T D
    page_restored         R F P S A W T D
    page_moved            R F P S A W T D
    handed_over           R F P S A W T D
    hand_over_accepted    R F P S A W T D
    processing_started    P - - - - - - -
    supplement_requested  S - S ! - - - -  SUPPLEMENT_ASKED_ALREADY
    supplement_received   - - - R - - - -
    payment_required      A - A - - - - -
    payment_received      R F P S R W T D
    payment_waived        R F P S R W T D
    payment_refunded      R F P S A W T D
    promise_changed       R - P S A - - -
    extended              R - P S A - - -
    intake_refused        F - - - - - - -
    withdrawn             W - W W W - - -
    stopped               T - T T T - - -
    resolved              D - D - - - - -
    result_arrived        - - - - - - - D
    result_returned       - F - - - W T D
    papers_returned       R F P S A W T D
    note_added            R F P S A W T D
    linked                R F P S A W T D
    rated                 R F P S A W T D
    erased                R F P S A W T D
    dispute_settled       R F P S A W T D
    device_enrolled       ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    epoch_opened          ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    officer_added         ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    officer_changed       ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    numbers_closed        ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    day_closed            ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    clock_confirmed       ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    seal_broken           ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    catalogue_approved    ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    cash_closed           ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    made_in_2031          R F P S A W T D
    note_added            R F P S A W T D
";

const STATES: [(Business, &str); 8] = [
    (Business::Received, "R"),
    (Business::Refused, "F"),
    (Business::Processing, "P"),
    (Business::SupplementRequested, "S"),
    (Business::AwaitingPayment, "A"),
    (Business::Withdrawn, "W"),
    (Business::Stopped, "T"),
    (Business::Resolved, "D"),
];

fn letter(business: Business) -> &'static str {
    STATES.iter().find(|(state, _)| *state == business).unwrap().1
}

fn in_state(business: Business) -> Dossier {
    let kind = match business {
        Business::Received => return ready(),
        Business::Refused => "intake_refused",
        Business::Processing => "processing_started",
        Business::SupplementRequested => "supplement_requested",
        Business::AwaitingPayment => "payment_required",
        Business::Withdrawn => "withdrawn",
        Business::Stopped => "stopped",
        Business::Resolved => "resolved",
    };
    after(&ready(), [sample(kind)])
}

#[test]
fn every_fact_in_every_state_does_what_the_table_says() {
    let rows: Vec<Vec<&str>> = TABLE
        .lines()
        .map(|row| row.split_whitespace().collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .collect();
    assert_eq!(rows.len(), samples().len(), "a row for every fact");
    for (row, fact) in rows.iter().zip(samples()) {
        assert_eq!(row[0], fact.kind(), "rows stand in the order of the list");
        for (place, (business, _)) in STATES.iter().enumerate() {
            let found = match apply(&in_state(*business), &at_counter(fact.clone())) {
                Ok(dossier) => letter(dossier.business),
                Err(Refused::WrongState) => "-",
                Err(other) => {
                    assert_eq!(row.get(9), Some(&other.code()), "{} in {business:?}", row[0]);
                    "!"
                }
            };
            assert_eq!(found, row[place + 1], "{} in {business:?}", row[0]);
        }
    }
}
