//! Where a person lives, how to get in, and what and who is inside.

use serde::{Deserialize, Serialize};

use crate::Path;
use crate::error::Problem;
use crate::value::Check;

/// A postal address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// House, street, and what else stands above the town.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
    /// Town or village.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<String>,
    /// County, state or province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Postcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// Country, by name or ISO 3166 code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The whole address as it would stand on a letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Check for Address {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        if *self == Self::default() {
            Err(Problem::EmptyText)
        } else {
            Ok(())
        }
    }
}

/// A point on the globe, WGS 84.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Degrees north, -90 to 90.
    pub lat: f64,
    /// Degrees east, -180 to 180.
    pub lon: f64,
    /// How far off it may be, in metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<f64>,
}

impl Check for Place {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        let accurate = self.accuracy_m.is_none_or(|metres| metres >= 0.0);
        if (-90.0..=90.0).contains(&self.lat) && (-180.0..=180.0).contains(&self.lon) && accurate {
            Ok(())
        } else {
            Err(Problem::BadPlace)
        }
    }
}

/// A key safe: where it hangs and what opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeySafe {
    /// Where it is.
    pub location: String,
    /// What opens it.
    pub code: String,
    /// Anything else, such as which key is for which door.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Check for KeySafe {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        Ok(())
    }
}

/// A danger to those who come to help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hazard {
    /// What it is.
    pub text: String,
    /// Where it is.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

impl Check for Hazard {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        Ok(())
    }
}

/// Somebody else who lives in the home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Occupant {
    /// Who it is, by name or relation.
    pub who: String,
    /// Age in years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<u8>,
    /// Which room they sleep in.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What they need in an emergency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
}

impl Check for Occupant {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        Ok(())
    }
}

/// Animals in the home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pet {
    /// What animal it is.
    pub kind: String,
    /// How many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u16>,
    /// Such as a name, or "guide dog, stays with me".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Check for Pet {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        Ok(())
    }
}
