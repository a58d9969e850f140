//! The vectors as values; the generator writes them and a test holds the files against them.

#[path = "forge.rs"]
mod forge;
#[path = "requests.rs"]
mod requests;
#[path = "statements.rs"]
mod statements;
#[path = "tokens.rs"]
mod tokens;
#[path = "tokens_claims.rs"]
mod tokens_claims;
#[path = "tokens_form.rs"]
mod tokens_form;

use serde_json::{Value, json};

/// The folders below `tests/vectors`.
pub const FOLDERS: [&str; 3] = ["consent-token", "statements", "requests"];

/// One vector file.
pub struct Case {
    /// The folder below `tests/vectors`.
    pub folder: &'static str,
    /// The file's name without `.json`.
    pub name: String,
    /// What is in it.
    pub body: Value,
}

impl Case {
    /// The file's text.
    pub fn text(&self) -> String {
        format!("{:#}\n", self.body)
    }

    fn new(
        folder: &'static str,
        name: &str,
        desc: &str,
        member: &str,
        compact: String,
        context: Value,
        expect: &str,
    ) -> Self {
        let name = name.into();
        let body = json!({"desc": desc, member: compact, "context": context, "expect": expect});
        Self { folder, name, body }
    }
}

/// Every vector.
pub fn all() -> Vec<Case> {
    let mut cases = tokens::cases();
    cases.extend(tokens_form::cases());
    cases.extend(tokens_claims::cases());
    cases.extend(statements::cases());
    cases.extend(requests::cases());
    cases
}
