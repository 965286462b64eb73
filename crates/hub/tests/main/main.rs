//! The hub as its stations meet it: over HTTP on a free port of this machine, with signed
//! requests, good and bad, and as a program that is killed.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "an overflow fails the test that it happens in"
)]

#[cfg(test)]
mod blobs;
#[cfg(test)]
mod device;
#[cfg(test)]
mod enrolment;
#[cfg(test)]
mod events;
#[cfg(test)]
mod files;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod leases;
#[cfg(test)]
mod parts;
#[cfg(test)]
mod program;
#[cfg(test)]
mod pulling;
#[cfg(test)]
mod pushing;
#[cfg(test)]
mod reporting;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod server;
#[cfg(test)]
mod suspended;
