//! Tests of the whole: the shape of the house, both ends in one process, faults, old databases.
//!
//! One program for all of them (each further one would link everything once more). Every file of this
//! folder is listed here; `arrows` fails when one is not.
#![allow(
    clippy::disallowed_methods,
    clippy::arithmetic_side_effects,
    reason = "a test that waits for another program must read the clock; an overflow fails it"
)]

#[cfg(test)]
mod arrows;

#[cfg(test)]
mod alike;

// Who and what the tests speak of.
#[cfg(test)]
mod counter;
#[cfg(test)]
mod line;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod programs;
#[cfg(test)]
mod server;

#[cfg(test)]
mod copies;
#[cfg(test)]
mod deadlines;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod intake;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod lookup;
#[cfg(test)]
mod promises;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod sync;
#[cfg(test)]
mod tls;
#[cfg(test)]
mod verify;
