//! Invented applicants for the demo: the same for the same number, identity numbers from 099
//! (a province code that is not allocated), telephone numbers from 0990.

use serde_json::{Value, json};

const FAMILIES: &[&str] = &[
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý",
];
const WOMEN: &[&str] = &[
    "Thị Thuỷ",
    "Thị Mỹ Duyên",
    "Ngọc Ánh",
    "Thị Hoà",
    "Quỳnh Như",
    "Thị Bưởi",
    "Khánh Ly",
];
const MEN: &[&str] = &[
    "Văn Đức",
    "Hữu Nghĩa",
    "Quốc Tuấn",
    "Minh Trường",
    "Văn Quý",
    "Đình Khuê",
    "Công Lộc",
];
const PLACES: &[&str] = &[
    "Thôn Mẫu 1, xã Bình Mẫu, tỉnh Thí Dụ",
    "Số 12, đường Hoa Sữa, tổ dân phố 3, phường Mẫu, tỉnh Thí Dụ",
    "Ấp Đông, xã Thử Nghiệm, tỉnh Thí Dụ",
];

/// Numbers that look thrown but are the same in every run (splitmix64).
pub struct Dice(u64);

impl Dice {
    /// Dice for one dossier.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number from 0 to `sides` − 1; 0 when there are no sides.
    pub fn roll(&mut self, sides: usize) -> usize {
        let sides = u64::try_from(sides).unwrap_or(u64::MAX);
        usize::try_from(self.next().checked_rem(sides).unwrap_or(0)).unwrap_or(0)
    }

    /// One of them; the type's default when there are none.
    pub fn pick<T: Copy + Default>(&mut self, of: &[T]) -> T {
        let at = self.roll(of.len());
        of.get(at).copied().unwrap_or_default()
    }
}

/// The applicant of dossier `number`: every eleventh is an organisation.
pub fn applicant(number: usize, dice: &mut Dice) -> Value {
    if number % 11 == 10 {
        organisation(number, dice)
    } else {
        person(number, dice)
    }
}

fn person(number: usize, dice: &mut Dice) -> Value {
    let woman = dice.roll(2) == 0;
    let name = format!("{} {}", dice.pick(FAMILIES), dice.pick(if woman { WOMEN } else { MEN }));
    let year = dice.roll(65).saturating_add(1942);
    let born = format!(
        "{year}-{:02}-{:02}",
        dice.roll(12).saturating_add(1),
        dice.roll(28).saturating_add(1)
    );
    json!({
        "kind": "person",
        "name": name,
        "id_number": identity(number, year, woman),
        "id_kind": "cccd",
        "birth_date": born,
        "gender": if woman { "female" } else { "male" },
        "address": dice.pick(PLACES),
        "phone": format!("0990{:06}", number % 1_000_000),
    })
}

/// Province 099, the digit for gender and century, the year, and a serial number.
fn identity(number: usize, year: usize, woman: bool) -> String {
    let digit = match (year >= 2000, woman) {
        (false, false) => 0,
        (false, true) => 1,
        (true, false) => 2,
        (true, true) => 3,
    };
    format!("099{}{:02}{:06}", digit, year % 100, number % 1_000_000)
}

fn organisation(number: usize, dice: &mut Dice) -> Value {
    json!({
        "kind": "organisation",
        "name": format!("Hợp tác xã Nông nghiệp Mẫu số {number}"),
        "address": dice.pick(PLACES),
        "phone": format!("0990{:06}", number % 1_000_000),
        "email": format!("htx{number}@example.vn"),
    })
}

/// Someone who hands the papers in for the applicant.
pub fn authorised(number: usize, dice: &mut Dice) -> Value {
    let helper = person(number.saturating_add(500_000), dice);
    json!({
        "name": helper.get("name"),
        "id_number": helper.get("id_number"),
        "address": helper.get("address"),
        "phone": helper.get("phone"),
        "paper": "Giấy uỷ quyền viết tay",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_is_the_same_person() {
        assert_eq!(applicant(3, &mut Dice::new(3)), applicant(3, &mut Dice::new(3)));
        assert_ne!(applicant(3, &mut Dice::new(3)), applicant(4, &mut Dice::new(4)));
    }

    #[test]
    fn identity_numbers_are_invented_and_well_formed() {
        for number in 0..200 {
            let someone = applicant(number, &mut Dice::new(number as u64));
            let Some(id) = someone["id_number"].as_str() else {
                assert_eq!(someone["kind"], "organisation");
                continue;
            };
            assert!(
                id.len() == 12 && id.starts_with("099") && id.bytes().all(|b| b.is_ascii_digit()),
                "{id}"
            );
            let born = someone["birth_date"].as_str().unwrap();
            assert_eq!(id.get(4..6), born.get(2..4));
            assert_eq!(
                id.get(3..4).unwrap().parse::<u8>().unwrap() % 2 == 1,
                someone["gender"] == "female"
            );
        }
    }
}
