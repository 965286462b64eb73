//! Printing against stubs of `lp` and `lpstat`: the words are those of CUPS 2.4.

use std::time::Duration;

use devices::Program;
use devices::printing::{JobId, PrintRequest, Queue, print, queues};

use crate::rig::{PATIENT, Rig};

const RECEIPT: PrintRequest<'static> = PrintRequest {
    queue: Some("Laser"),
    title: "Giấy tiếp nhận hồ sơ",
    media: Some("A5"),
    document: b"%PDF-1.7 the whole document",
};

#[test]
fn a_document_reaches_the_spooler_byte_for_byte() {
    let rig = Rig::new();
    let out = rig.path("out");
    let script = r#"printf '%s\n' "$@" > "$OUT.args"; cat > "$OUT"; echo "request id is Laser-12 (1 file(s))""#;
    let lp = rig.stub("lp", script).with_env("OUT", &out);
    assert_eq!(print(&lp, &RECEIPT, PATIENT).unwrap(), JobId("Laser-12".into()));
    assert_eq!(std::fs::read(&out).unwrap(), RECEIPT.document);
    let arguments = std::fs::read_to_string(rig.path("out.args")).unwrap();
    assert_eq!(arguments, "-d\nLaser\n-o\nmedia=A5\n-t\nGiấy tiếp nhận hồ sơ\n-\n");
}

#[test]
fn a_large_document_does_not_block() {
    let rig = Rig::new();
    let document = vec![7_u8; 5_000_000];
    let lp = rig.stub("lp", r#"echo "request id is L-$(wc -c) (1 file(s))""#);
    let request = PrintRequest {
        document: &document,
        ..RECEIPT
    };
    assert_eq!(print(&lp, &request, PATIENT).unwrap(), JobId("L-5000000".into()));
    // A spooler that refuses without reading gives its own reason, not a broken pipe.
    let lp = rig.stub("refuse", "echo 'lp: The printer or class does not exist.' >&2; exit 1");
    assert_eq!(print(&lp, &request, PATIENT).unwrap_err().code(), "PRINT_NO_PRINTER");
}

#[test]
fn refusals_have_their_codes() {
    let rig = Rig::new();
    let cases = [
        (
            "echo 'lp: Error - scheduler not responding.' >&2; exit 1",
            "PRINT_SPOOLER_DOWN",
        ),
        (
            "echo 'lp: Error - No default destination.' >&2; exit 1",
            "PRINT_NO_PRINTER",
        ),
        ("echo 'lp: Bad Request' >&2; exit 1", "PRINT_REFUSED"),
        ("exit 0", "PRINT_REFUSED"),
        ("kill -KILL $$", "PRINT_REFUSED"),
        ("exec sleep 600", "PRINT_TIMED_OUT"),
    ];
    for (script, code) in cases {
        let lp = rig.stub("lp", script);
        let deadline = if code == "PRINT_TIMED_OUT" {
            Duration::from_millis(300)
        } else {
            PATIENT
        };
        assert_eq!(print(&lp, &RECEIPT, deadline).unwrap_err().code(), code, "{script}");
    }
    let missing = print(&Program::new("/nonexistent/lp"), &RECEIPT, PATIENT).unwrap_err();
    assert_eq!(missing.code(), "PRINT_PROGRAM_MISSING");
}

#[test]
fn queues_are_listed_with_the_default_one() {
    let rig = Rig::new();
    let script = r#"case $1 in -d) echo "system default destination: Laser";; -e) echo Laser; echo Nhiet;; esac"#;
    let expected = [("Laser", true), ("Nhiet", false)].map(|(name, is_default)| Queue {
        name: name.into(),
        is_default,
    });
    assert_eq!(queues(&rig.stub("lpstat", script), PATIENT).unwrap(), expected);
}

#[test]
fn no_queue_and_no_spooler_are_told_apart() {
    let rig = Rig::new();
    let none = rig.stub("none", "[ $1 = -d ] && echo 'no system default destination'; exit 0");
    assert!(queues(&none, PATIENT).unwrap().is_empty());
    let empty = rig.stub("empty", "echo 'lpstat: No destinations added.' >&2; exit 1");
    assert!(queues(&empty, PATIENT).unwrap().is_empty());
    let down = rig.stub("down", "echo 'lpstat: Unable to connect to server' >&2; exit 1");
    assert_eq!(queues(&down, PATIENT).unwrap_err().code(), "PRINT_SPOOLER_DOWN");
    let missing = Program::new("no-such-lpstat");
    assert_eq!(queues(&missing, PATIENT).unwrap_err().code(), "PRINT_PROGRAM_MISSING");
}
