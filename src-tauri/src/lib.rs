//! THE WINDOW. Adapters only: no decision is taken here. The page calls one command, `call`, which
//! hands name and request to the station and the answer back; everything else is the frame around it.

mod counter;
pub mod options;

pub use counter::Counter;

use serde_json::Value;
use tauri::{App, Builder, Manager, RunEvent, Runtime, State, Url, WebviewWindowBuilder};

/// In a released program the web view's own menu (reload, inspect) would only lose typed text.
const NO_MENU: &str = "window.addEventListener('contextmenu', (event) => event.preventDefault())";

/// The page's one door. Runs on a thread that may wait, so that the window never does.
#[tauri::command]
async fn call(counter: State<'_, Counter>, command: String, request: Value) -> Result<Value, Value> {
    let counter = counter.inner().clone();
    let work = tauri::async_runtime::spawn_blocking(move || counter.call(&command, request));
    work.await
        .unwrap_or_else(|_| Err(serde_json::json!({ "code": "INTERNAL" })))
}

/// The program without its runtime and configuration: state, command, window.
pub fn app<R: Runtime>(builder: Builder<R>, counter: Counter) -> Builder<R> {
    builder
        .manage(counter)
        .invoke_handler(tauri::generate_handler![call])
        .setup(|app| Ok(show(app)?))
}

/// Opens the configured window and lets it go nowhere but to the program's own pages.
fn show<R: Runtime>(app: &App<R>) -> tauri::Result<()> {
    let Some(config) = app.config().app.windows.first() else {
        return Ok(());
    };
    let mut window = WebviewWindowBuilder::from_config(app, config)?.on_navigation(own);
    if !cfg!(debug_assertions) {
        window = window.initialization_script(NO_MENU);
    }
    window.build().map(|_| ())
}

fn own(url: &Url) -> bool {
    url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost")
}

/// Opens the window and stays until it is closed. The station opens meanwhile, on its own thread.
///
/// # Errors
/// When the web view cannot start (no screen, no WebKit).
pub fn run(counter: Counter) -> tauri::Result<()> {
    let early = counter.clone();
    std::thread::spawn(move || early.open().is_ok());
    let app = app(Builder::default(), counter).build(context())?;
    app.run(|app, event| {
        if matches!(event, RunEvent::Exit) {
            app.state::<Counter>().close();
        }
    });
    Ok(())
}

/// Configuration, icons and pages, compiled in.
#[allow(
    clippy::disallowed_types,
    reason = "the macro's own code keeps the pages in a HashMap"
)]
fn context() -> tauri::Context {
    tauri::generate_context!()
}
