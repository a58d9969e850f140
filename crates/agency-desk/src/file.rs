//! A file that a route answers with.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};

/// A file, with the name under which a browser keeps it.
pub(crate) struct File {
    pub(crate) media: String,
    /// Plain letters, digits, dots and hyphens.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl IntoResponse for File {
    fn into_response(self) -> Response {
        let value = |text: &str| {
            HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""))
        };
        let kept = format!("attachment; filename=\"{}\"", self.name);
        let headers = [
            (header::CONTENT_TYPE, value(&self.media)),
            (header::CONTENT_DISPOSITION, value(&kept)),
        ];
        (headers, self.bytes).into_response()
    }
}
