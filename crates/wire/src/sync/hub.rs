//! The hub's side: what it answers to a hello, how it takes a batch in, which epochs and which
//! numbers it gives, and how it notices that its own database went back in time.

mod epoch;
mod generation;
mod greet;
mod numbers;
mod parts;
mod push;

pub use epoch::{Opening, Wish, next_epoch, open};
pub use generation::{Beginning, Floor, begin};
pub use greet::{Greeting, greet};
pub use numbers::{KEPT_BACK, LARGEST, Span, blocks};
pub use parts::{Part, Whole, part, whole};
pub use push::{Batch, Log, Outcome, Placed, Standing, take_in};
