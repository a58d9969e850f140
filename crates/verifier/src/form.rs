//! Form bodies (WHATWG URL, `application/x-www-form-urlencoded`). A consent token needs no escapes: a form
//! without any is read in place, in a third of the time that decoding takes.

use axum::extract::{FromRequest, RawForm, Request, rejection::RawFormRejection};
use protocol::Code;
use serde::{
    Deserializer,
    de::{
        DeserializeOwned, IntoDeserializer, Visitor,
        value::{Error, MapDeserializer},
    },
    forward_to_deserialize_any,
};

use crate::reject::{Rejection, not_read};

/// A form body whose refusals are problems.
pub struct Form<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = Rejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
        let RawForm(body) = RawForm::from_request(request, state)
            .await
            .map_err(|rejection| match rejection {
                RawFormRejection::BytesRejection(rejection) => not_read(&rejection),
                _ => Rejection::new(
                    Code::UnsupportedMediaType,
                    "send application/x-www-form-urlencoded",
                ),
            })?;
        read(&body).map(Form).map_err(|_| {
            Rejection::new(
                Code::InvalidRequest,
                "the form lacks a field or holds one twice",
            )
        })
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let plain = !body.iter().any(|byte| matches!(byte, b'%' | b'+'));
    match std::str::from_utf8(body) {
        Ok(text) if plain => {
            let pairs = text.split('&').filter(|pair| !pair.is_empty());
            let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
            T::deserialize(MapDeserializer::new(
                pairs.map(|(name, value)| (name, Value(value))),
            ))
        }
        _ => serde_urlencoded::from_bytes(body),
    }
}

/// A field's value: one that is there is some value.
struct Value<'a>(&'a str);

impl<'de> IntoDeserializer<'de> for Value<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Fields {
        token: String,
        purpose: Option<String>,
    }

    fn fields(body: &str) -> Option<Fields> {
        read(body.as_bytes()).ok()
    }

    #[test]
    fn a_form_reads_the_same_with_and_without_escapes() {
        for body in [
            "token=a.b-c_d&purpose=p",
            "token=a.b%2Dc_d&purpose=p",
            "&purpose=p&unknown=x&token=a.b-c_d&",
            "unknown=+&purpose=%70&token=a.b-c_d",
        ] {
            let read = fields(body).unwrap();
            assert_eq!(
                (read.token.as_str(), read.purpose.as_deref()),
                ("a.b-c_d", Some("p")),
                "{body}"
            );
        }
        assert_eq!(fields("token").unwrap().token, "");
        assert_eq!(fields("token=a=b").unwrap().token, "a=b");
        assert_eq!(fields("token=%C3%B4+").unwrap().token, "ô ");
        assert_eq!(fields("token=ô").unwrap().token, "ô");
    }

    #[test]
    fn a_field_that_lacks_or_comes_twice_is_an_error() {
        for bad in ["", "purpose=p", "token=a&token=b", "token=a&token=%62"] {
            assert_eq!(fields(bad), None, "{bad}");
        }
    }
}
