//! What every parser of untrusted bytes must keep to, whatever the bytes are: no panic, no loop without an
//! end, and what it says of itself (one spelling, what was read writes back, bounds). One function a parser,
//! run by libFuzzer and by the smoke run alike.

#![forbid(unsafe_code)]

mod forge;
mod imports;
mod log;
mod mutate;
pub mod seeds;
mod shares;
mod status;
mod tokens;
mod vault;
mod wire;

use std::{fs, process::ExitCode};

pub use mutate::Mutator;

/// One parser under test.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, also that of the binary for cargo-fuzz.
    pub name: &'static str,
    /// Reads the bytes and checks what was read; true where the parser took them. Panics on a defect.
    pub run: fn(&[u8]) -> bool,
    /// How many mutated inputs the smoke run makes of it.
    pub rounds: u32,
}

macro_rules! targets {
    ($($module:ident :: $name:ident $rounds:literal,)*) => {
        /// Every target.
        pub const TARGETS: &[Target] =
            &[$(Target { name: stringify!($name), run: $module::$name, rounds: $rounds },)*];
    };
}

targets! {
    tokens::token 10000,
    tokens::statement 8000,
    tokens::request 8000,
    tokens::link 4000,
    tokens::jws 4000,
    tokens::json 8000,
    wire::entry 8000,
    wire::receipt 2000,
    wire::registry 2000,
    wire::bodies 4000,
    wire::dpop 2000,
    wire::client_assertion 2000,
    shares::envelope 1000,
    shares::share 4000,
    shares::handover 2000,
    shares::attachment 500,
    shares::offer 2000,
    shares::rule 4000,
    status::status_list 4000,
    status::status_claims 4000,
    status::status_token 400,
    log::note 4000,
    log::checkpoint 4000,
    log::tlog_proof 4000,
    log::log_path 8000,
    log::entry_bundle 4000,
    log::tiles 2000,
    log::vkey 4000,
    log::witness_request 4000,
    log::witness_answer 4000,
    imports::vcard 4000,
    imports::fhir 4000,
    imports::wallet_json 4000,
    imports::import_any 1000,
    imports::profile 2000,
    vault::vault_record 4000,
    vault::vault_row 2000,
    vault::vault_manifest 2000,
    vault::vault_slot 2000,
    vault::phrase 2000,
    vault::passphrase 4000,
}

/// The target of that name.
///
/// # Panics
/// Where there is none: the binary is named after another.
#[must_use]
pub fn target(name: &str) -> &'static Target {
    TARGETS
        .iter()
        .find(|target| target.name == name)
        .expect("a target of that name")
}

/// Runs a target on the files named on the command line, as `cargo fuzz run TARGET FILE` does.
#[must_use]
pub fn replay(name: &str) -> ExitCode {
    let target = target(name);
    for path in std::env::args_os().skip(1) {
        let shown = path.to_string_lossy().into_owned();
        match fs::read(&path) {
            Ok(bytes) => println!(
                "{shown}: {}",
                if (target.run)(&bytes) {
                    "taken"
                } else {
                    "refused"
                }
            ),
            Err(error) => {
                eprintln!("{shown}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

/// The main function of a target's binary.
#[macro_export]
macro_rules! fuzz_target {
    ($name:literal) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|data: &[u8]| {
            ($crate::target($name).run)(data);
        });

        #[cfg(not(fuzzing))]
        fn main() -> std::process::ExitCode {
            $crate::replay($name)
        }
    };
}
