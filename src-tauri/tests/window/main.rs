//! The real window: the built program on a display of its own, driven over WebDriver.
//!
//! Needs the interface built, Xvfb, `dbus-daemon` and `WebKitWebDriver`. Where one is missing the tests say so and pass,
//! except in CI, where they fail. Pictures are left in `target/screenshots`.
#![cfg(target_os = "linux")]
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test stops where it fails, and says when it is passed over"
)]

mod county;
mod driver;
mod journey;
#[expect(dead_code, reason = "the tests beside sleep.rs use all of it")]
mod logind;
mod page;
mod sleep;
mod stage;

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
};

use driver::Window;
use serde_json::{Value, json};
use stage::{Stage, Theme};

const AXE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../ui/node_modules/axe-core/axe.min.js"
);
const FIRST_HEADING: &str = "Your information, shared on your terms";

/// Opens the window in a fresh data folder, or says why this test is passed over.
fn open(
    test: &str,
    theme: Theme,
    environment: &[(&str, &str)],
    words: &[&str],
) -> Option<(Stage, Window)> {
    match Stage::set(
        Path::new(env!("CARGO_BIN_EXE_assent-wallet")),
        theme,
        environment,
    ) {
        Ok(stage) => {
            let window = stage.open_window(words);
            Some((stage, window))
        }
        Err(missing) if std::env::var_os("CI").is_none() => {
            println!("passed over: {test}: {missing} is not installed");
            None
        }
        Err(missing) => panic!("{missing} is needed to test the window"),
    }
}

/// Keeps a picture of the window once what was asked for last is painted.
fn save_picture(window: &Window, name: &str) {
    let painted = "const done = arguments[arguments.length - 1];
        document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));";
    window.run_async(painted);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let folder: PathBuf = target.join("screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name).with_extension("png"), window.picture()).unwrap();
}

#[test]
fn the_first_page_tells_what_assent_is_and_writes_nothing() {
    let Some((stage, window)) = open("first page", Theme::Light, &[], &[]) else {
        return;
    };
    window.at(FIRST_HEADING);
    let place = stage.data_folder().join("assent").join("wallet.vault");
    assert!(!place.exists(), "looking at the page made a file");
}

#[test]
fn the_page_speaks_welsh_when_asked() {
    let Some((_stage, window)) = open("Welsh", Theme::Light, &[], &[]) else {
        return;
    };
    window.click("[lang=cy]");
    window.at("Eich gwybodaeth, ar eich telerau chi");
    assert_eq!(
        window.run("return document.documentElement.lang", json!([])),
        json!("cy")
    );
    save_picture(&window, "first-page-welsh");
}

#[test]
fn the_page_can_be_read_by_everybody_in_both_themes_and_all_widths() {
    let axe = std::fs::read_to_string(AXE).expect("`npm ci` has been run in ui/");
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        let Some((_stage, window)) = open("accessibility", theme, &[], &[]) else {
            return;
        };
        let dark = "return matchMedia('(prefers-color-scheme: dark)').matches";
        assert_eq!(window.run(dark, json!([])), json!(theme == Theme::Dark));
        window.at(FIRST_HEADING);
        window.run(&axe, json!([]));
        for (width, height) in [(1200, 800), (360, 800), (320, 640)] {
            window.resize(width, height);
            assert_eq!(faults(&window), json!([]), "{name} at {width} by {height}");
            let overflow = "return document.documentElement.scrollWidth > innerWidth";
            assert_eq!(
                window.run(overflow, json!([])),
                json!(false),
                "sideways at {width}"
            );
            save_picture(&window, &format!("first-page-{name}-{width}x{height}"));
        }
    }
}

/// What axe finds on the page, as `rule: element` lines.
fn faults(window: &Window) -> Value {
    let script = "const done = arguments[arguments.length - 1];
        axe.run().then((found) => done(found.violations.flatMap(
            (fault) => fault.nodes.map((node) => fault.id + ': ' + node.html))));";
    window.run_async(script)
}

#[test]
fn the_page_reaches_nothing_but_the_program() {
    let Some((_stage, window)) = open("closed network", Theme::Light, &[], &[]) else {
        return;
    };
    let script = "const done = arguments[arguments.length - 1];
        addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
        fetch('http://127.0.0.1:9/').then(() => done('reached'), () => undefined);";
    assert_eq!(window.run_async(script), json!("connect-src"));
}

#[test]
fn the_window_shows_no_page_from_elsewhere() {
    let Some((_stage, window)) = open("stay", Theme::Light, &[], &[]) else {
        return;
    };
    let elsewhere = TcpListener::bind("127.0.0.1:0").expect("a free port");
    elsewhere.set_nonblocking(true).expect("a socket");
    let address = format!("http://{}/", elsewhere.local_addr().expect("bound"));
    let ask = "const done = arguments[arguments.length - 1];
        window.__TAURI_INTERNALS__.invoke('about', { ask: {} }).then(() => done('here'), () => done('gone'));";
    window.run("location.href = arguments[0]", json!([address]));
    for _round in 0..20 {
        assert_eq!(window.run_async(ask), json!("here"));
    }
    window.at(FIRST_HEADING);
    assert!(elsewhere.accept().is_err(), "it was asked for");
}

#[test]
fn a_command_without_a_permission_is_refused() {
    let Some((_stage, window)) = open("permissions", Theme::Light, &[], &[]) else {
        return;
    };
    let ask = |command: &str| {
        window.run_async(&format!(
            "const done = arguments[arguments.length - 1];
             window.__TAURI_INTERNALS__.invoke('{command}', {{ ask: {{}} }})
                 .then(() => done('allowed'), () => done('refused'));"
        ))
    };
    assert_eq!(ask("about"), json!("allowed"));
    for command in [
        "plugin:window|minimize",
        "plugin:app|version",
        "plugin:event|listen",
        "plugin:dialog|open",
        "plugin:notification|notify",
        "plugin:deep-link|register",
    ] {
        assert_eq!(ask(command), json!("refused"), "{command}");
    }
}
