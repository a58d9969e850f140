//! One typed value per path: reading JSON into it, checking it, and writing its canonical form.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::Path;
use crate::error::{Problem, ValueError, shorten};
use crate::values::{
    Address, Allergy, Attachment, BloodGroup, Condition, Email, Equipment, Gender, Hazard,
    Identifier, KeySafe, LanguageTag, Medicine, Name, Need, Occupant, PartialDate, Person, Pet,
    Phone, Place, Plan, Preferred, Text,
};

/// The most characters in one text of a value.
pub const MAX_TEXT: usize = 4_000;
/// The most entries in one list of a value.
pub const MAX_ITEMS: usize = 200;

/// What a typed value must hold beyond its shape.
pub(crate) trait Check {
    /// Refuses what the shape allows and the path does not.
    fn check(&self, path: &Path) -> Result<(), Problem>;
}

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident: $kind:ty, $main:expr;)*) => {
        /// The shape of the value at a path; `docs/spec/profile.md` shows each in JSON.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Shape { $($(#[$doc])* $name,)* }

        /// A value that was read, checked and typed for its path.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum TypedValue { $($(#[$doc])* $name($kind),)* }

        impl TypedValue {
            fn read(shape: Shape, value: Value) -> Result<Self, Problem> {
                Ok(match shape { $(Shape::$name => Self::$name(typed(value)?),)* })
            }

            fn check(&self, path: &Path) -> Result<(), Problem> {
                match self { $(Self::$name(inner) => inner.check(path),)* }
            }

            /// The value in its canonical JSON form, as it is shared.
            #[must_use]
            pub fn to_json(&self) -> Value {
                match self { $(Self::$name(inner) => json(inner),)* }
            }
        }

        impl Shape {
            /// The member that a bare string stands for, where the shape is an object or a list of objects.
            const fn main_member(self) -> Option<&'static str> {
                match self { $(Self::$name => $main,)* }
            }
        }
    };
}

shapes! {
    /// A person's name.
    Name: Name, Some("text");
    /// A date that may lack its day, month or year.
    Date: PartialDate, None;
    /// Gender.
    Gender: Gender, Some("code");
    /// Languages, the most preferred first.
    Languages: Vec<LanguageTag>, None;
    /// Numbers that an authority gave.
    Identifiers: Vec<Identifier>, Some("value");
    /// Telephone numbers.
    Phones: Vec<Phone>, Some("number");
    /// Email addresses.
    Emails: Vec<Email>, Some("address");
    /// The preferred way to be reached.
    Preferred: Preferred, Some("method");
    /// A postal address.
    Address: Address, None;
    /// A point on the globe (WGS 84).
    Place: Place, None;
    /// Free text.
    Text: Text, None;
    /// A key safe.
    KeySafe: KeySafe, None;
    /// Dangers in the home.
    Hazards: Vec<Hazard>, Some("text");
    /// Who else lives there.
    Occupants: Vec<Occupant>, Some("who");
    /// Animals in the home.
    Pets: Vec<Pet>, Some("kind");
    /// Health conditions.
    Conditions: Vec<Condition>, Some("text");
    /// Medicines.
    Medication: Vec<Medicine>, Some("text");
    /// Allergies and intolerances.
    Allergies: Vec<Allergy>, Some("text");
    /// Medical equipment.
    Equipment: Vec<Equipment>, Some("text");
    /// ABO and Rhesus blood group.
    BloodGroup: BloodGroup, None;
    /// A plan or decision in words.
    Plan: Plan, Some("text");
    /// Needs, by code of the Priority Services Register.
    Needs: Vec<Need>, Some("code");
    /// People.
    People: Vec<Person>, Some("name");
    /// An attachment.
    Attachment: Attachment, None;
}

impl Shape {
    /// Whether the value is a list.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(
            self,
            Self::Languages
                | Self::Identifiers
                | Self::Phones
                | Self::Emails
                | Self::Hazards
                | Self::Occupants
                | Self::Pets
                | Self::Conditions
                | Self::Medication
                | Self::Allergies
                | Self::Equipment
                | Self::Needs
                | Self::People
        )
    }
}

impl TypedValue {
    /// Reads `value` for `path`, in its canonical form or in shorthand.
    ///
    /// Shorthand: a single entry where a list is expected, and a bare string where an object with
    /// one main member is expected (`"029 2018 0000"` for a telephone number).
    ///
    /// # Errors
    /// [`ValueError`] with the [`Problem`] and, by its path, what is allowed.
    pub fn parse(path: &Path, value: Value) -> Result<Self, ValueError> {
        let refuse = |problem| ValueError {
            path: path.clone(),
            problem,
        };
        let shape = path.entry().shape;
        let typed = Self::read(shape, expand(shape, value)).map_err(refuse)?;
        bounds(&typed.to_json()).map_err(refuse)?;
        typed.check(path).map_err(refuse)?;
        Ok(typed)
    }
}

fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_json::from_value(value)
        .map_err(|error| Problem::WrongShape(shorten(&error.to_string(), 200)))
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("the value types have string keys and finite numbers only")
}

/// Turns shorthand into the canonical shape; anything else is passed on unchanged.
fn expand(shape: Shape, value: Value) -> Value {
    let main = |value| match (shape.main_member(), value) {
        (Some(member), Value::String(text)) => {
            Value::Object(Map::from_iter([(member.to_owned(), Value::String(text))]))
        }
        (_, other) => other,
    };
    match (shape.is_list(), value) {
        (true, Value::Array(items)) => Value::Array(items.into_iter().map(main).collect()),
        (true, single) => Value::Array(vec![main(single)]),
        (false, single) => main(single),
    }
}

/// Bounds of every text and list in a canonical value.
fn bounds(value: &Value) -> Result<(), Problem> {
    match value {
        Value::String(text) => text_bounds(text),
        Value::Array(items) if items.is_empty() => Err(Problem::EmptyList),
        Value::Array(items) if items.len() > MAX_ITEMS => Err(Problem::TooManyItems(items.len())),
        Value::Array(items) => items.iter().try_for_each(bounds),
        Value::Object(members) => members.values().try_for_each(bounds),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

fn text_bounds(text: &str) -> Result<(), Problem> {
    let length = text.chars().count();
    if length > MAX_TEXT {
        return Err(Problem::TextTooLong(length));
    }
    if text.trim().is_empty() {
        return Err(Problem::EmptyText);
    }
    if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err(Problem::ControlCharacter);
    }
    Ok(())
}

impl<T: Check> Check for Vec<T> {
    fn check(&self, path: &Path) -> Result<(), Problem> {
        self.iter().try_for_each(|item| item.check(path))
    }
}
