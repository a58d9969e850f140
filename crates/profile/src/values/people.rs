//! How to reach a person, and the people around them.

use serde::{Deserialize, Serialize};

use crate::Path;
use crate::error::{Problem, excerpt};
use crate::value::Check;
use crate::values::PartialDate;

/// A telephone number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// The number as dialled, at best in international form.
    pub number: String,
    /// What it is used for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<PhoneUse>,
    /// What the person calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Whether it is the one to try first.
    #[serde(default, skip_serializing_if = "is_false")]
    pub preferred: bool,
}

/// What a telephone number or an email address is used for (the types of vCard).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PhoneUse {
    /// At home.
    Home,
    /// At work.
    Work,
    /// A mobile telephone.
    Mobile,
    /// Speech.
    Voice,
    /// Text messages.
    Text,
    /// A textphone for people who do not hear or speak.
    Textphone,
    /// Video calls, for signing.
    Video,
    /// Fax.
    Fax,
    /// A pager.
    Pager,
}

impl Check for Phone {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        if self.number.bytes().any(|byte| byte.is_ascii_digit()) {
            Ok(())
        } else {
            Err(Problem::BadPhone(excerpt(&self.number)))
        }
    }
}

/// An email address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Email {
    /// The address.
    pub address: String,
    /// What it is used for; `home` or `work`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<PhoneUse>,
    /// What the person calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Whether it is the one to try first.
    #[serde(default, skip_serializing_if = "is_false")]
    pub preferred: bool,
}

impl Check for Email {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        let good = self.address.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty() && !host.is_empty() && !host.contains('@')
        });
        if good && !self.address.contains(char::is_whitespace) {
            Ok(())
        } else {
            Err(Problem::BadEmail(excerpt(&self.address)))
        }
    }
}

/// The preferred way to be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preferred {
    /// The way.
    pub method: ContactMethod,
    /// Such as "after 10, let it ring long".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Ways to be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ContactMethod {
    /// A telephone call.
    Phone,
    /// A text message.
    Text,
    /// Email.
    Email,
    /// A letter.
    Post,
    /// A textphone.
    Textphone,
    /// A relay service, where an operator types or signs.
    Relay,
    /// A video call, for signing.
    Video,
    /// A visit.
    Visit,
    /// Through a person named in `people`.
    Person,
}

impl Check for Preferred {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        Ok(())
    }
}

/// Somebody around the person: emergency contact, carer, dependant or attorney.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The name.
    pub name: String,
    /// Who they are to the person, such as `daughter`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relationship: Option<String>,
    /// Their telephone numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone>,
    /// Their email addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<Email>,
    /// Their address in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// When they were born.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<PartialDate>,
    /// Anything else, such as "has a key" or what an attorney may decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Check for Person {
    fn check(&self, path: &Path) -> Result<(), Problem> {
        self.phones.check(path)?;
        self.emails.check(path)?;
        self.birth_date
            .as_ref()
            .map_or(Ok(()), |date| date.check(path))
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if passes a reference"
)]
fn is_false(value: &bool) -> bool {
    !value
}
