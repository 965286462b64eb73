//! The line between a counter and its hub: its near end keeps its address for ever, its far end may
//! move, and it can be cut after any byte in either direction. What was carried is counted, so that
//! a test can wait for a place in the talk instead of for a time.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};

/// A direction of the line.
#[derive(Clone, Copy)]
pub enum Way {
    Up = 0,
    Down = 1,
}

pub struct Line {
    near: SocketAddr,
    ends: Arc<Ends>,
}

#[derive(Default)]
struct Ends {
    far: Mutex<Option<SocketAddr>>,
    carried: [AtomicU64; 2],
    cut_at: Mutex<[Option<u64>; 2]>,
    cut_every: Mutex<[Option<u64>; 2]>,
    /// Where the line stands still, by direction, and whether it does.
    held: Mutex<Held>,
    changed: Condvar,
    closed: AtomicBool,
}

#[derive(Default)]
struct Held {
    at: Option<(usize, u64)>,
    standing: bool,
}

impl Line {
    /// A line that leads nowhere yet.
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let near = listener.local_addr().unwrap();
        let ends = Arc::new(Ends::default());
        let inside = Arc::clone(&ends);
        std::thread::spawn(move || {
            for call in listener.incoming().flatten() {
                if inside.closed.load(Ordering::SeqCst) {
                    return;
                }
                // With nobody at the far end the call is dropped: the line is dead.
                inside.connect(&call);
            }
        });
        Self { near, ends }
    }

    /// Where counters call.
    pub fn address(&self) -> String {
        format!("http://{}", self.near)
    }

    /// Moves the far end, or takes it away.
    pub fn lead_to(&self, far: Option<SocketAddr>) {
        *self.ends.far.lock().unwrap() = far;
    }

    /// Cuts the line once, after so many more bytes.
    pub fn cut_after(&self, way: Way, bytes: u64) {
        self.ends.cut_at.lock().unwrap()[way as usize] = Some(self.carried(way) + bytes);
    }

    /// The line stands still after so many more bytes, until [`Line::let_go`].
    pub fn hold_after(&self, way: Way, bytes: u64) {
        self.ends.held.lock().unwrap().at = Some((way as usize, self.carried(way) + bytes));
    }

    /// Waits until it does.
    pub fn wait_until_held(&self) {
        let held = self.ends.held.lock().unwrap();
        drop(self.ends.changed.wait_while(held, |held| !held.standing).unwrap());
    }

    /// It goes on.
    pub fn let_go(&self) {
        *self.ends.held.lock().unwrap() = Held::default();
        self.ends.changed.notify_all();
    }

    /// It goes on, and stands still again after so many more bytes: said at once, because a line that
    /// was let go may be through before anything else is said.
    pub fn go_on_for(&self, way: Way, bytes: u64) {
        let at = Some((way as usize, self.carried(way) + bytes));
        *self.ends.held.lock().unwrap() = Held { at, standing: false };
        self.ends.changed.notify_all();
    }

    /// Cuts every call after so many bytes of its own.
    pub fn cut_every(&self, way: Way, bytes: u64) {
        self.ends.cut_every.lock().unwrap()[way as usize] = Some(bytes);
    }

    /// Forgets cuts that did not come about.
    pub fn mend(&self) {
        *self.ends.cut_every.lock().unwrap() = [None, None];
        *self.ends.cut_at.lock().unwrap() = [None, None];
    }

    /// Bytes carried so far.
    pub fn carried(&self, way: Way) -> u64 {
        self.ends.carried[way as usize].load(Ordering::SeqCst)
    }
}

impl Ends {
    fn connect(self: &Arc<Self>, near: &TcpStream) {
        let Some(far) = *self.far.lock().unwrap() else { return };
        let Ok(far) = TcpStream::connect(far) else { return };
        for (from, to, way) in [(near, &far, Way::Up), (&far, near, Way::Down)] {
            let (from, to, it) = (from.try_clone().unwrap(), to.try_clone().unwrap(), Arc::clone(self));
            std::thread::spawn(move || {
                it.carry(&from, &to, way);
                for end in [from, to] {
                    // The other direction may have closed it already.
                    let _ = end.shutdown(Shutdown::Both);
                }
            });
        }
    }

    /// Until one end is gone or the line is cut.
    fn carry(&self, mut from: &TcpStream, mut to: &TcpStream, way: Way) {
        let mut buffer = [0; 8192];
        let mut own = 0;
        while let Ok(read @ 1..) = from.read(&mut buffer) {
            self.stand(way);
            let (through, cut) = self.allowed(way, read);
            own += through as u64;
            let cut = cut || self.cut_every.lock().unwrap()[way as usize].is_some_and(|most| own > most);
            let carried = to.write_all(&buffer[..through]);
            self.carried[way as usize].fetch_add(through as u64, Ordering::SeqCst);
            if cut || carried.is_err() {
                return;
            }
        }
    }

    /// Waits while the line is held here.
    fn stand(&self, way: Way) {
        let carried = self.carried[way as usize].load(Ordering::SeqCst);
        let here = |held: &Held| {
            held.at
                .is_some_and(|(held_way, at)| held_way == way as usize && carried >= at)
        };
        let mut held = self.held.lock().unwrap();
        if here(&held) {
            held.standing = true;
            self.changed.notify_all();
            drop(self.changed.wait_while(held, |held| here(held)).unwrap());
        }
    }

    /// How many of the next bytes come through, and whether the line is cut behind them.
    fn allowed(&self, way: Way, bytes: usize) -> (usize, bool) {
        let mut cut_at = self.cut_at.lock().unwrap();
        let cut = &mut cut_at[way as usize];
        let left = cut.map_or(u64::MAX, |at| {
            at.saturating_sub(self.carried[way as usize].load(Ordering::SeqCst))
        });
        if left > bytes as u64 {
            return (bytes, false);
        }
        *cut = None;
        (left as usize, true)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.ends.closed.store(true, Ordering::SeqCst);
        // Wakes the listener, which then ends.
        let _ = TcpStream::connect(self.near);
    }
}
