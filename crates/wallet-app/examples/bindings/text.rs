//! The window's commands in TypeScript: their types with the words that stand beside them in Rust, one map
//! from each name to what it asks for and answers, and the list of error codes.

use std::{any::TypeId, collections::BTreeMap, collections::HashSet, fmt::Write as _};

use ts_rs::{Config, TS, TypeVisitor};
use wallet_app::*;

/// Where the text is kept, from this crate's folder.
pub const FILE: &str = "../../ui/wallet/src/host/gen/commands.ts";

const HEAD: &str = "\
// Written from crates/wallet-app by `cargo run -p wallet-app --example bindings`. A test fails when it is stale.
";

macro_rules! text_of {
    ($($name:ident($ask:ty) -> $answer:ty;)*) => {
        /// The whole file.
        pub fn commands() -> String {
            let mut types = Types::default();
            $(types.visit::<$ask>(); types.visit::<$answer>();)*
            types.visit::<CommandError>();
            let mut text = String::from(HEAD);
            for declaration in types.declared.values() {
                write!(text, "\n{declaration}\n").expect("text grows");
            }
            let cfg = &types.cfg;
            text += "\n/** Every command: what it asks for and what it answers. */\nexport type Commands = {\n";
            $(
                let (ask, answer) = (<$ask>::name(cfg), <$answer>::name(cfg));
                writeln!(text, "  {}: {{ ask: {ask}; answer: {answer} }};", stringify!($name)).expect("text grows");
            )*
            text += "};\n\n/** The names of all commands. */\nexport const COMMANDS = [\n";
            $(writeln!(text, "  '{}',", stringify!($name)).expect("text grows");)*
            text += "] as const satisfies readonly (keyof Commands)[];\n\n";
            text += "/** Every code that a command may answer with. */\nexport const CODES = [\n";
            for code in Code::ALL {
                let wire = serde_json::to_string(code).expect("a code is a word");
                writeln!(text, "  {},", wire.replace('"', "'")).expect("text grows");
            }
            text + "] as const satisfies readonly Code[];\n"
        }
    };
}

wallet_app::for_each_command!(text_of);

/// The declarations of every type that was visited and of what these refer to, by name.
struct Types {
    cfg: Config,
    seen: HashSet<TypeId>,
    declared: BTreeMap<String, String>,
}

impl Default for Types {
    fn default() -> Self {
        // Whole numbers of this protocol stay far below 2^53: seconds, milliseconds, sizes, places in a log.
        let cfg = Config::new().with_large_int("number");
        Types {
            cfg,
            seen: HashSet::new(),
            declared: BTreeMap::new(),
        }
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Numbers, texts and lists are written where they are used.
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let declaration = format!("{docs}export {}", T::decl(&self.cfg));
            self.declared.insert(T::ident(&self.cfg), declaration);
        }
        T::visit_dependencies(self);
    }
}
