//! The decisions one by one; how they hold together is the model's to show.

use super::client::{
    Ask, Mend, Page, Reaction, Refused, Search, Stop, Talk, Why, cut, halved, is_another, is_due, reaction,
};
use super::hub::{Beginning, Floor, Greeting, Opening, Wish, begin, blocks, greet, next_epoch, open};
use super::*;
use crate::pack::Effort;
use crate::protocol::{MAX_BATCH_BYTES, RefusalCode};

/// A chain of which only the hashes are there.
struct Short(Vec<u8>);

impl Chain for Short {
    type Error = std::convert::Infallible;

    fn head(&self) -> Position {
        Position {
            seq: self.0.len().saturating_sub(1) as u64,
            hash: [*self.0.last().unwrap(); 32],
        }
    }

    fn hash_at(&self, seq: u64) -> Result<Option<Hash>, Self::Error> {
        Ok(self.0.get(usize::try_from(seq).unwrap()).map(|byte| [*byte; 32]))
    }
}

fn at(seq: u64, byte: u8) -> Position {
    Position { seq, hash: [byte; 32] }
}

fn ours() -> Short {
    Short(vec![0, 1, 2, 3, 4])
}

#[test]
fn the_cursor_goes_where_the_answer_says() {
    let mut talk = Talk::new(3, 3, true);
    assert_eq!(talk.ask(), Ask::Hello);
    let heard = talk.greeted(&ours(), at(1, 1), false).unwrap();
    assert_eq!((heard.durable, heard.went_back), (Some(1), true));
    assert_eq!(
        talk.ask(),
        Ask::Push {
            after: 1,
            bytes: MAX_BATCH_BYTES
        }
    );
    assert_eq!(talk.pushed(&ours(), at(4, 4), 4).unwrap().durable, Some(4));
    talk.nothing_waits();
    assert_eq!(talk.ask(), Ask::Done);
}

#[test]
fn another_record_and_a_record_we_lack_are_told_apart() {
    for (durable, newest, then) in [
        (at(2, 9), true, Ask::Mend(Why::Forked)),
        (at(2, 9), false, Ask::Mend(Why::Forked)),
        (at(7, 7), true, Ask::Mend(Why::Behind)),
        (at(7, 7), false, Ask::Done),
    ] {
        let mut talk = Talk::new(1, 4, newest);
        let heard = talk.greeted(&ours(), durable, false).unwrap();
        assert_eq!(talk.ask(), then);
        assert_eq!(heard.durable, (then == Ask::Done).then_some(4));
    }
    let mut talk = Talk::new(1, 4, true);
    talk.greeted(&ours(), at(4, 4), true).unwrap();
    assert_eq!(talk.ask(), Ask::Mend(Why::Left));
}

#[test]
fn every_refusal_has_its_answer() {
    let after = |code, durable, records| {
        let mut talk = Talk::new(2, 4, true);
        talk.greeted(&ours(), at(2, 2), false).unwrap();
        let takes = None;
        talk.refused(&ours(), &Refused { code, durable, takes }, records)
            .unwrap();
        talk.ask()
    };
    let push = |after, bytes| Ask::Push { after, bytes };
    assert_eq!(after(RefusalCode::Gap, Some(at(1, 1)), 2), push(1, MAX_BATCH_BYTES));
    assert_eq!(after(RefusalCode::TooLarge, None, 2), push(2, MAX_BATCH_BYTES / 2));
    assert_eq!(after(RefusalCode::TooLarge, None, 1), Ask::Stop(Stop::RecordTooLarge));
    assert_eq!(after(RefusalCode::Fork, None, 1), Ask::Mend(Why::Forked));
    assert_eq!(after(RefusalCode::UnknownDevice, None, 1), Ask::Reopen);
    assert_eq!(after(RefusalCode::Gap, None, 1), Ask::Stop(Stop::Refused));
    for (code, stop) in [
        (RefusalCode::DeviceSuspended, Stop::Suspended),
        (RefusalCode::Upgrade, Stop::Upgrade),
        (RefusalCode::Busy, Stop::Later),
        (RefusalCode::ServerFull, Stop::Later),
        (RefusalCode::BadSignature, Stop::Refused),
    ] {
        assert_eq!(reaction(code), Reaction::Stop(stop));
    }
}

