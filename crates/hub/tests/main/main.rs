//! The hub as its stations meet it: over HTTP on a free port of this machine, with signed
//! requests, good and bad, and as a program that is killed.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod blobs;
mod device;
mod enrolment;
mod events;
mod killed;
mod leases;
mod program;
mod pulling;
mod pushing;
mod reporting;
mod requests;
mod rig;
