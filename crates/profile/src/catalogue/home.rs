//! Paths of `home`.

use super::{PathEntry, words};
use crate::{Section, Shape, Tier};

pub(super) const ENTRIES: [PathEntry; 7] = [
    PathEntry {
        path: "home.address",
        section: Section::Home,
        label: words("Address", "Cyfeiriad"),
        help: words(
            "Where you live, as on a letter.",
            "Ble rydych yn byw, fel ar lythyr.",
        ),
        allowed: words(
            "an object with lines (list), locality, region, postcode, country, text",
            "gwrthrych â lines (rhestr), locality, region, postcode, country, text",
        ),
        shape: Shape::Address,
        dpv_iri: "https://w3id.org/dpv/pd#PhysicalAddress",
        tier: Tier::T1,
        special_category: false,
    },
    PathEntry {
        path: "home.geo",
        section: Section::Home,
        label: words("Place on the map", "Lle ar y map"),
        help: words(
            "The point of your front door. On its own it says that somebody here may need help, without your name.",
            "Union fan eich drws ffrynt. Ar ei ben ei hun mae'n dweud y gall fod angen help ar rywun yma, heb eich enw.",
        ),
        allowed: words(
            "an object with lat (-90 to 90), lon (-180 to 180), accuracy_m",
            "gwrthrych â lat (-90 i 90), lon (-180 i 180), accuracy_m",
        ),
        shape: Shape::Place,
        dpv_iri: "https://w3id.org/dpv/pd#GPSCoordinate",
        tier: Tier::T0,
        special_category: false,
    },
    PathEntry {
        path: "home.access",
        section: Section::Home,
        label: words("Getting in", "Mynd i mewn"),
        help: words(
            "Which door, which floor, steps, gates, a lift. Do not write the key-safe code here.",
            "Pa ddrws, pa lawr, grisiau, gatiau, lifft. Peidiwch ag ysgrifennu cod y sêff allweddi yma.",
        ),
        allowed: words(
            "text of at most 4,000 characters",
            "testun o 4,000 nod ar y mwyaf",
        ),
        shape: Shape::Text,
        dpv_iri: "https://w3id.org/dpv/pd#HomeLocation",
        tier: Tier::T2,
        special_category: false,
    },
    PathEntry {
        path: "home.key_safe",
        section: Section::Home,
        label: words("Key safe", "Sêff allweddi"),
        help: words(
            "Where it is and its code. It is shared only with someone you name for it, never by an emergency alone.",
            "Ble mae a'i god. Dim ond gyda rhywun rydych yn ei enwi y caiff ei rannu, byth drwy argyfwng yn unig.",
        ),
        allowed: words(
            "an object with location, code, note",
            "gwrthrych â location, code, note",
        ),
        shape: Shape::KeySafe,
        dpv_iri: "https://w3id.org/dpv/pd#PINCode",
        tier: Tier::T4,
        special_category: false,
    },
    PathEntry {
        path: "home.hazards",
        section: Section::Home,
        label: words("Dangers for those who help", "Peryglon i'r rhai sy'n helpu"),
        help: words(
            "Such as oxygen cylinders, narrow ways or loose floors, and where they are.",
            "Fel silindrau ocsigen, ffyrdd cul neu loriau rhydd, a ble maen nhw.",
        ),
        allowed: words(
            "a list of dangers, each text or an object with text and where",
            "rhestr o beryglon, pob un yn destun neu'n wrthrych â text a where",
        ),
        shape: Shape::Hazards,
        dpv_iri: "https://w3id.org/dpv/pd#HomeLocation",
        tier: Tier::T2,
        special_category: false,
    },
    PathEntry {
        path: "home.occupants",
        section: Section::Home,
        label: words("Who else lives here", "Pwy arall sy'n byw yma"),
        help: words(
            "Who must also be helped out, where they sleep and what they need.",
            "Pwy arall y mae'n rhaid eu helpu allan, ble maen nhw'n cysgu a beth sydd ei angen arnyn nhw.",
        ),
        allowed: words(
            "a list of people, each text or an object with who, age, where, needs",
            "rhestr o bobl, pob un yn destun neu'n wrthrych â who, age, where, needs",
        ),
        shape: Shape::Occupants,
        dpv_iri: "https://w3id.org/dpv/pd#FamilyStructure",
        tier: Tier::T2,
        special_category: true,
    },
    PathEntry {
        path: "home.pets",
        section: Section::Home,
        label: words("Animals", "Anifeiliaid"),
        help: words(
            "Animals in the home, and whether one of them helps you.",
            "Anifeiliaid yn y cartref, ac a yw un ohonyn nhw'n eich helpu.",
        ),
        allowed: words(
            "a list of animals, each text or an object with kind, count, note",
            "rhestr o anifeiliaid, pob un yn destun neu'n wrthrych â kind, count, note",
        ),
        shape: Shape::Pets,
        dpv_iri: "https://w3id.org/dpv/pd#PersonalPossession",
        tier: Tier::T2,
        special_category: false,
    },
];
