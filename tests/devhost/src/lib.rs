//! The window's commands over loopback HTTP: `POST /command/<name>` with what the command asks for as JSON.
//! An answer has status 200, a refusal 422 with its code. `POST /control/link` hands a link over, as the
//! platform does when a person opens one.

mod commands;
mod door;

use std::{path::Path, sync::Arc};

use axum::{
    Json, Router,
    extract::{Path as Named, State},
    http::{HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::post,
};
use serde::Deserialize;
use serde_json::{Value, json};
use tower_http::{
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};
use wallet_app::App;

pub use door::Door;

/// The window's own policy, but for the way to the program, which is HTTP here.
const CONFIGURATION: &str = include_str!("../../../src-tauri/tauri.conf.json");

/// The interface below `pages` and the commands of `app`, for whoever comes through `door`.
pub fn router(app: Arc<App>, door: Door, pages: &Path) -> Router {
    let index = ServeFile::new(pages.join("index.html"));
    let files = ServeDir::new(pages).fallback(index);
    Router::new()
        .route("/command/{name}", post(command))
        .route("/control/link", post(hand_over))
        .with_state(app)
        .fallback_service(files)
        .layer(middleware::from_fn_with_state(Arc::new(door), door::guard))
        .layer(SetResponseHeaderLayer::overriding(
            header::CONTENT_SECURITY_POLICY,
            policy(),
        ))
        .layer(SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ))
}

async fn command(
    State(app): State<Arc<App>>,
    Named(name): Named<String>,
    Json(ask): Json<Value>,
) -> Response {
    match commands::answer(&app, &name, ask).await {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(Ok(answer)) => Json(answer).into_response(),
        Some(Err(refusal)) => (StatusCode::UNPROCESSABLE_ENTITY, Json(refusal)).into_response(),
    }
}

#[derive(Deserialize)]
struct Link {
    link: String,
}

async fn hand_over(State(app): State<Arc<App>>, Json(Link { link }): Json<Link>) -> Json<Value> {
    app.open_link(link);
    Json(json!({}))
}

/// The policy of `tauri.conf.json`, with this server in place of the window's own way to the program.
fn policy() -> HeaderValue {
    let configuration: Value = serde_json::from_str(CONFIGURATION).unwrap_or_default();
    let rules = configuration.pointer("/app/security/csp");
    let rules = rules.and_then(Value::as_object).into_iter().flatten();
    let text: Vec<String> = rules
        .map(|(rule, sources)| match rule.as_str() {
            "connect-src" => "connect-src 'self'".to_owned(),
            _ => format!("{rule} {}", sources.as_str().unwrap_or("'none'")),
        })
        .collect();
    HeaderValue::from_str(&text.join("; "))
        .unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}
