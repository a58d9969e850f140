//! The citizen's own information: listed by section with who may see each item, written, removed, imported.

use std::collections::BTreeMap;

use ::wallet::{Grant, State, Wallet};
use consent_token::term::Release;
use profile::{
    Lang, Path, PathEntry, Profile, Section, Shape, TypedValue,
    import::{self, Unmapped},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{InLanguage, Language, Nothing};
use crate::{App, Code, CommandError};

/// Everything that can be written down, and what is.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Data {
    /// By section, in the order of the profile.
    pub sections: Vec<DataSection>,
}

/// A page of the profile.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct DataSection {
    /// Its name in paths.
    #[ts(type = "'identity' | 'contact' | 'home' | 'health' | 'needs' | 'people' | 'documents'")]
    pub id: Section,
    /// Its heading.
    pub label: &'static str,
    /// Its items.
    pub items: Vec<DataItem>,
}

/// One item that can be written down.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct DataItem {
    /// Its path.
    pub path: String,
    /// Its name.
    pub label: String,
    /// What belongs there.
    pub help: &'static str,
    /// The shape of its value.
    #[ts(
        type = "'name' | 'date' | 'gender' | 'languages' | 'identifiers' | 'phones' | 'emails' | 'preferred' | 'address' | 'place' | 'text' | 'key_safe' \
                | 'hazards' | 'occupants' | 'pets' | 'conditions' | 'medication' | 'allergies' | 'equipment' | 'blood_group' | 'plan' | 'needs' | 'people' | 'attachment'"
    )]
    pub shape: Shape,
    /// The value in its canonical form.
    pub value: Option<Value>,
    /// Whether the law protects it especially.
    pub special: bool,
    /// How far into an emergency it opens, from 0 to 4; 4 never opens.
    pub tier: u8,
    /// Codes that can be chosen.
    pub codes: Vec<NeedWords>,
    /// Who may see it.
    pub seen_by: Vec<SeenBy>,
}

/// A code that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NeedWords {
    /// Two digits.
    pub code: &'static str,
    /// In words.
    pub label: &'static str,
}

/// Somebody who may see an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SeenBy {
    /// The consent that lets them.
    pub grant: String,
    /// The agency's name.
    pub agency: String,
    /// Only once an emergency is declared.
    pub on_incident: bool,
    /// Until when, in seconds.
    pub ends_at: i64,
}

/// One item to be written down.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SetData {
    /// Its path.
    pub path: String,
    /// Its value, in the canonical form or in shorthand.
    pub value: Value,
}

/// One item to be removed.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RemoveData {
    /// Its path.
    pub path: String,
}

/// A file to be read.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReadFile {
    /// What is in it.
    pub text: String,
    /// The language of reasons.
    pub lang: Language,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Imported {
    /// What has a place.
    pub taken: Vec<Taken>,
    /// What has none.
    pub left_out: Vec<LeftOut>,
}

/// One item of a file.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Taken {
    /// Its path.
    pub path: String,
    /// Its name.
    pub label: String,
    /// Its value.
    pub value: Value,
    /// What stands there until now, where it is something else.
    pub before: Option<Value>,
}

/// A part of a file that has no place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LeftOut {
    /// Where it stands in the file.
    pub place: String,
    /// What it says.
    pub what: String,
    /// Why it was left out.
    pub why: &'static str,
}

impl App {
    /// Everything that can be written down, what is, and who may see it.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn data_list(&self, ask: InLanguage) -> Result<Data, CommandError> {
        let mut desk = self.desk().await;
        let (wallet, lang) = (desk.wallet()?, ask.lang.into());
        let (profile, seen) = (wallet.profile()?, seen_by(wallet, lang)?);
        let section = |section: Section| DataSection {
            id: section,
            label: section.label(lang),
            items: items(section, &profile, &seen, lang),
        };
        Ok(Data {
            sections: Section::ALL.into_iter().map(section).collect(),
        })
    }

    /// Writes one item down, in place of what was there.
    ///
    /// # Errors
    /// `value` with field `value`; `unknown_path`, `locked`.
    pub async fn data_set(&self, ask: SetData) -> Result<Nothing, CommandError> {
        let path = path(&ask.path)?;
        self.desk().await.wallet()?.set_data(&path, ask.value)?;
        Ok(Nothing {})
    }

    /// Removes one item.
    ///
    /// # Errors
    /// `unknown_path`, `locked`.
    pub async fn data_remove(&self, ask: RemoveData) -> Result<Nothing, CommandError> {
        let path = path(&ask.path)?;
        self.desk().await.wallet()?.remove_data(&path)?;
        Ok(Nothing {})
    }

    /// What an import would write down. Nothing changes.
    ///
    /// # Errors
    /// `import_…` with field `file`; `locked`.
    pub async fn data_preview(&self, ask: ReadFile) -> Result<Imported, CommandError> {
        let before = self.desk().await.wallet()?.profile()?;
        let read = import::any(ask.text.as_bytes())?;
        Ok(told(read, &before, ask.lang.into()))
    }

    /// Writes down what a file holds, all of it or nothing.
    ///
    /// # Errors
    /// As [`App::data_preview`].
    pub async fn data_import(&self, ask: ReadFile) -> Result<Imported, CommandError> {
        let mut desk = self.desk().await;
        let wallet = desk.wallet()?;
        let before = wallet.profile()?;
        let read = wallet.import(ask.text.as_bytes())?;
        Ok(told(read, &before, ask.lang.into()))
    }
}

