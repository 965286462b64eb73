//! The C library's calls that change a disk, answered by this program in their place.
//!
//! A name that a program defines itself is found before the library's, so SQLite's writes and the
//! standard library's all come here, in the one order in which they happen; no line of the product
//! knows of it. A crash VFS would see SQLite alone and would miss the page files, whose order with
//! the database's own syncs is half of what is to be tested. Each call is passed on to the kernel;
//! one on a watched folder is written down as well, or fails because a test asked for it.
#![allow(
    unsafe_code,
    reason = "C's calls are answered and the kernel is called: both are outside what Rust can check"
)]

use std::ffi::{CStr, OsStr};
use std::io::Error;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use libc::{AT_FDCWD, c_char, c_int, c_long, c_uint, c_void, mode_t, off_t, size_t, ssize_t};

use super::watch::{Call, active, watched};

/// What the kernel says; `errno` is set as the C library sets it.
macro_rules! kernel {
    ($name:ident $(, $argument:expr)*) => {
        // SAFETY: the caller's own arguments, passed on unchanged.
        unsafe { libc::syscall(libc::$name $(, $argument)*) }
    };
}

/// Runs a call that a watched folder may refuse.
fn through(path: Option<PathBuf>, call: Call<'_>, kernel: impl FnOnce() -> c_long) -> c_long {
    let Some((watch, inside)) = path.as_deref().and_then(watched) else {
        return kernel();
    };
    match watch.run(&inside, call, || {
        let done = kernel();
        if done < 0 { Err(errno()) } else { Ok(done) }
    }) {
        Ok(done) => done,
        Err(number) => {
            // SAFETY: the calling thread's own `errno`.
            unsafe { *libc::__errno_location() = number };
            -1
        }
    }
}

fn errno() -> c_int {
    Error::last_os_error().raw_os_error().unwrap_or(libc::EIO)
}

/// Which file an open handle is of.
fn path_of(fd: c_int) -> Option<PathBuf> {
    let mut name = [0u8; 4096];
    let link = format!("/proc/self/fd/{fd}\0");
    let length = kernel!(SYS_readlinkat, AT_FDCWD, link.as_ptr(), name.as_mut_ptr(), name.len());
    let found = name.get(..usize::try_from(length).ok()?)?;
    Some(PathBuf::from(OsStr::from_bytes(found)))
}

fn handle(fd: c_int) -> Option<PathBuf> {
    if active() { path_of(fd) } else { None }
}

fn named(path: *const c_char) -> Option<PathBuf> {
    if !active() {
        return None;
    }
    // SAFETY: the caller's name ends with a zero, as C's calls want it.
    let name = unsafe { CStr::from_ptr(path) };
    Some(PathBuf::from(OsStr::from_bytes(name.to_bytes())))
}

fn bytes<'a>(from: *const c_void, length: size_t) -> &'a [u8] {
    // SAFETY: the caller gives this many bytes to be written, and they outlive the call.
    unsafe { std::slice::from_raw_parts(from.cast(), length) }
}

/// # Safety
/// As `write(2)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn write(fd: c_int, from: *const c_void, length: size_t) -> ssize_t {
    let path = handle(fd);
    let at = match &path {
        Some(_) => kernel!(SYS_lseek, fd, 0 as c_long, libc::SEEK_CUR),
        None => 0,
    };
    let call = Call::Write {
        at: u64::try_from(at).unwrap_or(0),
        bytes: if path.is_some() { bytes(from, length) } else { &[] },
    };
    through(path, call, || kernel!(SYS_write, fd, from, length)) as ssize_t
}

/// # Safety
/// As `pwrite(2)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pwrite64(fd: c_int, from: *const c_void, length: size_t, at: off_t) -> ssize_t {
    let path = handle(fd);
    let call = Call::Write {
        at: u64::try_from(at).unwrap_or(0),
        bytes: if path.is_some() { bytes(from, length) } else { &[] },
    };
    through(path, call, || kernel!(SYS_pwrite64, fd, from, length, at)) as ssize_t
}

/// # Safety
/// As `pwrite(2)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pwrite(fd: c_int, from: *const c_void, length: size_t, at: off_t) -> ssize_t {
    // SAFETY: the same call under its other name.
    unsafe { pwrite64(fd, from, length, at) }
}

/// # Safety
/// As `ftruncate(2)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ftruncate64(fd: c_int, length: off_t) -> c_int {
    let call = Call::Cut(u64::try_from(length).unwrap_or(0));
    through(handle(fd), call, || kernel!(SYS_ftruncate, fd, length)) as c_int
}

/// # Safety
/// As `ftruncate(2)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ftruncate(fd: c_int, length: off_t) -> c_int {
    // SAFETY: the same call under its other name.
    unsafe { ftruncate64(fd, length) }
}

/// # Safety
/// As `fsync(2)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fsync(fd: c_int) -> c_int {
    through(handle(fd), Call::Sync, || kernel!(SYS_fsync, fd)) as c_int
}

/// # Safety
/// As `fdatasync(2)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fdatasync(fd: c_int) -> c_int {
    through(handle(fd), Call::Sync, || kernel!(SYS_fdatasync, fd)) as c_int
}

/// # Safety
/// As `open(2)`. Called with two arguments the third is whatever the register held: the kernel does
/// not look at it then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open64(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    let call = Call::Open {
        creates: flags & libc::O_CREAT != 0,
        empties: flags & libc::O_TRUNC != 0,
    };
    let open = || {
        kernel!(
            SYS_openat,
            AT_FDCWD,
            path,
            flags | libc::O_LARGEFILE,
            c_uint::from(mode)
        )
    };
    if flags & (libc::O_CREAT | libc::O_TRUNC) == 0 {
        return open() as c_int;
    }
    through(named(path), call, open) as c_int
}

/// # Safety
/// As `open(2)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: the same call under its other name.
    unsafe { open64(path, flags, mode) }
}

/// # Safety
/// As `rename(2)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rename(from: *const c_char, to: *const c_char) -> c_int {
    let target = named(to);
    let call = Call::Move {
        to: target.as_deref().unwrap_or(Path::new("")),
    };
    through(named(from), call, || {
        kernel!(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0 as c_uint)
    }) as c_int
}

/// # Safety
/// As `unlink(2)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn unlink(path: *const c_char) -> c_int {
    through(named(path), Call::Remove, || {
        kernel!(SYS_unlinkat, AT_FDCWD, path, 0 as c_int)
    }) as c_int
}
