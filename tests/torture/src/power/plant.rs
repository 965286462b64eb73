//! The product's own connections, made to sync too little. Every connection that a program opens is
//! handed to this before the program gets it; once the counter is open and idle they are told
//! `synchronous=NORMAL`, which no line of the product can say.
#![allow(
    unsafe_code,
    reason = "a connection that belongs to the product is reached through SQLite's own interface"
)]

use std::cell::RefCell;
use std::ffi::{c_char, c_int};
use std::ptr::null_mut;
use std::sync::Arc;

use rig::Folders;
use rusqlite::ffi::{
    SQLITE_OK, sqlite3, sqlite3_api_routines, sqlite3_auto_extension, sqlite3_cancel_auto_extension, sqlite3_exec,
};
use station::Station;

thread_local! {
    /// Connections that this thread opened while it was looked at.
    static OPENED: RefCell<Vec<*mut sqlite3>> = const { RefCell::new(Vec::new()) };
}

unsafe extern "C" fn opened(db: *mut sqlite3, _: *mut *mut c_char, _: *const sqlite3_api_routines) -> c_int {
    OPENED.with_borrow_mut(|all| all.push(db));
    SQLITE_OK
}

/// Opens the counter with `synchronous=NORMAL` on every connection it holds.
#[must_use]
pub fn open_normal(folders: &Folders) -> Arc<Station> {
    OPENED.with_borrow_mut(Vec::clear);
    // SAFETY: the function has the shape that SQLite asks for and lives as long as the program.
    unsafe { sqlite3_auto_extension(Some(opened)) };
    let station = crate::counter::open(folders).unwrap();
    // SAFETY: as above.
    unsafe { sqlite3_cancel_auto_extension(Some(opened)) };
    for db in OPENED.take() {
        // SAFETY: the counter is idle and keeps every connection that it opened while starting; this
        // thread alone knows of it.
        let done = unsafe {
            sqlite3_exec(
                db,
                c"PRAGMA synchronous = NORMAL".as_ptr(),
                None,
                null_mut(),
                null_mut(),
            )
        };
        assert_eq!(done, SQLITE_OK);
    }
    station
}
