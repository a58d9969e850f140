//! The page as a person uses it: by what its headings, buttons and fields are called.

use serde_json::{Value, json};

use crate::driver::Window;

impl Window {
    /// Waits for the page with this heading.
    pub(crate) fn at(&self, heading: &str) {
        let script = "const [name] = arguments;
            return [...document.querySelectorAll('h1')].find((h) => h.innerText.trim() === name) ?? null;";
        self.found(script, &json!([heading]));
    }

    /// Presses the button, or follows the link, of this name, once it is there and can be pressed.
    pub(crate) fn press(&self, name: &str) {
        let script = "const [name] = arguments;
            const all = document.querySelectorAll('button:not([disabled]), a[href]');
            const called = (e) => (e.getAttribute('aria-label') ?? e.innerText).trim() === name;
            return [...all].find((e) => called(e) && e.checkVisibility()) ?? null;";
        let button = self.found(script, &json!([name]));
        self.run(
            "arguments[0].scrollIntoView({block: 'center'})",
            json!([reference(&button)]),
        );
        self.click_on(&button);
    }

    /// Types into the field of this name.
    pub(crate) fn fill(&self, name: &str, text: &str) {
        let field = self.found(FIELD, &json!([name]));
        self.type_into(&field, text);
    }

    /// The names of the fields whose name begins like this.
    pub(crate) fn fields(&self, begins: &str) -> Vec<String> {
        let script = "const [begins] = arguments;
            const words = (f) => [...(f.labels ?? [])].map((l) => l.innerText.trim())[0] ?? f.getAttribute('aria-label') ?? '';
            return [...document.querySelectorAll('input')].map(words).filter((name) => name.startsWith(begins));";
        strings(&self.run(script, json!([begins])))
    }

    /// The texts of all elements that match.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let script =
            "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText.trim())";
        strings(&self.run(script, json!([selector])))
    }

    /// Opens one of the window's pages by its address.
    pub(crate) fn go(&self, address: &str) {
        self.run("location.hash = arguments[0]", json!([address]));
    }
}

const FIELD: &str = "const [name] = arguments;
    const labelled = (f) => (f.getAttribute('aria-labelledby') ?? '').split(' ')
        .some((id) => document.getElementById(id)?.innerText.trim() === name);
    const called = (f) => [...(f.labels ?? [])].some((l) => l.innerText.trim() === name) || labelled(f);
    return [...document.querySelectorAll('input, textarea')].find(called) ?? null;";

fn reference(element: &str) -> Value {
    json!({ crate::driver::ELEMENT: element })
}

fn strings(list: &Value) -> Vec<String> {
    let texts = list.as_array().expect("a list").iter();
    texts
        .map(|text| text.as_str().expect("a text").to_owned())
        .collect()
}
