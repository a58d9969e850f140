//! The purposes of PROTOCOL section 10, each with the items that it can reasonably need.

use crate::{Lang, Path, Words};

/// One purpose for which an agency may ask for data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Purpose {
    /// The code in consent tokens.
    pub code: &'static str,
    /// The nearest purpose of the W3C Data Privacy Vocabulary 2.3.
    pub dpv_iri: &'static str,
    /// Its name on screen.
    pub label: Words,
    /// What it means, in plain words.
    pub explanation: Words,
    /// Paths, or groups of paths ending in `.*`, that it can reasonably need.
    pub needs: &'static [&'static str],
}

impl Purpose {
    /// The name on screen in `lang`.
    #[must_use]
    pub const fn label(&self, lang: Lang) -> &'static str {
        self.label.in_lang(lang)
    }

    /// The explanation in `lang`.
    #[must_use]
    pub const fn explanation(&self, lang: Lang) -> &'static str {
        self.explanation.in_lang(lang)
    }

    /// Whether this purpose can reasonably need `path`; where not, the wallet warns that more is asked than needed.
    #[must_use]
    pub fn can_need(&self, path: &Path) -> bool {
        let path = path.to_string();
        self.needs.iter().any(|need| match need.strip_suffix('*') {
            Some(group) => path.starts_with(group),
            None => path == *need,
        })
    }
}

const fn purpose_of(
    code: &'static str,
    dpv_iri: &'static str,
    label: Words,
    explanation: Words,
    needs: &'static [&'static str],
) -> Purpose {
    Purpose {
        code,
        dpv_iri,
        label,
        explanation,
        needs,
    }
}

const fn words(en: &'static str, cy: &'static str) -> Words {
    Words { en, cy }
}

