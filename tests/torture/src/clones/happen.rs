//! What happens to the disk, the PC and the clock.

use std::path::Path;

use serde_json::{Value, json};

use super::Method::{self, *};
use super::judge::Book;
use crate::chance::Chance;
use crate::kill::Program;
use crate::pc::{Kept, Pc};

/// Afterwards the counter is open again, as what became of it. Where the first one goes on beside its
/// copy, it is given back.
pub fn happen(pc: &mut Pc, method: Method, before: &Kept, chance: &mut Chance) -> Result<Option<Pc>, String> {
    if method == TwoPrograms {
        return second_program(pc).map(|()| None);
    }
    pc.close();
    let mut left_behind = None;
    match method {
        CopiedFolder | CopiedFolderAfterReboot | CopiedProfile | KeyFileCopied => {
            left_behind = Some(pc.left_behind());
            copied(pc, method);
        }
        RestoredYesterday => pc.restore(before, |_| true),
        RestoredDatabase => pc.restore(before, |name| name.starts_with("station.db")),
        RestoredFiles => pc.restore(before, |name| name == "blobs"),
        VmSnapshot => {
            pc.restore(before, |_| true);
            pc.restore_keys(before);
            // The machine goes on from where it was; its clock is put right by the host.
            pc.board.runs(-24);
        }
        DiskMoved => pc.board.disk_into("binh"),
        RenamedPc => {
            pc.board.rename("quay-mot-cua-moi");
            pc.board.reboot();
        }
        ClockBackAndRestore => {
            pc.restore(before, |_| true);
            pc.clock.turn(-24);
        }
        ImageAndClockBack => {
            pc.restore(before, |_| true);
            pc.restore_keys(before);
            pc.clock.turn(-24);
            // With its memory, or switched off and on.
            if chance.one_in(2) {
                pc.board.reboot();
            } else {
                pc.board.runs(-24);
            }
        }
        TwoPrograms => {}
    }
    pc.open();
    Ok(left_behind)
}

fn copied(pc: &mut Pc, method: Method) {
    pc.move_to_a_copy();
    match method {
        CopiedFolderAfterReboot => pc.board.reboot(),
        CopiedProfile => {
            pc.copy_keys(|_| true);
            pc.on_another_pc("binh");
        }
        KeyFileCopied => pc.copy_keys(|name| Path::new(name).extension().is_some_and(|end| end == "key")),
        _ => {}
    }
}

/// Another process, because the lock is one between processes; it is refused, and the first one works on.
fn second_program(pc: &Pc) -> Result<(), String> {
    let (data, keys) = pc.folders();
    let said = Program::second(data, keys).hear();
    if said == Some(json!({"refused": "DATA_FOLDER_IN_USE"})) {
        Ok(())
    } else {
        Err(format!("a second program was told {said:?}"))
    }
}

/// A page of the dossier taken in last, where files matter.
pub fn page(pc: &mut Pc, book: &Book, method: Method) -> Value {
    if method != RestoredFiles {
        return Value::Null;
    }
    // It may have been closed to be copied.
    pc.close();
    pc.open();
    let page = pc.attach(book.last());
    pc.close();
    pc.open();
    page
}

/// Files of yesterday under today's database: yesterday's page is there, the one of today is missed by
/// name, and nothing else is wrong.
pub fn pages_are(pc: &mut Pc, (old, new): &(Value, Value)) -> Result<(), String> {
    let picture = |page: &Value| pc.call("page-image", &json!({"page": page, "kind": "full"}));
    picture(old).map_err(|error| format!("yesterday's page: {error}"))?;
    let missing = picture(new);
    if !matches!(&missing, Err(error) if error.contains("BLOB_DAMAGED")) {
        return Err(format!("a page whose file is gone: {missing:?}"));
    }
    let verified = pc.must("verify", &json!({}));
    let problems = verified["problems"].as_array().unwrap();
    let named = problems.iter().all(|one| one.as_str().unwrap().starts_with("file "));
    if problems.len() == 1 && named {
        Ok(())
    } else {
        Err(format!("one file is gone: {verified}"))
    }
}
