//! The one list of commands. From it come the window's bridge, the TypeScript types, the headless
//! program and the tests; a command that is not in the list does not exist.

#[macro_use]
mod shapes;

mod caller;
mod convert;
mod dispatch;
pub mod requests;
pub mod responses;
pub mod rules;
pub mod shared;
mod words;

pub use caller::Caller;
pub use convert::{day, page, procedure, procedure_summary, shown, status};
pub use dispatch::{call, commands};
pub use words::words;
