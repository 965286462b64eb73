//! Losing the key file loses nothing while the printed recovery code is there.

use serde_json::json;
use station::{Caller, Code, Opening, Station};

#[test]
fn a_lost_key_file_is_told_and_a_wrong_code_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let opening = Opening {
        data: folder.path().join("data"),
        keys: Some(folder.path().join("keys")),
        now: None,
    };
    let station = Station::open(&opening).unwrap();
    station
        .call(
            &Caller::Headless(None),
            "officer-add",
            json!({"name": "Ngô Bảo Mẫu", "pin": "246810"}),
        )
        .unwrap();
    drop(station);
    std::fs::remove_dir_all(folder.path().join("keys")).unwrap();
    assert_eq!(Station::open(&opening).err().unwrap().code, Code::WrongKey);
    let wrong = Station::recover(&opening, "0000-0000-0000-0000-0000-0000-0000-0000-0000");
    assert_eq!(wrong.unwrap_err().code, Code::WrongKey);
}
