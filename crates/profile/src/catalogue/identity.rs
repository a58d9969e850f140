//! Paths of `identity` and `contact`.

use super::{PathEntry, words};
use crate::{Section, Shape, Tier};

pub(super) const ENTRIES: [PathEntry; 8] = [
    PathEntry {
        path: "identity.name",
        section: Section::Identity,
        label: words("Name", "Enw"),
        help: words(
            "Your name as you write it, and what you like to be called.",
            "Eich enw fel rydych yn ei ysgrifennu, a beth rydych yn hoffi cael eich galw.",
        ),
        allowed: words(
            "a name as text, or an object with text, given (list), family, prefix, suffix, known_as",
            "enw fel testun, neu wrthrych â text, given (rhestr), family, prefix, suffix, known_as",
        ),
        shape: Shape::Name,
        dpv_iri: "https://w3id.org/dpv/pd#Name",
        tier: Tier::T1,
        special_category: false,
    },
    PathEntry {
        path: "identity.birth_date",
        section: Section::Identity,
        label: words("Date of birth", "Dyddiad geni"),
        help: words(
            "It helps staff to find the right record. The year alone is enough for many things.",
            "Mae'n helpu staff i ddod o hyd i'r cofnod cywir. Mae'r flwyddyn yn unig yn ddigon ar gyfer llawer o bethau.",
        ),
        allowed: words(
            "a date as 1956-09-30, 1956-09, 1956 or --09-30",
            "dyddiad fel 1956-09-30, 1956-09, 1956 neu --09-30",
        ),
        shape: Shape::Date,
        dpv_iri: "https://w3id.org/dpv/pd#BirthDate",
        tier: Tier::T3,
        special_category: false,
    },
    PathEntry {
        path: "identity.gender",
        section: Section::Identity,
        label: words("Gender", "Rhywedd"),
        help: words(
            "So that you are addressed as you wish.",
            "Fel bod pobl yn eich cyfarch fel y dymunwch.",
        ),
        allowed: words(
            "female, male, other, none or unknown; or an object with code and text",
            "female, male, other, none neu unknown; neu wrthrych â code a text",
        ),
        shape: Shape::Gender,
        dpv_iri: "https://w3id.org/dpv/pd#Gender",
        tier: Tier::T3,
        special_category: false,
    },
    PathEntry {
        path: "identity.languages",
        section: Section::Identity,
        label: words("Languages", "Ieithoedd"),
        help: words(
            "The languages you speak or sign, the one you like best first.",
            "Yr ieithoedd rydych yn eu siarad neu'n eu harwyddo, yr un orau gennych yn gyntaf.",
        ),
        allowed: words(
            "a list of language codes such as cy, en or bfi (British Sign Language), the preferred one first",
            "rhestr o godau iaith fel cy, en neu bfi (Iaith Arwyddion Prydain), yr un a ffefrir yn gyntaf",
        ),
        shape: Shape::Languages,
        dpv_iri: "https://w3id.org/dpv/pd#Language",
        tier: Tier::T1,
        special_category: false,
    },
    PathEntry {
        path: "identity.national_id",
        section: Section::Identity,
        label: words(
            "NHS and other official numbers",
            "Rhif GIG a rhifau swyddogol eraill",
        ),
        help: words(
            "Your NHS number lets health staff find your record without asking you.",
            "Mae eich rhif GIG yn gadael i staff iechyd ddod o hyd i'ch cofnod heb ofyn i chi.",
        ),
        allowed: words(
            "a list of numbers, each text or an object with value, system, label",
            "rhestr o rifau, pob un yn destun neu'n wrthrych â value, system, label",
        ),
        shape: Shape::Identifiers,
        dpv_iri: "https://w3id.org/dpv/pd#OfficialID",
        tier: Tier::T3,
        special_category: false,
    },
    PathEntry {
        path: "contact.phone",
        section: Section::Contact,
        label: words("Telephone", "Ffôn"),
        help: words(
            "The numbers you call from. A control room matches them to your call.",
            "Y rhifau rydych yn galw ohonynt. Mae ystafell reoli yn eu paru â'ch galwad.",
        ),
        allowed: words(
            "a list of telephone numbers, each text or an object with number, uses (home, work, mobile, voice, text, textphone, video, fax, pager), label, preferred",
            "rhestr o rifau ffôn, pob un yn destun neu'n wrthrych â number, uses (home, work, mobile, voice, text, textphone, video, fax, pager), label, preferred",
        ),
        shape: Shape::Phones,
        dpv_iri: "https://w3id.org/dpv/pd#TelephoneNumber",
        tier: Tier::T1,
        special_category: false,
    },
    PathEntry {
        path: "contact.email",
        section: Section::Contact,
        label: words("Email", "E-bost"),
        help: words(
            "For messages that can wait.",
            "Ar gyfer negeseuon a all aros.",
        ),
        allowed: words(
            "a list of email addresses, each text or an object with address, uses (home, work), label, preferred",
            "rhestr o gyfeiriadau e-bost, pob un yn destun neu'n wrthrych â address, uses (home, work), label, preferred",
        ),
        shape: Shape::Emails,
        dpv_iri: "https://w3id.org/dpv/pd#EmailAddress",
        tier: Tier::T1,
        special_category: false,
    },
    PathEntry {
        path: "contact.preferred",
        section: Section::Contact,
        label: words("Best way to reach me", "Y ffordd orau i gysylltu â mi"),
        help: words(
            "How you want to be reached, and anything to know, such as letting it ring for long.",
            "Sut rydych am i bobl gysylltu â chi, ac unrhyw beth i'w wybod, fel gadael iddo ganu'n hir.",
        ),
        allowed: words(
            "phone, text, email, post, textphone, relay, video, visit or person; or an object with method and note",
            "phone, text, email, post, textphone, relay, video, visit neu person; neu wrthrych â method a note",
        ),
        shape: Shape::Preferred,
        dpv_iri: "https://w3id.org/dpv/pd#Contact",
        tier: Tier::T1,
        special_category: false,
    },
];
