//! The real window: the real program, its own screen (Xvfb), driven by WebDriver for looking and by
//! XTEST (xdotool) for every key, as a keyboard and a hand-held reader would send them.
//!
//! The focus of a screen is shared, so one test at a time. Everything a test starts is ended with it.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    clippy::arithmetic_side_effects,
    reason = "a test that waits for another program must read the clock; an overflow fails it"
)]

#[cfg(test)]
mod above;
#[cfg(test)]
mod administration;
#[cfg(test)]
mod again;
/// The counter, the server and the line between them, as the tests without a window have them.
#[cfg(test)]
#[path = "../it/counter.rs"]
#[allow(dead_code, reason = "the tests of both ends use more of it")]
mod counter;
#[cfg(test)]
#[allow(dead_code, reason = "the measuring program uses more of the rig")]
mod desk;
#[cfg(test)]
#[allow(dead_code, reason = "the measuring program uses more of the rig")]
mod driver;
#[cfg(test)]
#[allow(dead_code, reason = "the measuring program uses more of the rig")]
mod group;
#[cfg(test)]
mod hands;
#[cfg(test)]
mod keyboard;
#[cfg(test)]
mod keys;
#[cfg(test)]
#[path = "../it/line.rs"]
#[allow(dead_code, reason = "the tests of both ends use more of it")]
mod line;
#[cfg(test)]
mod reception;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod screen;
#[cfg(test)]
#[path = "../it/server.rs"]
#[allow(dead_code, reason = "the tests of both ends use more of it")]
mod server;
#[cfg(test)]
mod shots;
#[cfg(test)]
mod steps;
