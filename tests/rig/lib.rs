//! What the tests of several members stand on: private folders, the server as a program and in this
//! process, programs from outside. It names no member, and members name it for their tests alone.
//!
//! Nothing here panics by itself: a test unwraps, and so its own line is the one that is shown.

mod folders;
mod outside;
mod program;
mod serving;

pub use folders::{Folders, files};
pub use outside::{present, skip};
pub use program::{Server, beside_this_test, server_command};
pub use serving::{Serving, Stop};
