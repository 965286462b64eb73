//! Names of versions. A version is named by its text (`2026-07`); when that name is taken by other
//! content it becomes `2026-07/2`, so that a name in a dossier means one text for ever.

/// The name without its running number.
#[must_use]
pub fn base(name: &str) -> &str {
    match name.rsplit_once('/') {
        Some((base, number)) if !base.is_empty() && is_running(number) => base,
        _ => name,
    }
}

/// Of one or two digits, from 2 on: `15/2026` in the number of a resolution is none.
fn is_running(number: &str) -> bool {
    number.len() <= 2 && number.parse::<u8>().is_ok_and(|number| number >= 2)
}

/// The wanted name, or the next free one.
#[must_use]
pub fn free(wanted: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(wanted) {
        return wanted.to_owned();
    }
    let base = base(wanted);
    let mut names = (2_u32..).map(|number| format!("{base}/{number}"));
    names.find(|name| !is_taken(name)).unwrap_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_free_name() {
        let taken = ["2026-07", "2026-07/2", "15/2026"];
        let free = |name| free(name, |name| taken.contains(&name));
        assert_eq!(free("2026-11"), "2026-11");
        assert_eq!(free("2026-07"), "2026-07/3");
        assert_eq!(free("2026-07/2"), "2026-07/3");
        assert_eq!(free("15/2026"), "15/2026/2");
    }
}