#[test]
fn a_hub_that_never_moves_ends_the_talk() {
    let mut talk = Talk::new(0, 4, true);
    talk.greeted(&ours(), at(1, 1), false).unwrap();
    let answers = std::iter::repeat_with(|| {
        talk.pushed(&ours(), at(1, 1), 4).unwrap();
        talk.ask()
    });
    assert_eq!(
        answers.take(10).filter(|ask| matches!(ask, Ask::Push { .. })).count(),
        3
    );
}

#[test]
fn a_batch_is_cut_by_bytes_and_never_to_nothing() {
    assert_eq!(cut([10, 10, 10], 25, 1_000), 2);
    assert_eq!(cut([90, 1], 25, 1_000), 1);
    assert_eq!(cut([1; 50], 1_000, 20), 20);
    assert_eq!(cut([], 25, 1_000), 0);
    assert_eq!(
        (halved(64, 2, None), halved(64, 2, Some(8)), halved(64, 1, None)),
        (Some(32), Some(8), None)
    );
}

#[test]
fn the_search_finds_where_histories_part() {
    let page = |after, prev, hashes: &[Hash]| {
        Mend::from(4, 9).read(
            &ours(),
            &Page {
                after,
                prev: [prev; 32],
                hashes,
            },
        )
    };
    let same = |common, stranger| Search::Same { common, stranger };
    assert_eq!(page(1, 1, &[[2; 32], [9; 32]]).unwrap(), same(2, false));
    assert_eq!(page(0, 8, &[]).unwrap(), same(0, true));
    let Search::Earlier(earlier) = page(4, 9, &[]).unwrap() else {
        panic!("the page begins too late")
    };
    assert_eq!(earlier.after(), 2);
}

#[test]
fn a_hello_compares_where_both_have_a_record() {
    let greeted = |seq, byte| greet(&ours(), &at(seq, byte)).unwrap();
    let durable = at(4, 4);
    assert_eq!(greeted(4, 4), Greeting::Agree(durable));
    assert_eq!(greeted(2, 2), Greeting::Agree(durable));
    assert_eq!(greeted(9, 9), Greeting::Agree(durable));
    assert_eq!(greeted(0, 0), Greeting::Agree(durable));
    assert_eq!(greeted(3, 9), Greeting::Fork(durable));
}

#[test]
fn an_epoch_is_given_to_one_copy_only() {
    assert_eq!(
        (
            next_epoch(1, 0),
            next_epoch(7, 0),
            next_epoch(2, 1),
            next_epoch(1_004, 1)
        ),
        (2, 8, 1_001, 1_005)
    );
    assert_eq!(open(Wish::Begin, 3, None, 3), Opening::New);
    assert_eq!(open(Wish::Begin, 2, Some(true), 3), Opening::Again);
    assert_eq!(open(Wish::Begin, 2, Some(false), 3), Opening::Taken(3));
    // Offered by a database that was lost since: somebody else may have it. Who had it goes on.
    assert_eq!(open(Wish::Begin, 2, None, 1_001), Opening::Taken(1_001));
    assert_eq!(open(Wish::Resume, 2, None, 1_001), Opening::New);
}

#[test]
fn a_database_that_went_back_is_noticed() {
    assert_eq!(begin(None, 0), Beginning::New(Floor::Known));
    assert_eq!(begin(None, 4), Beginning::New(Floor::Lost));
    assert_eq!(
        (begin(Some(4), 4), begin(Some(4), 5)),
        (Beginning::Same, Beginning::Same)
    );
    assert_eq!(begin(Some(4), 2), Beginning::New(Floor::Known));
    assert_eq!(begin(Some(4), 6), Beginning::New(Floor::Known));
}

