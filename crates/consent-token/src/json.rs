//! Strict JSON (RFC 8259 as RFC 7515 section 4 and RFC 8725 section 2.4 want it): a key that comes
//! twice in one object, at any depth and however it is escaped, is refused, and so is deep nesting.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// The deepest nesting of objects and arrays that is read; our own formats need five levels.
pub const MAX_DEPTH: usize = 16;

/// Why a text was not read as strict JSON. It never carries the text itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JsonError {
    /// Not JSON, a repeated key, or nested deeper than [`MAX_DEPTH`]; its maker must correct it.
    #[error("not strict JSON (line {line}, column {column})")]
    NotStrict {
        /// Line of the mistake, from 1.
        line: usize,
        /// Column of the mistake, in bytes.
        column: usize,
    },
    /// JSON, but not of the shape asked for; its maker must correct it.
    #[error("JSON of another shape (line {line}, column {column})")]
    Shape {
        /// Line of the mistake, from 1.
        line: usize,
        /// Column of the mistake, in bytes.
        column: usize,
    },
}

/// Reads a value from strict JSON, nothing before or after it.
///
/// # Errors
/// [`JsonError`] when it is not strict JSON or not of the shape of `T`.
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonError> {
    scan(bytes)?;
    serde_json::from_slice(bytes).map_err(|error| JsonError::Shape {
        line: error.line(),
        column: error.column(),
    })
}

/// Reads a value whose members are a closed set at every level, in one pass: serde itself then
/// refuses a repeated member. `None` when it is anything else.
pub(crate) fn closed<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Option<T> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = object(&mut reader).ok()?;
    reader.end().ok()?;
    Some(value)
}

/// Checks that the bytes are one strict JSON value, and keeps nothing of it.
///
/// # Errors
/// [`JsonError::NotStrict`].
pub fn scan(bytes: &[u8]) -> Result<(), JsonError> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let scanned = Scan { depth: 0 }.deserialize(&mut reader);
    scanned
        .and_then(|()| reader.end())
        .map_err(|error| JsonError::NotStrict {
            line: error.line(),
            column: error.column(),
        })
}

/// For `#[serde(deserialize_with)]`: reads an object only. A derived `Deserialize` alone would also
/// take an array of the members in order.
///
/// # Errors
/// The deserializer's own.
pub fn object<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_map(Object(PhantomData))
}

/// For `#[serde(default, deserialize_with)]`: an optional member is absent or has a value; `null`
/// is neither.
///
/// # Errors
/// The deserializer's own.
pub fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Reads a JSON string through [`FromStr`].
pub(crate) fn text<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: fmt::Display>,
{
    deserializer.deserialize_str(Text(PhantomData))
}

/// Serde through `Display` and `FromStr`: one text form, wherever the type is written.
macro_rules! text_serde {
    ($($name:ty),+) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::json::text(deserializer)
            }
        }
    )+};
}

/// Serde for a type derived with `#[serde(remote = "Self")]`, from JSON objects only.
macro_rules! object_serde {
    ($($name:ident),+) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $name::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Members($name);

                impl<'de> serde::Deserialize<'de> for Members {
                    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                        $name::deserialize(d).map(Members)
                    }
                }

                $crate::json::object(deserializer).map(|Members(value)| value)
            }
        }
    )+};
}

pub(crate) use {object_serde, text_serde};

struct Text<T>(PhantomData<T>);

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

struct Object<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Object<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(members))
    }
}

/// Walks a value that is `depth` levels down.
#[derive(Clone, Copy)]
struct Scan {
    depth: usize,
}

impl Scan {
    fn deeper<E: de::Error>(self) -> Result<Self, E> {
        let depth = self.depth + 1;
        let allowed = depth <= MAX_DEPTH;
        allowed
            .then_some(Self { depth })
            .ok_or_else(|| E::custom("nested too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Scan {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scan {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("strict JSON")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let inner = self.deeper()?;
        while items.next_element_seed(inner)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let inner = self.deeper()?;
        let mut seen = HashSet::new();
        while let Some(Key(key)) = members.next_key()? {
            if !seen.insert(key) {
                return Err(de::Error::custom("repeated key"));
            }
            members.next_value_seed(inner)?;
        }
        Ok(())
    }
}

/// A member's name, borrowed when it has no escapes.
#[derive(PartialEq, Eq, Hash, Deserialize)]
#[serde(transparent)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;

    fn is_strict(text: &str) -> bool {
        scan(text.as_bytes()).is_ok()
    }

    #[test]
    fn a_repeated_key_is_refused_at_every_depth() {
        assert!(is_strict(r#"{"a":{"a":[{"a":1},{"a":1}]},"b":"a"}"#));
        assert!(!is_strict(r#"{"a":1,"a":1}"#));
        assert!(!is_strict(r#"{"a":1,"\u0061":1}"#));
        assert!(!is_strict(r#"{"x":[0,{"y":{"a":1,"b":2,"a":3}}]}"#));
    }

    #[test]
    fn nesting_stops_at_the_limit() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(is_strict(&nested(MAX_DEPTH)));
        assert!(!is_strict(&nested(MAX_DEPTH + 1)));
        assert!(!is_strict(&nested(100_000)));
    }

    #[test]
    fn only_one_value_and_only_json() {
        for bad in [
            "",
            "{} {}",
            "{}x",
            "\u{feff}{}",
            "{'a':1}",
            "{\"a\":01}",
            "[1e999]",
            "[NaN]",
            "{\"a\":\"\\ud800\"}",
            "[1,]",
        ] {
            assert!(!is_strict(bad), "{bad}");
        }
        assert!(scan(b"\"\xff\"").is_err());
        assert!(is_strict(
            " {\"a\": [1, -1, 1.5, 1e3, true, null, \"\\ud83d\\ude00\"]}\n"
        ));
    }

    #[test]
    fn an_object_is_not_an_array() {
        #[derive(Debug, PartialEq, Deserialize)]
        #[serde(remote = "Self")]
        struct Pair {
            a: u8,
            #[serde(default, deserialize_with = "present")]
            b: Option<u8>,
        }
        impl Pair {
            fn serialize<S: serde::Serializer>(_: &Self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_unit()
            }
        }
        object_serde!(Pair);
        assert_eq!(
            from_slice(b"{\"a\":1,\"b\":2}"),
            Ok(Pair { a: 1, b: Some(2) })
        );
        assert_eq!(from_slice(b"{\"a\":1}"), Ok(Pair { a: 1, b: None }));
        assert!(from_slice::<Pair>(b"[1,2]").is_err());
        assert!(from_slice::<Pair>(b"{\"a\":1,\"b\":null}").is_err());
    }
}