pub(super) fn path(text: &str) -> Result<Path, CommandError> {
    text.parse().map_err(|_| Code::UnknownPath.into())
}

/// The items of a section: each that there is room for, and each document that is there.
fn items(
    section: Section,
    profile: &Profile,
    seen: &BTreeMap<String, Vec<SeenBy>>,
    lang: Lang,
) -> Vec<DataItem> {
    let of = |path: &Path| item(path, profile, seen, lang);
    let fixed = profile::paths()
        .iter()
        .filter(|entry| entry.section == section)
        .filter_map(PathEntry::to_path);
    let documents = profile
        .iter()
        .map(|(path, _)| path)
        .filter(|path| section == Section::Documents && path.document().is_some());
    fixed
        .map(|path| of(&path))
        .chain(documents.map(of))
        .collect()
}

fn item(
    path: &Path,
    profile: &Profile,
    seen: &BTreeMap<String, Vec<SeenBy>>,
    lang: Lang,
) -> DataItem {
    let (entry, name) = (path.entry(), path.to_string());
    let fits = |need: &&profile::NeedCode| need.paths.contains(&name.as_str());
    DataItem {
        label: title(path, profile).unwrap_or(path.label(lang)).to_owned(),
        help: entry.help(lang),
        shape: entry.shape,
        value: profile.value(path),
        special: entry.special_category,
        tier: entry.tier as u8,
        codes: profile::need_codes()
            .iter()
            .filter(fits)
            .map(|need| NeedWords {
                code: need.code,
                label: need.label.in_lang(lang),
            })
            .collect(),
        seen_by: seen.get(&name).cloned().unwrap_or_default(),
        path: name,
    }
}

/// What the person calls a document.
fn title<'a>(path: &Path, profile: &'a Profile) -> Option<&'a str> {
    match profile.typed(path)? {
        TypedValue::Attachment(kept) => Some(&kept.title),
        _ => None,
    }
}

/// Who may see each path now.
fn seen_by(wallet: &mut Wallet, lang: Lang) -> Result<BTreeMap<String, Vec<SeenBy>>, CommandError> {
    let (now, facts) = (wallet.now(), wallet.facts(lang)?);
    let mut seen = BTreeMap::<String, Vec<SeenBy>>::new();
    let open = |grant: &Grant| matches!(grant.state(now), State::Valid | State::Waiting);
    for grant in wallet.grants()?.iter().filter(|grant| open(grant)) {
        for path in &grant.consent.datatypes {
            seen.entry(path.clone()).or_default().push(SeenBy {
                grant: grant.id.to_string(),
                agency: facts.name(&grant.agency, &grant.agency_name).to_owned(),
                on_incident: grant.consent.release == Release::OnIncident,
                ends_at: grant.ends_at.as_i64(),
            });
        }
    }
    Ok(seen)
}

fn told(read: import::Imported, before: &Profile, lang: Lang) -> Imported {
    let left_out = |part: &Unmapped| LeftOut {
        place: part.location.clone(),
        what: part.what.clone(),
        why: part.reason.explain(lang),
    };
    let left_out = read.unmapped.iter().map(left_out).collect();
    let taken = |(path, value): (Path, Value)| Taken {
        label: path.label(lang).to_owned(),
        before: before.value(&path).filter(|before| *before != value),
        path: path.to_string(),
        value,
    };
    Imported {
        taken: read.fields.into_iter().map(taken).collect(),
        left_out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The window's compiler goes by these two lists, which are written by hand.
    #[test]
    fn the_window_knows_every_section_and_every_shape() {
        let cfg = ts_rs::Config::new();
        let (section, item) = (DataSection::inline(&cfg), DataItem::inline(&cfg));
        let quoted = |name: Value| format!("'{}'", name.as_str().unwrap());
        for entry in profile::paths() {
            let names = [
                (&section, serde_json::json!(entry.section)),
                (&item, serde_json::json!(entry.shape)),
            ];
            for (list, name) in names.map(|(list, name)| (list, quoted(name))) {
                assert!(list.contains(&name), "{name}");
            }
        }
    }
}
