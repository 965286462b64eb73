//! The released window on the same folders: how soon it is there, how much memory it takes.

use crate::counter::Folders;
use crate::figures::Figures;
use crate::measure::median;
use crate::start::{self, Start};
use crate::stop::{Outcome, failed};

/// Starts of the program; the middle one counts.
const TIMES: usize = 5;

/// Starts the window a few times.
pub fn measure(folders: &Folders, figures: &mut Figures) -> Outcome {
    if !crate::screen::ready() {
        return failed("the window cannot be measured without its driver and a screen");
    }
    let starts: Vec<Start> = (0..TIMES).map(|_| start::measure(folders)).collect();
    let of = |pick: fn(&Start) -> f64| median(starts.iter().map(pick));
    figures.promise("window.start_ms", of(|start| start.start), 1_000.0, TIMES);
    figures.promise("window.sign_in_ms", of(|start| start.sign_in), 300.0, TIMES);
    figures.promise("window.pss_mb", of(|start| start.memory), 300.0, TIMES);
    Ok(())
}
