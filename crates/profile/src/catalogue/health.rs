//! Paths of `health`.

use super::{PathEntry, words};
use crate::{Section, Shape, Tier};

pub(super) const ENTRIES: [PathEntry; 7] = [
    PathEntry {
        path: "health.conditions",
        section: Section::Health,
        label: words("Health conditions", "Cyflyrau iechyd"),
        help: words(
            "What you live with now. Leave out what has passed.",
            "Yr hyn rydych yn byw gydag ef nawr. Gadewch allan yr hyn sydd wedi mynd heibio.",
        ),
        allowed: words(
            "a list of conditions, each text or an object with text, codings, absent, severity, since, note",
            "rhestr o gyflyrau, pob un yn destun neu'n wrthrych â text, codings, absent, severity, since, note",
        ),
        shape: Shape::Conditions,
        dpv_iri: "https://w3id.org/dpv/pd#MedicalHealth",
        tier: Tier::T3,
        special_category: true,
    },
    PathEntry {
        path: "health.medication",
        section: Section::Health,
        label: words("Medicines", "Meddyginiaethau"),
        help: words(
            "What you take now, how much and how often.",
            "Beth rydych yn ei gymryd nawr, faint a pha mor aml.",
        ),
        allowed: words(
            "a list of medicines, each text or an object with text, codings, absent, dose, route, reason, since, note",
            "rhestr o feddyginiaethau, pob un yn destun neu'n wrthrych â text, codings, absent, dose, route, reason, since, note",
        ),
        shape: Shape::Medication,
        dpv_iri: "https://w3id.org/dpv/pd#Prescription",
        tier: Tier::T3,
        special_category: true,
    },
    PathEntry {
        path: "health.allergies",
        section: Section::Health,
        label: words("Allergies", "Alergeddau"),
        help: words(
            "What you must not be given, and what happens if you are. Say so too if there is none.",
            "Yr hyn na ddylid ei roi i chi, a beth sy'n digwydd os caiff ei roi. Dywedwch hefyd os nad oes un.",
        ),
        allowed: words(
            "a list of allergies, each text or an object with text, codings, absent, kind, criticality (low, high, unable-to-assess), reactions, since, note",
            "rhestr o alergeddau, pob un yn destun neu'n wrthrych â text, codings, absent, kind, criticality (low, high, unable-to-assess), reactions, since, note",
        ),
        shape: Shape::Allergies,
        dpv_iri: "https://w3id.org/dpv/pd#PhysicalHealth",
        tier: Tier::T3,
        special_category: true,
    },
    PathEntry {
        path: "health.equipment",
        section: Section::Health,
        label: words("Medical equipment", "Offer meddygol"),
        help: words(
            "Machines, implants and aids, and whether they stop when the power fails.",
            "Peiriannau, mewnblaniadau a chymhorthion, ac a ydyn nhw'n stopio pan fydd y trydan yn methu.",
        ),
        allowed: words(
            "a list of equipment, each text or an object with text, codings, absent, needs_power, where, since, note",
            "rhestr o offer, pob un yn destun neu'n wrthrych â text, codings, absent, needs_power, where, since, note",
        ),
        shape: Shape::Equipment,
        dpv_iri: "https://w3id.org/dpv/pd#PhysicalHealth",
        tier: Tier::T3,
        special_category: true,
    },
    PathEntry {
        path: "health.blood_group",
        section: Section::Health,
        label: words("Blood group", "Grŵp gwaed"),
        help: words(
            "Staff will still test it before they give blood.",
            "Bydd staff yn dal i'w brofi cyn rhoi gwaed.",
        ),
        allowed: words(
            "A+, A-, A, B+, B-, B, AB+, AB-, AB, O+, O- or O",
            "A+, A-, A, B+, B-, B, AB+, AB-, AB, O+, O- neu O",
        ),
        shape: Shape::BloodGroup,
        dpv_iri: "https://w3id.org/dpv/pd#BloodType",
        tier: Tier::T3,
        special_category: true,
    },
    PathEntry {
        path: "health.advance_decision",
        section: Section::Health,
        label: words("Advance decision", "Penderfyniad ymlaen llaw"),
        help: words(
            "Treatment you have decided to refuse or ask for, and who holds the signed paper.",
            "Triniaeth rydych wedi penderfynu ei gwrthod neu ofyn amdani, a phwy sy'n dal y papur wedi'i lofnodi.",
        ),
        allowed: words(
            "text, or an object with text, date, held_by, document",
            "testun, neu wrthrych â text, date, held_by, document",
        ),
        shape: Shape::Plan,
        dpv_iri: "https://w3id.org/dpv/pd#MedicalHealth",
        tier: Tier::T3,
        special_category: true,
    },
    PathEntry {
        path: "health.care_plan",
        section: Section::Health,
        label: words("Care plan", "Cynllun gofal"),
        help: words(
            "What has been agreed for your care, and who keeps the plan.",
            "Yr hyn y cytunwyd arno ar gyfer eich gofal, a phwy sy'n cadw'r cynllun.",
        ),
        allowed: words(
            "text, or an object with text, date, held_by, document",
            "testun, neu wrthrych â text, date, held_by, document",
        ),
        shape: Shape::Plan,
        dpv_iri: "https://w3id.org/dpv/pd#HealthRecord",
        tier: Tier::T3,
        special_category: true,
    },
];
