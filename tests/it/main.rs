//! Tests of the whole: the shape of the house, both ends in one process, faults, old databases.
//!
//! One program for all of them (each further one would link everything once more). Every file of this
//! folder is listed here; `arrows` fails when one is not.

#[cfg(test)]
mod arrows;
