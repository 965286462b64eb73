//! A day's pages over a line that breaks: 100 of 150 kB at 200 kB a second, two seconds there and back,
//! cut every thirty seconds. They go on inside a chunk, and little is sent twice.

use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Value, json};

use super::{MOST_SENT, Morning, Terms, sum};
use crate::Torture;
use crate::chance::Chance;
use crate::counter::must;
use crate::report::Report;

pub const PAGES: Torture = Torture {
    name: "pages",
    about: "100 pages of 150 kB over 200 kB/s, 2 s there and back, cut every 30 s: sent once and a little",
    run: |plan| torture(plan.count.unwrap_or(100), FULL, Duration::from_secs(1_200)),
};

const FULL: Terms = Terms {
    rate: 200_000,
    round_trip: Duration::from_secs(2),
    cut: Duration::from_secs(30),
    first: Duration::from_secs(10),
};

/// Pixels of a side: three random bytes each make a PNG of about 150 kB.
const SIDE: u32 = 223;

/// A page nothing packs.
fn page(number: u64) -> Vec<u8> {
    let mut chance = Chance::new(number);
    let pixels = image::RgbImage::from_fn(SIDE, SIDE, |_, _| {
        let [red, green, blue, ..] = chance.bits().to_le_bytes();
        image::Rgb([red, green, blue])
    });
    let mut png = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut png, image::ImageFormat::Png).unwrap();
    png.into_inner()
}

fn waiting(morning: &Morning) -> (Value, Value) {
    let status = must(&morning.station, "sync-status", &json!({}));
    (status["waiting"].clone(), status["waiting_blobs"].clone())
}

fn torture(pages: u64, terms: Terms, longest: Duration) -> Report {
    let morning = Morning::of(1);
    let code = must(&morning.station, "recent", &json!({}))["dossiers"][0]["code"].clone();
    morning.proxy.become_so(Terms::GOOD);
    let _ = must(&morning.station, "sync", &json!({}));
    let mut needed = 0;
    for number in 0..pages {
        let bytes = page(number);
        needed += bytes.len() as u64;
        let text = base64::engine::general_purpose::STANDARD.encode(bytes);
        let request = json!({"code": code, "component": 2, "base64": text});
        let _ = must(&morning.station, "attach", &request);
    }
    morning.proxy.become_so(terms);
    let (before, from) = (morning.proxy.carried(), Instant::now());
    let background = morning.station.start_background();
    while waiting(&morning) != (json!(0), json!(0)) && from.elapsed() < longest {
        std::thread::sleep(Duration::from_millis(20));
    }
    drop(background);
    let (took, after) = (from.elapsed(), morning.proxy.carried());
    report(morning, pages, needed, took, sum(after) - sum(before))
}

fn report(morning: Morning, pages: u64, needed: u64, took: Duration, sent: f64) -> Report {
    let mut report = Report {
        ran: 1,
        ..Report::default()
    };
    (0..morning.proxy.cuts()).for_each(|_| report.saw("the line was cut"));
    let above = morning.district.hub.report().unwrap().blobs;
    // The receipt is the one file more.
    if above != pages + 1 {
        report.broken.push((0, format!("{above} files above of {}", pages + 1)));
    }
    report.broken.extend(morning.end(1).err().map(|why| (0, why)));
    report.figures = vec![
        ("seconds".to_owned(), took.as_secs_f64(), None),
        ("bytes needed".to_owned(), needed as f64, None),
        ("sent of needed".to_owned(), sent / needed as f64, Some(MOST_SENT)),
    ];
    report.must_see(["the line was cut"])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same shape some times as fast.
    #[test]
    fn pages_go_on_inside_a_chunk_over_a_line_that_is_cut() {
        let terms = Terms {
            rate: 400_000,
            round_trip: Duration::from_millis(100),
            cut: Duration::from_secs(2),
            first: Duration::from_secs(1),
        };
        let report = torture(12, terms, Duration::from_secs(90));
        assert!(report.ok() && !report.seen.is_empty(), "{report:#?}");
    }
}
