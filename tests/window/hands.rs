//! Hands that count: every key an officer would press for a reception, and that no pointer was touched.

use crate::desk::Desk;

/// Counts what a mouse, a pen or a finger would send. Enter on a button is a click too, but one without a
/// pointer: its `detail` is 0.
const TRAP: &str = "window.pointers = 0;
    for (const kind of ['pointerdown', 'mousedown', 'touchstart', 'wheel', 'contextmenu'])
        addEventListener(kind, () => { window.pointers += 1 }, true);
    addEventListener('click', (e) => { if (e.detail > 0) window.pointers += 1 }, true);";

/// A keyboard whose keys are counted, a chord as all of its keys.
pub struct Hands<'a> {
    desk: &'a Desk,
    keys: usize,
    scans: usize,
}

impl<'a> Hands<'a> {
    pub fn on(desk: &'a Desk) -> Self {
        desk.driver().run(TRAP);
        Self {
            desk,
            keys: 0,
            scans: 0,
        }
    }

    pub fn press(&mut self, key: &str) {
        self.keys += key.split('+').count();
        self.desk.keyboard().press(&[key]);
    }

    /// Text for which each character is one key.
    pub fn type_plain(&mut self, text: &str) {
        assert!(text.is_ascii(), "{text} takes more keys than characters");
        self.keys += text.len() + text.chars().filter(char::is_ascii_uppercase).count();
        self.desk.keyboard().type_text(text);
    }

    /// A Vietnamese text, counted as Telex types it: one more key for every mark, tone and capital.
    pub fn type_telex(&mut self, text: &str) {
        self.keys += telex(text);
        self.desk.keyboard().type_text(text);
    }

    pub fn scan(&mut self, text: &str) {
        self.scans += 1;
        self.desk.keyboard().scan(text);
    }

    /// Keys and scans since the last time this was asked, and that nobody pointed anywhere.
    pub fn counted(&mut self) -> (usize, usize) {
        assert_eq!(self.desk.driver().run("return window.pointers"), 0);
        (std::mem::take(&mut self.keys), std::mem::take(&mut self.scans))
    }
}

/// Keys that Telex takes: `Vừ` is V u w f and Shift.
fn telex(text: &str) -> usize {
    let shape = |c: char| usize::from("ăâđêôơưĂÂĐÊÔƠƯ".contains(c));
    let marks = |c: char| -> usize {
        let toned = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ";
        let shaped = "ằẳẵắặầẩẫấậềểễếệồổỗốộờởỡớợừửữứự";
        let lower: String = c.to_lowercase().collect();
        usize::from(toned.contains(&lower)) + usize::from(shaped.contains(&lower)) + shape(c)
    };
    text.chars().map(|c| 1 + usize::from(c.is_uppercase()) + marks(c)).sum()
}

#[test]
fn telex_is_counted_as_it_is_typed() {
    for (text, keys) in [
        ("a", 1),
        ("A", 2),
        ("Vừ", 5),
        ("Thị", 5),
        ("đ", 2),
        ("Bích Đào", 13),
        ("Nguyễn", 9),
    ] {
        assert_eq!(telex(text), keys, "{text}");
    }
}
