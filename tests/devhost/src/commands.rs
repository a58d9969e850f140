//! The commands by name, made from the one list, so that a browser can ask for what the window can and for
//! nothing else.

use serde_json::Value;
use wallet_app::*;

macro_rules! by_name {
    ($($name:ident($ask:ty) -> $answer:ty;)*) => {
        /// Runs a command; nothing where there is none of that name.
        pub(crate) async fn answer(
            app: &App,
            name: &str,
            ask: Value,
        ) -> Option<Result<Value, CommandError>> {
            Some(match name {
                $(stringify!($name) => match serde_json::from_value::<$ask>(ask) {
                    Ok(ask) => Box::pin(app.$name(ask)).await.and_then(|answer| wire(&answer)),
                    Err(_) => Err(Code::NotUnderstood.into()),
                },)*
                _ => return None,
            })
        }
    };
}

wallet_app::for_each_command!(by_name);

fn wire<T: serde::Serialize>(answer: &T) -> Result<Value, CommandError> {
    serde_json::to_value(answer).map_err(|_| Code::Unknown.into())
}
