//! Program `motcua-hub`: the edge where arguments, environment, clock and signals are read.
//!
//!     motcua-hub serve  --data DIR [--keys DIR] --listen ADDR [--plain-loopback]
//!     motcua-hub code   --data DIR [--keys DIR] --agency H99.128
//!     motcua-hub devices --data DIR [--keys DIR]
//!     motcua-hub device-suspend|device-reinstate --data DIR [--keys DIR] --device D
//!     motcua-hub report --data DIR [--keys DIR]
//!     motcua-hub rules-publish --data DIR [--keys DIR] FILE
//!     motcua-hub agency-add --data DIR [--keys DIR] --code C --name N --parent P --unit U --place L

mod cli;

use std::io::Write;
use std::process::ExitCode;

use cli::Failure;

/// See docs/adr/0013.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(sentence)) => {
            // With stderr closed there is nobody left to tell.
            let _ = writeln!(std::io::stderr(), "{sentence}");
            ExitCode::from(2)
        }
        Err(Failure::Refused { code, detail }) => {
            let _ = writeln!(std::io::stdout(), "{}", serde_json::json!({"error": {"code": code}}));
            let _ = writeln!(std::io::stderr(), "motcua-hub: {detail}");
            ExitCode::FAILURE
        }
    }
}
