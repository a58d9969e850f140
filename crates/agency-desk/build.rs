//! Puts the console's pages into the program, where the feature `agency-pages` asks for them.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "how a build script talks to cargo, and how it fails"
)]

#[path = "../../ui/pages.rs"]
mod pages;

fn main() {
    pages::list("agency");
}
