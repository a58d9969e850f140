//! From nothing to a revoked consent in the real window, with a real verifier behind it: what the agency's
//! own software says at each turn is what the window says.

use crate::county::County;
use crate::driver::Window;
use crate::{open, save_picture, stage::Theme};

const PASSPHRASE: &str = "a quiet river in spate";

#[test]
fn a_consent_is_given_checked_taken_back_and_refused() {
    let county = County::open();
    let link = county.request();
    let environment = [("ASSENT_VERIFIER", county.verifier.url.as_str())];
    let Some((_stage, window)) = open("a whole consent", Theme::Light, &environment, &[&link])
    else {
        return;
    };
    first_run(&window);
    bring_in(&window);
    say_yes(&window);
    let token = county.token();
    assert_eq!(county.check(&token).0, "yes");
    stop(&window);
    assert_eq!(county.check(&token), ("no".into(), "revoked".into()));
}

fn first_run(window: &Window) {
    window.press("Make my wallet");
    window.at("Choose a passphrase");
    window.fill("Passphrase", PASSPHRASE);
    window.fill("The same passphrase again", PASSPHRASE);
    window.press("Make my wallet");
    window.at("Write down your 24 recovery words");
    let words = window.texts("ol li");
    assert_eq!(words.len(), 24, "{words:?}");
    save_picture(window, "journey-1-recovery-words");
    window.press("I have written them down");
    window.at("Check your paper");
    for field in window.fields("Word number") {
        let number: usize = field.rsplit(' ').next().unwrap().parse().unwrap();
        window.fill(
            &field,
            words[number - 1]
                .rsplit(char::is_whitespace)
                .next()
                .unwrap(),
        );
    }
    window.press("Check");
    window.at("Choose your consent service");
    window.press("Use this service");
    window.at("Your wallet");
    save_picture(window, "journey-2-first-page");
}

fn bring_in(window: &Window) {
    window.go("#/information/import");
    window.at("Bring in a file");
    let field = window.found(
        "return document.querySelector('input[type=file]')",
        &serde_json::json!([]),
    );
    window.type_into(&field, County::resident().to_str().unwrap());
    window.press("Write this down");
    window.at("The file was brought in");
    save_picture(window, "journey-3-brought-in");
}

fn say_yes(window: &Window) {
    window.go("#/requests");
    window.at("Answer a request");
    window.press("Read the request");
    window.at("Cwm Derw Fire and Rescue asks to see some of your information");
    save_picture(window, "journey-4-review");
    window.press("Continue");
    window.at("Until when may Cwm Derw Fire and Rescue see it?");
    window.press("Continue");
    window.at("Check before you sign");
    save_picture(window, "journey-5-check");
    window.press("Say yes and sign");
    window.at("You said yes to Cwm Derw Fire and Rescue");
    save_picture(window, "journey-6-signed");
}

fn stop(window: &Window) {
    window.go("#/sharing");
    window.at("What you share");
    window.text("main a[aria-label^='Stop sharing with']");
    save_picture(window, "journey-7-sharing");
    window.click("main a[aria-label^='Stop sharing with']");
    window.at("Stop sharing with Cwm Derw Fire and Rescue?");
    save_picture(window, "journey-8-stop");
    window.press("Stop sharing now");
    window.at("You stopped sharing with Cwm Derw Fire and Rescue");
    window.text(".notice.success");
    save_picture(window, "journey-9-stopped");
}
