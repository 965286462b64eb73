//! A real hub and real stations in this process, and between them a line of the test's own: nothing
//! goes over a socket, and everything that goes by can be lost, repeated or spoilt.

mod above;
mod acts;
mod blocks;
mod counter;
mod eye;
mod fault;
mod ledger;
mod line;
mod planted;
mod settled;
mod world;

pub use blocks::Blocks;
pub use fault::{FAULTS, Fault, OF_LINE_AND_HUB};
pub use planted::Planted;
pub use world::{Template, World, runtime};
