//! The one list of commands. From it come the window's bridge, the TypeScript types, the headless
//! program and the tests; a command that is not in the list does not exist.

mod convert;
mod dispatch;
pub mod requests;
pub mod responses;

pub use convert::{page, shown};
pub use dispatch::{Caller, call, commands};
