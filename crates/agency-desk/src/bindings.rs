//! The TypeScript of [`crate::api`], written into `ui/agency/src/host/gen`. The test fails where what is
//! committed there is not what would be written; `ASSENT_WRITE_BINDINGS=1` writes it.

use std::{any::TypeId, collections::BTreeMap, fmt::Write as _, path::Path};

use ts_rs::{Config, TS, TypeVisitor};

use crate::{
    ApiError, Code,
    api::{routes::for_each_route, *},
};

const HEAD: &str = "// Written by crates/agency-desk from its types; change those and run its tests with ASSENT_WRITE_BINDINGS=1.\n";

/// Files are no types of their own: the page gets a Blob.
mod file {
    macro_rules! files {
        ($($name:ident),*) => {$(
            #[derive(ts_rs::TS)]
            #[ts(type = "Blob")]
            pub(super) struct $name;
        )*};
    }
    files!(QrCode, CsvFile, AdditionalDataFile, SubjectFile);
}
use file::{AdditionalDataFile, CsvFile, QrCode, SubjectFile};

/// Declarations by name, those of members included.
struct Declarations {
    config: Config,
    seen: Vec<TypeId>,
    found: BTreeMap<String, String>,
}

impl Declarations {
    fn add<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.contains(&TypeId::of::<T>()) {
            return;
        }
        self.seen.push(TypeId::of::<T>());
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let text = format!("{docs}export {}\n", T::decl(&self.config));
            self.found.insert(T::ident(&self.config), text);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.add::<T>();
    }
}

fn types() -> String {
    let mut all = Declarations {
        config: Config::new().with_large_int("number"),
        seen: Vec::new(),
        found: BTreeMap::new(),
    };
    macro_rules! add {
        ($($name:ident: $method:ident $path:literal ($ask:ident) -> $answer:ident [$($kind:tt)?] [$($access:tt)+] $meaning:literal;)*) => {
            $(all.add::<$ask>(); all.add::<$answer>();)*
        };
    }
    for_each_route!(add);
    all.add::<ApiError>();
    all.add::<Code>();
    all.add::<Role>();
    let files = ["QrCode", "CsvFile", "AdditionalDataFile", "SubjectFile"];
    let texts = all
        .found
        .iter()
        .filter(|(name, _)| !files.contains(&name.as_str()));
    let texts: Vec<&str> = texts.map(|(_, text)| text.as_str()).collect();
    format!("{HEAD}\n{}", texts.join("\n"))
}

fn routes() -> String {
    let mut names: Vec<&str> = ROUTES
        .iter()
        .flat_map(|route| [route.ask, answer(route)])
        .filter(|name| *name != "Blob")
        .collect();
    names.push("Role");
    names.sort_unstable();
    names.dedup();
    let mut text = format!(
        "{HEAD}\nimport type {{\n  {},\n}} from './types';\n",
        names.join(",\n  ")
    );
    text.push_str(
        "\n/** What each route below `/api/` asks and answers. */\nexport interface Routes {\n",
    );
    for route in ROUTES {
        let _ = writeln!(
            text,
            "  /** {} */\n  '{}': {{ ask: {}; answer: {} }};",
            route.meaning,
            route.path,
            route.ask,
            answer(route)
        );
    }
    text.push_str("}\n\n/** How each is called, what it answers with, and who may. */\nexport const ROUTES = {\n");
    for route in ROUTES {
        let _ = writeln!(
            text,
            "  '{}': {{ method: '{}', kind: '{}', roles: {} }},",
            route.path,
            method(route),
            kind(route),
            roles(route)
        );
    }
    text.push_str("} as const satisfies Record<\n  keyof Routes,\n  { method: 'GET' | 'POST'; kind: 'json' | 'file' | 'stream'; roles: 'anyone' | 'signed-in' | readonly Role[] }\n>;\n");
    text
}

/// What the needs codes of the Priority Services Register mean, in both languages.
fn needs() -> String {
    let mut text = format!("{HEAD}\nimport type {{ InBoth }} from './types';\n");
    text.push_str("\n/** The register's words, by code. */\nexport const NEEDS: Readonly<Record<string, InBoth>> = {\n");
    for need in profile::need_codes() {
        let words = serde_json::json!({ "en": need.label.en, "cy": need.label.cy });
        let _ = writeln!(text, "  '{}': {words},", need.code);
    }
    text + "};\n"
}

fn answer(route: &Route) -> &'static str {
    match route.kind {
        Kind::File(_) => "Blob",
        Kind::Json | Kind::Stream => route.answer,
    }
}

const fn method(route: &Route) -> &'static str {
    match route.method {
        Method::Get => "GET",
        Method::Post => "POST",
    }
}

const fn kind(route: &Route) -> &'static str {
    match route.kind {
        Kind::Json => "json",
        Kind::File(_) => "file",
        Kind::Stream => "stream",
    }
}

fn roles(route: &Route) -> String {
    match route.access {
        Access::Anyone => "'anyone'".into(),
        Access::SignedIn => "'signed-in'".into(),
        Access::Roles(roles) => {
            let named = roles.iter().map(|role| {
                let name = serde_json::to_value(role).unwrap();
                format!("'{}'", name.as_str().unwrap())
            });
            format!("[{}]", named.collect::<Vec<_>>().join(", "))
        }
    }
}

#[test]
fn what_the_pages_compile_against_is_what_the_console_speaks() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/agency/src/host/gen");
    let files = [
        ("types.ts", types()),
        ("routes.ts", routes()),
        ("needs.ts", needs()),
    ];
    for (name, text) in files {
        let path = folder.join(name);
        if std::env::var_os("ASSENT_WRITE_BINDINGS").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == text,
            "{} is stale: run this test with ASSENT_WRITE_BINDINGS=1 and commit it",
            path.display()
        );
    }
}

#[test]
fn no_two_routes_have_one_path() {
    let mut paths: Vec<&str> = ROUTES.iter().map(|route| route.path).collect();
    paths.sort_unstable();
    let count = paths.len();
    paths.dedup();
    assert_eq!(paths.len(), count);
}
