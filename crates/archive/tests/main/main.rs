//! The gate of the archive against whole, broken and hostile files of every kind.
#![allow(clippy::arithmetic_side_effects, reason = "test data of known size")]

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod intake;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod samples;
