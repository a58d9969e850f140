//! Health: entries with words first and clinical codings beside them, as in the International Patient Summary.

use serde::{Deserialize, Serialize};

use crate::Path;
use crate::error::Problem;
use crate::value::Check;
use crate::values::PartialDate;

/// A code of a terminology, such as SNOMED CT or ATC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coding {
    /// URI of the terminology, such as `http://snomed.info/sct`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The code.
    pub code: String,
    /// The terminology's words for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
}

/// Marks an entry that says there is nothing, which is not the same as saying nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Absent {
    /// Somebody asked, and there is none that is known.
    NoneKnown,
    /// As before, for the kind that the text names; others may stand beside it.
    NoneKnownOfKind,
}

/// A health condition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What it is.
    pub text: String,
    /// The same in codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codings: Vec<Coding>,
    /// Present where the entry says that there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<Absent>,
    /// How severe it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<PartialDate>,
    /// Anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A medicine that is taken now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Medicine {
    /// Name, strength and form.
    pub text: String,
    /// The same in codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codings: Vec<Coding>,
    /// Present where the entry says that there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<Absent>,
    /// How much and how often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose: Option<String>,
    /// How it is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<PartialDate>,
    /// Anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An allergy or intolerance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allergy {
    /// What the person reacts to.
    pub text: String,
    /// The same in codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codings: Vec<Coding>,
    /// Present where the entry says that there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<Absent>,
    /// Allergy or intolerance, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<AllergyKind>,
    /// How dangerous a next contact may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criticality: Option<Criticality>,
    /// What happened before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<String>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<PartialDate>,
    /// Anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// FHIR's types of [`Allergy`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AllergyKind {
    /// An allergy.
    Allergy,
    /// An intolerance.
    Intolerance,
}

/// FHIR's criticality of an [`Allergy`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Criticality {
    /// Unlikely to threaten life.
    Low,
    /// May threaten life.
    High,
    /// Cannot be assessed.
    UnableToAssess,
}

/// Medical equipment on the person or in the home.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equipment {
    /// What it is.
    pub text: String,
    /// The same in codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codings: Vec<Coding>,
    /// Present where the entry says that there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<Absent>,
    /// Whether it stops without mains power; absent where nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs_power: Option<bool>,
    /// Where it stands or sits.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<PartialDate>,
    /// Anything else, such as how long the battery lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

macro_rules! check_entries {
    ($($entry:ty),*) => {$(
        impl Check for Vec<$entry> {
            fn check(&self, path: &Path) -> Result<(), Problem> {
                if self.len() > 1 && self.iter().any(|entry| entry.absent == Some(Absent::NoneKnown)) {
                    return Err(Problem::NoneKnownNotAlone);
                }
                self.iter().filter_map(|entry| entry.since.as_ref()).try_for_each(|date| date.check(path))
            }
        }
    )*};
}
check_entries!(Condition, Medicine, Allergy, Equipment);

/// ABO blood group, with the Rhesus factor where it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BloodGroup {
    /// A, Rhesus positive.
    #[serde(rename = "A+")]
    APositive,
    /// A, Rhesus negative.
    #[serde(rename = "A-")]
    ANegative,
    /// A, Rhesus not known.
    A,
    /// B, Rhesus positive.
    #[serde(rename = "B+")]
    BPositive,
    /// B, Rhesus negative.
    #[serde(rename = "B-")]
    BNegative,
    /// B, Rhesus not known.
    B,
    /// AB, Rhesus positive.
    #[serde(rename = "AB+")]
    AbPositive,
    /// AB, Rhesus negative.
    #[serde(rename = "AB-")]
    AbNegative,
    /// AB, Rhesus not known.
    #[serde(rename = "AB")]
    Ab,
    /// O, Rhesus positive.
    #[serde(rename = "O+")]
    OPositive,
    /// O, Rhesus negative.
    #[serde(rename = "O-")]
    ONegative,
    /// O, Rhesus not known.
    O,
}

impl Check for BloodGroup {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        Ok(())
    }
}

/// A plan or a decision in words, such as a care plan or an advance decision.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What it says.
    pub text: String,
    /// When it was made or last reviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// Who holds the signed original.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_by: Option<String>,
    /// The name, after `documents.`, of the attachment that it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

impl Check for Plan {
    fn check(&self, path: &Path) -> Result<(), Problem> {
        self.date.as_ref().map_or(Ok(()), |date| date.check(path))
    }
}
