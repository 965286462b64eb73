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

pub use caller::Caller;
pub use convert::{day, page, procedure, procedure_summary, shown, status, words};
pub use dispatch::{call, commands};
