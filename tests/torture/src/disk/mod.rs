//! The disk under a program of ours: what it was told in which order, what may be left of that when
//! the power fails, and calls that fail because a test says so.

mod calls;
mod image;
mod journal;
mod watch;

pub use image::{Image, Loss, Machine};
pub use journal::{Journal, Op};
pub use watch::{Fault, How, Watch};
