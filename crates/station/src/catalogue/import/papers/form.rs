//! The column "mẫu đơn, tờ khai" holds the name of a file, glued to the end of the paper's name.
//! It is cut off only where exactly one seam shows.

const ENDINGS: &[&str] = &[".docx", ".doc", ".pdf", ".xlsx", ".xls"];

/// A name, with its form's file name cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cut<'a> {
    /// No file name.
    None,
    /// The name, and the file's.
    Form(&'a str, &'a str),
    /// There is a file name and nobody can say where it begins.
    Unclear,
}

/// Cuts a file name off.
pub fn cut(name: &str) -> Cut<'_> {
    let lower = name.to_lowercase();
    let Some(ending) = ENDINGS.iter().find(|ending| lower.ends_with(*ending)) else {
        return Cut::None;
    };
    let end = name.len().saturating_sub(ending.len());
    for seam in [is_strong as fn(&[char], usize) -> bool, is_weak] {
        match seams(name, end, seam).as_slice() {
            [] => {}
            [place] => {
                return name
                    .split_at_checked(*place)
                    .map_or(Cut::Unclear, |(name, form)| Cut::Form(name.trim(), form.trim()));
            }
            _ => return Cut::Unclear,
        }
    }
    Cut::Unclear
}

fn seams(name: &str, end: usize, seam: fn(&[char], usize) -> bool) -> Vec<usize> {
    let chars: Vec<char> = name.chars().collect();
    let places = name.char_indices().enumerate();
    places
        .filter(|(at, (place, _))| *place < end && seam(&chars, *at))
        .map(|(_, (place, _))| place)
        .collect()
}

fn around(chars: &[char], at: usize) -> Option<(char, char)> {
    Some((*chars.get(at.checked_sub(1)?)?, *chars.get(at)?))
}

/// `);`, `).`, `)` or `;` with a letter or digit glued to it: no sentence goes on like that.
fn is_strong(chars: &[char], at: usize) -> bool {
    let Some((before, here)) = around(chars, at) else {
        return false;
    };
    let full_stop = before == '.' && at.checked_sub(2).and_then(|at| chars.get(at)) == Some(&')');
    here.is_alphanumeric() && (matches!(before, ')' | ';') || full_stop)
}

/// A small letter, a digit or a full stop with a capital glued to it; `CP` with `Mau`.
fn is_weak(chars: &[char], at: usize) -> bool {
    let Some((before, here)) = around(chars, at) else {
        return false;
    };
    let after_word = at
        .checked_sub(2)
        .and_then(|at| chars.get(at))
        .is_some_and(|c| c.is_lowercase());
    let next_small = at
        .checked_add(1)
        .and_then(|at| chars.get(at))
        .is_some_and(|c| c.is_lowercase());
    let capital = here.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit());
    let camel = here.is_uppercase() && before.is_uppercase() && next_small;
    let full_stop = before == '.' && after_word && (here.is_uppercase() || here.is_ascii_digit());
    capital || camel || full_stop
}
