//! The scanner and printer path against real child processes: `scanimage` with SANE's virtual
//! devices, and small shell stubs for what those cannot do (a jam in the middle of a pile, a
//! hanging driver, a spooler).
#![cfg(unix)]

#[cfg(test)]
mod printer;
#[cfg(test)]
mod rig;
#[cfg(test)]
mod scanner_faults;
#[cfg(test)]
mod scanner_pages;