#[test]
fn what_was_leased_is_counted_once() {
    assert_eq!(blocks(200, 900, 200), []);
    let more: Vec<_> = blocks(100, 150, 700)
        .into_iter()
        .map(|span| (span.from, span.to))
        .collect();
    assert_eq!(more, [(151, 650), (651, 750)]);
}

#[test]
fn a_lost_answer_is_asked_for_by_pushing_again() {
    let mut talk = Talk::new(1, 1, true);
    talk.greeted(&ours(), at(4, 4), false).unwrap();
    let push = |after| Ask::Push {
        after,
        bytes: MAX_BATCH_BYTES,
    };
    assert_eq!(talk.ask(), push(1));
    talk.pushed(&ours(), at(4, 4), 3).unwrap();
    assert_eq!(talk.ask(), push(3));
}

#[test]
fn a_left_name_is_durable_only_as_far_as_it_was_compared() {
    let mut talk = Talk::new(1, 4, false);
    talk.greeted(&ours(), at(1, 1), false).unwrap();
    let heard = talk.pushed(&ours(), at(7, 7), 2).unwrap();
    assert_eq!(heard.durable, Some(2));
    let bytes = MAX_BATCH_BYTES;
    assert_eq!(talk.ask(), Ask::Push { after: 2, bytes });
    talk.pushed(&ours(), at(7, 7), 4).unwrap();
    assert_eq!(talk.ask(), Ask::Done);
}

#[test]
fn an_old_stream_is_asked_about_only_when_something_lacks() {
    assert!(is_due(4, 4, true) && is_due(1, 4, false) && !is_due(4, 4, false));
    assert!(is_another(None, "a", false) && is_another(Some("b"), "a", false) && is_another(Some("a"), "a", true));
    assert!(!is_another(Some("a"), "a", false));
}

#[test]
fn a_batch_is_what_the_line_carried_well() {
    let first = super::client::Pace::default();
    let (grown, slow) = (first.answered(true, 200), first.answered(true, 20_000));
    assert_eq!(grown.bytes(), 4 * first.bytes());
    assert_eq!(slow, first.broken());
    assert_eq!(first.answered(true, 2_000).bytes(), 2 * first.bytes());
    assert_eq!(first.answered(true, 5_000), first);
    // Little was there to send: it says nothing of the line.
    assert_eq!(first.answered(false, 10), first);
    assert_eq!((grown.effort(), first.effort()), (Effort::Fast, Effort::Line));
    assert_eq!(grown.answered(true, 900).effort(), Effort::Line);
    let good = (0..9).fold(first, |pace, _| pace.answered(true, 50));
    assert_eq!(good.bytes(), MAX_BATCH_BYTES);
    let dead = (0..99).fold(first, |pace, _| pace.broken());
    assert_eq!(dead.bytes(), 4 << 10);
    assert!((0..4).fold(dead, |pace, _| pace.answered(true, 50)).bytes() >= MAX_BATCH_BYTES);
}

#[test]
fn a_lost_answer_is_asked_for_instead_of_the_push() {
    let push = |after| Ask::Push {
        after,
        bytes: MAX_BATCH_BYTES,
    };
    let chain = ours();
    let mut talk = Talk::new(0, 0, true);
    assert_eq!(talk.unnumbered(), None);
    talk.greeted(&chain, at(3, 3), false).unwrap();
    assert_eq!((talk.ask(), talk.unnumbered()), (push(0), Some(0)));
    talk.learned(2);
    assert_eq!((talk.ask(), talk.unnumbered()), (push(2), Some(2)));
    // No number of what is not durable.
    talk.learned(9);
    assert_eq!((talk.ask(), talk.unnumbered()), (push(3), None));
}
