//! Requests to start from: one for each purpose that comes with the program, and the agency's own.

use std::collections::BTreeMap;

use agency::{AgencyError, Identity};
use serde::{Deserialize, Serialize};

use crate::{
    ApiError, Code,
    api::{Draft, InBoth, Template},
    secret,
};

const FILE: &str = "desk/templates.json";
const BUILT_IN: &str = include_str!("templates.json");
/// Where the agency's name goes in a notice that comes with the program.
const NAME: &str = "{agency}";
/// Templates of one's own at most.
const AT_MOST: usize = 200;

/// The agency's own templates.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Templates {
    #[serde(default)]
    own: BTreeMap<String, Kept>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    name: InBoth,
    draft: Draft,
}

impl Templates {
    pub(crate) fn read(agency: &Identity) -> Result<Self, AgencyError> {
        Ok(agency.read_private(FILE)?.unwrap_or_default())
    }

    /// One's own, then those that come with the program.
    pub(crate) fn list(&self, names: &InBoth) -> Vec<Template> {
        let own = self.own.iter().map(|(id, kept)| Template {
            id: id.clone(),
            name: kept.name.clone(),
            built_in: false,
            draft: kept.draft.clone(),
        });
        own.chain(built_in(names)).collect()
    }

    /// Keeps a template, new where its id is empty.
    pub(crate) fn save(
        &mut self,
        agency: &Identity,
        mut template: Template,
    ) -> Result<Template, ApiError> {
        if template.name.en.trim().is_empty() || template.name.cy.trim().is_empty() {
            return Err(Code::NotUnderstood.at("name"));
        }
        if built_in(&InBoth::default())
            .iter()
            .any(|known| known.id == template.id)
        {
            return Err(Code::BuiltInTemplate.at("id"));
        }
        if template.id.is_empty() {
            template.id = secret::generate_plain(12)?;
        } else if !self.own.contains_key(&template.id) {
            return Err(Code::UnknownTemplate.at("id"));
        }
        if self.own.len() >= AT_MOST && !self.own.contains_key(&template.id) {
            return Err(Code::TooLarge.into());
        }
        let kept = Kept {
            name: template.name.clone(),
            draft: template.draft.clone(),
        };
        self.own.insert(template.id.clone(), kept);
        template.built_in = false;
        agency.write_private(FILE, self)?;
        Ok(template)
    }

    /// Forgets one of one's own.
    pub(crate) fn remove(&mut self, agency: &Identity, id: &str) -> Result<(), ApiError> {
        self.own.remove(id).ok_or(Code::UnknownTemplate)?;
        Ok(agency.write_private(FILE, self)?)
    }
}

fn built_in(names: &InBoth) -> Vec<Template> {
    let mut all: Vec<Template> = serde_json::from_str(BUILT_IN).expect("the templates are tested");
    for template in &mut all {
        let notice = &mut template.draft.notice;
        notice.en = notice.en.replace(NAME, &names.en);
        notice.cy = notice.cy.replace(NAME, &names.cy);
        template.built_in = true;
    }
    all
}

#[cfg(test)]
mod tests {
    use profile::{Path, purpose};

    use super::*;
    use crate::{
        api::{Language, ReadText},
        asks::readability,
    };

    #[test]
    fn each_purpose_that_asks_for_somebodys_data_has_a_template_of_what_it_needs() {
        let all = built_in(&InBoth::default());
        for purpose in profile::purposes()
            .iter()
            .filter(|purpose| purpose.code != "service-improvement")
        {
            assert!(
                all.iter().any(|one| one.draft.purposes == [purpose.code]),
                "{}",
                purpose.code
            );
        }
        for template in &all {
            let purpose = purpose(&template.draft.purposes[0]).unwrap();
            for item in &template.draft.items {
                let path: Path = item.parse().unwrap();
                assert!(purpose.can_need(&path), "{}: {item}", template.id);
            }
            assert!(
                template
                    .draft
                    .required
                    .iter()
                    .all(|one| template.draft.items.contains(one))
            );
        }
    }

    #[test]
    fn notices_are_plain_and_name_the_agency() {
        let names = InBoth {
            en: "Our Fire Service".into(),
            cy: "Ein Gwasanaeth Tân".into(),
        };
        for template in built_in(&names) {
            assert!(
                template.draft.notice.en.contains("Our Fire Service"),
                "{}",
                template.id
            );
            assert!(
                template.draft.notice.cy.contains("Ein Gwasanaeth Tân"),
                "{}",
                template.id
            );
            let text = template.draft.notice.en.clone();
            let age = readability(&ReadText {
                text,
                lang: Language::En,
            })
            .age
            .unwrap();
            assert!(age <= 13, "{}: {age}", template.id);
        }
    }
}
