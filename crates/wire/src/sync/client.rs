//! The station's side: one [`Talk`] per stream it wrote, and a [`Mend`] where hub and station hold
//! different histories of one stream.

mod batch;
mod mend;
mod reaction;
mod talk;
mod upload;

pub use batch::{Pace, cut, halved};
pub use mend::{Mend, Page, Search};
pub use reaction::{Reaction, Stop, reaction};
pub use talk::{Ask, Heard, Refused, Talk, Why, is_another, is_due};
pub use upload::{ChunkPace, LARGEST_CHUNK, NextPart, SMALLEST_CHUNK, Upload};
