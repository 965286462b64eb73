//! A bad line of our own on loopback: so many bytes a second, so long a way, cut every so often. What
//! it carried is counted.

use std::collections::VecDeque;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// What is wrong with a line.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// Bytes a second, each way.
    pub rate: u64,
    /// There and back.
    pub round_trip: Duration,
    /// Every connection is cut so often.
    pub cut: Duration,
    /// The first time after this.
    pub first: Duration,
}

impl Terms {
    /// Nothing is.
    pub const GOOD: Self = Self {
        rate: 1 << 30,
        round_trip: Duration::ZERO,
        cut: Duration::from_secs(1 << 20),
        first: Duration::from_secs(1 << 20),
    };
}

/// The line. It ends with this value.
pub struct Proxy {
    near: SocketAddr,
    inside: Arc<Inside>,
}

struct Inside {
    far: SocketAddr,
    terms: Mutex<Terms>,
    /// Until when each direction is taken.
    busy: [Mutex<Instant>; 2],
    carried: [AtomicU64; 2],
    cuts: AtomicU64,
    cuts_ever: AtomicU64,
    open: Mutex<Vec<TcpStream>>,
    ended: AtomicBool,
}

impl Proxy {
    /// A good line to this server.
    #[must_use]
    pub fn to(far: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let near = listener.local_addr().unwrap();
        let inside = Arc::new(Inside {
            far,
            terms: Mutex::new(Terms::GOOD),
            busy: [Mutex::new(Instant::now()), Mutex::new(Instant::now())],
            carried: [AtomicU64::new(0), AtomicU64::new(0)],
            cuts: AtomicU64::new(0),
            cuts_ever: AtomicU64::new(0),
            open: Mutex::new(Vec::new()),
            ended: AtomicBool::new(false),
        });
        let it = Arc::clone(&inside);
        std::thread::spawn(move || {
            for call in listener.incoming().flatten() {
                if it.ended.load(Ordering::SeqCst) {
                    return;
                }
                it.connect(&call);
            }
        });
        Self { near, inside }
    }

    /// Where counters call.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.near
    }

    /// The line becomes so, and every connection is cut once for it.
    pub fn become_so(&self, terms: Terms) {
        *self.inside.terms.lock().unwrap() = terms;
        self.inside.cut();
        self.inside.cuts.store(0, Ordering::SeqCst);
        let it = Arc::clone(&self.inside);
        std::thread::spawn(move || {
            let mut next = Instant::now() + terms.first;
            while !it.ended.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_millis(20));
                if Instant::now() >= next {
                    next += terms.cut;
                    it.cut();
                }
            }
        });
    }

    /// Bytes up and down so far. What was cut off on its way counts: it was sent.
    #[must_use]
    pub fn carried(&self) -> [u64; 2] {
        self.inside.carried.each_ref().map(|way| way.load(Ordering::SeqCst))
    }

    /// How often it was cut since it became so.
    #[must_use]
    pub fn cuts(&self) -> u64 {
        self.inside.cuts.load(Ordering::SeqCst)
    }
}

impl Inside {
    fn cut(&self) {
        self.cuts.fetch_add(1, Ordering::SeqCst);
        self.cuts_ever.fetch_add(1, Ordering::SeqCst);
        for end in self.open.lock().unwrap().drain(..) {
            // It may be gone already.
            let _ = end.shutdown(Shutdown::Both);
        }
    }

    fn connect(self: &Arc<Self>, near: &TcpStream) {
        let Ok(far) = TcpStream::connect(self.far) else { return };
        for end in [near, &far] {
            // Bytes are handed on as they come; a refusal only makes the line slower.
            let _ = end.set_nodelay(true);
            self.open.lock().unwrap().push(end.try_clone().unwrap());
        }
        // Opening a connection is a way there and back before the first byte.
        let from = Instant::now() + self.terms.lock().unwrap().round_trip;
        for (way, from_end, to_end) in [(0, near, &far), (1, &far, near)] {
            let (from_end, to_end) = (from_end.try_clone().unwrap(), to_end.try_clone().unwrap());
            let it = Arc::clone(self);
            std::thread::spawn(move || it.carry(way, from_end, to_end, from));
        }
    }

    /// One way of one connection: bytes leave as fast as the line takes them and arrive later.
    fn carry(&self, way: usize, mut from: TcpStream, to: TcpStream, begin: Instant) {
        let before = self.cuts_ever.load(Ordering::SeqCst);
        let queue = Arc::new((Mutex::new(VecDeque::new()), Condvar::new()));
        let arriving = Arc::clone(&queue);
        let writer = std::thread::spawn(move || arrive(&arriving, to));
        let terms = *self.terms.lock().unwrap();
        let piece = (terms.rate / 40).clamp(32, 16_384);
        let mut buffer = vec![0; usize::try_from(piece).unwrap()];
        while let Ok(read @ 1..) = from.read(&mut buffer) {
            // What the system still held when the line was cut never left.
            if self.cuts_ever.load(Ordering::SeqCst) != before {
                break;
            }
            let left = {
                let mut busy = self.busy[way].lock().unwrap();
                let took = Duration::from_nanos(read as u64 * 1_000_000_000 / terms.rate);
                *busy = (*busy).max(Instant::now()).max(begin) + took;
                *busy
            };
            self.carried[way].fetch_add(read as u64, Ordering::SeqCst);
            put(&queue, Some((left + terms.round_trip / 2, buffer[..read].to_vec())));
            std::thread::sleep(left.saturating_duration_since(Instant::now()));
        }
        put(&queue, None);
        writer.join().unwrap();
    }
}

type Arrivals = (Mutex<VecDeque<Option<(Instant, Vec<u8>)>>>, Condvar);

fn put(queue: &Arrivals, what: Option<(Instant, Vec<u8>)>) {
    queue.0.lock().unwrap().push_back(what);
    queue.1.notify_one();
}

fn arrive(queue: &Arrivals, mut to: TcpStream) {
    loop {
        let mut waiting = queue.0.lock().unwrap();
        while waiting.is_empty() {
            waiting = queue.1.wait(waiting).unwrap();
        }
        let next = waiting.pop_front().unwrap();
        drop(waiting);
        let Some((at, bytes)) = next else {
            let _ = to.shutdown(Shutdown::Write);
            return;
        };
        std::thread::sleep(at.saturating_duration_since(Instant::now()));
        if to.write_all(&bytes).is_err() {
            // Cut: what else is on its way is lost.
            return;
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.inside.ended.store(true, Ordering::SeqCst);
        self.inside.cut();
        // Wakes the listener, which then ends.
        let _ = TcpStream::connect(self.near);
    }
}
