//! What is plugged into a counter PC: the scanner (SANE) and the printer.
//!
//! Every device is reached through a program of the operating system running as a child process.
//! A driver is never linked: when one crashes or hangs, one scan fails and the counter goes on.
//! Nothing here reads the clock or process-wide settings; programs, their environment and every
//! time limit are parameters, so a test can put a stub or a virtual device in their place.

mod child;
pub mod printing;
pub mod program;
pub mod sane;

pub use program::Program;