static PURPOSES: [Purpose; 10] = [
    purpose_of(
        "emergency-response",
        "https://w3id.org/dpv/sector/infra#CriticalEmergencyResponseManagement",
        words("Emergency response", "Ymateb i argyfwng"),
        words(
            "To reach you and help you safely when you or somebody near you calls for help.",
            "I'ch cyrraedd a'ch helpu'n ddiogel pan fyddwch chi neu rywun gerllaw yn galw am help.",
        ),
        &[
            "identity.name",
            "identity.birth_date",
            "identity.gender",
            "identity.languages",
            "identity.national_id",
            "contact.*",
            "home.*",
            "health.*",
            "needs.*",
            "people.*",
            "documents.*",
        ],
    ),
    purpose_of(
        "vulnerability-support",
        "https://w3id.org/dpv/sector/publicservices#SocialWelfareProvision",
        words(
            "Support for people at risk",
            "Cefnogaeth i bobl mewn perygl",
        ),
        words(
            "To know that you may need extra help, and to offer it to you.",
            "I wybod y gall fod angen help ychwanegol arnoch, ac i'w gynnig i chi.",
        ),
        &[
            "identity.name",
            "identity.birth_date",
            "identity.languages",
            "contact.*",
            "home.address",
            "home.geo",
            "home.occupants",
            "health.equipment",
            "needs.*",
            "people.emergency_contacts",
            "people.carers",
            "people.dependants",
        ],
    ),
    purpose_of(
        "fire-safety-visit",
        "https://w3id.org/dpv#RequestedServiceProvision",
        words(
            "Home fire safety visit",
            "Ymweliad diogelwch tân yn y cartref",
        ),
        words(
            "To visit your home, check alarms and plan with you how to get out.",
            "I ymweld â'ch cartref, gwirio larymau a chynllunio gyda chi sut i fynd allan.",
        ),
        &[
            "identity.name",
            "identity.languages",
            "contact.*",
            "home.address",
            "home.geo",
            "home.access",
            "home.hazards",
            "home.occupants",
            "home.pets",
            "health.equipment",
            "needs.*",
            "people.carers",
        ],
    ),
    purpose_of(
        "welfare-check",
        "https://w3id.org/dpv/sector/publicservices#SocialWelfareRiskAssessment",
        words("Welfare check", "Gwiriad lles"),
        words(
            "To see that you are well when somebody is worried about you.",
            "I weld eich bod yn iawn pan fydd rhywun yn poeni amdanoch.",
        ),
        &[
            "identity.name",
            "identity.birth_date",
            "identity.languages",
            "contact.*",
            "home.address",
            "home.geo",
            "home.access",
            "home.key_safe",
            "home.hazards",
            "home.occupants",
            "home.pets",
            "health.conditions",
            "health.equipment",
            "needs.*",
            "people.*",
        ],
    ),
    purpose_of(
        "missing-person",
        "https://w3id.org/dpv#ProtectionOfPublicSecurity",
        words("Finding a missing person", "Dod o hyd i berson coll"),
        words(
            "To look for you quickly and bring you home safely if you go missing.",
            "I chwilio amdanoch yn gyflym a dod â chi adref yn ddiogel os ewch ar goll.",
        ),
        &[
            "identity.name",
            "identity.birth_date",
            "identity.gender",
            "identity.languages",
            "contact.phone",
            "home.address",
            "home.geo",
            "health.conditions",
            "health.medication",
            "needs.*",
            "people.*",
            "documents.*",
        ],
    ),
    purpose_of(
        "care-coordination",
        "https://w3id.org/dpv/sector/health#ProvidersDataSharing",
        words("Coordinating care", "Cydlynu gofal"),
        words(
            "So that those who care for you know the same things and you need not repeat them.",
            "Fel bod y rhai sy'n gofalu amdanoch yn gwybod yr un pethau ac nad oes rhaid i chi eu hailadrodd.",
        ),
        &[
            "identity.*",
            "contact.*",
            "home.address",
            "home.access",
            "home.occupants",
            "health.*",
            "needs.*",
            "people.*",
            "documents.*",
        ],
    ),
    purpose_of(
        "priority-services",
        "https://w3id.org/dpv/sector/infra#CriticalInfrastructureManagement",
        words(
            "Priority services for power and water",
            "Gwasanaethau blaenoriaeth ar gyfer trydan a dŵr",
        ),
        words(
            "To warn you before power or water is off and to help you first when it is.",
            "I'ch rhybuddio cyn i'r trydan neu'r dŵr gael ei ddiffodd a'ch helpu chi'n gyntaf pan fydd.",
        ),
        &[
            "identity.name",
            "identity.languages",
            "contact.*",
            "home.address",
            "home.geo",
            "health.equipment",
            "needs.*",
            "people.emergency_contacts",
            "people.carers",
        ],
    ),
    purpose_of(
        "housing-support",
        "https://w3id.org/dpv/sector/publicservices#HousingWelfareManagement",
        words("Housing support", "Cymorth tai"),
        words(
            "To adapt your home, or to find one that suits you.",
            "I addasu eich cartref, neu i ddod o hyd i un sy'n addas i chi.",
        ),
        &[
            "identity.name",
            "identity.birth_date",
            "identity.languages",
            "contact.*",
            "home.address",
            "home.access",
            "home.hazards",
            "home.occupants",
            "home.pets",
            "health.equipment",
            "needs.*",
            "people.carers",
            "people.dependants",
        ],
    ),
    purpose_of(
        "civil-resilience",
        "https://w3id.org/dpv/sector/health#DisasterReliefManagement",
        words(
            "Flood, heat, cold and power cuts",
            "Llifogydd, gwres, oerfel a thoriadau trydan",
        ),
        words(
            "To warn you and look after you in a flood, a heatwave, a cold spell or a long power cut.",
            "I'ch rhybuddio a gofalu amdanoch mewn llifogydd, tywydd poeth, cyfnod oer neu doriad trydan hir.",
        ),
        &[
            "identity.name",
            "identity.birth_date",
            "identity.languages",
            "contact.*",
            "home.address",
            "home.geo",
            "home.access",
            "home.occupants",
            "home.pets",
            "health.equipment",
            "needs.*",
            "people.emergency_contacts",
            "people.carers",
            "people.dependants",
        ],
    ),
    purpose_of(
        "service-improvement",
        "https://w3id.org/dpv#ImprovePublicServices",
        words("Making services better", "Gwella gwasanaethau"),
        words(
            "To count how many people need what. Only totals are made; nobody looks at you alone.",
            "I gyfrif faint o bobl sydd angen beth. Dim ond cyfansymiau a wneir; nid oes neb yn edrych arnoch chi ar eich pen eich hun.",
        ),
        &["identity.birth_date", "identity.languages", "needs.*"],
    ),
];

/// Every purpose, in the order of section 10.
#[must_use]
pub fn purposes() -> &'static [Purpose] {
    &PURPOSES
}

/// The purpose with this code.
#[must_use]
pub fn purpose(code: &str) -> Option<&'static Purpose> {
    PURPOSES.iter().find(|purpose| purpose.code == code)
}
