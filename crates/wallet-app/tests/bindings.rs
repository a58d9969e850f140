//! The window's TypeScript types are those of the commands as they are now.

#[path = "../examples/bindings/text.rs"]
mod text;

#[test]
fn the_types_of_the_window_are_up_to_date() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(text::FILE);
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == text::commands(),
        "{} is stale: run `cargo run -p wallet-app --example bindings`",
        file.display()
    );
}
