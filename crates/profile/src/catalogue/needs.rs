//! Paths of `needs`, coded with the Priority Services Register's needs codes.

use super::{PathEntry, words};
use crate::{Section, Shape, Tier, Words};

pub(super) const ENTRIES: [PathEntry; 7] = [
    entry(
        "needs.mobility",
        words("Moving about", "Symud o gwmpas"),
        words(
            "What helpers must know about walking, stairs, doors and hands.",
            "Yr hyn y mae'n rhaid i helpwyr ei wybod am gerdded, grisiau, drysau a dwylo.",
        ),
        words(
            "a list of codes 12, 15, 19, 28, 31 or 33, each as text or an object with code, note, until",
            "rhestr o godau 12, 15, 19, 28, 31 neu 33, pob un yn destun neu'n wrthrych â code, note, until",
        ),
        "https://w3id.org/dpv/pd#Disability",
    ),
    entry(
        "needs.hearing",
        words("Hearing", "Clyw"),
        words(
            "Whether you hear a call, a knock or an alarm.",
            "A ydych yn clywed galwad, cnoc neu larwm.",
        ),
        words(
            "a list of code 35, each as text or an object with code, note, until",
            "rhestr o god 35, pob un yn destun neu'n wrthrych â code, note, until",
        ),
        "https://w3id.org/dpv/pd#Disability",
    ),
    entry(
        "needs.sight",
        words("Sight", "Golwg"),
        words(
            "Whether you see who is at the door and can read a message.",
            "A ydych yn gweld pwy sydd wrth y drws ac yn gallu darllen neges.",
        ),
        words(
            "a list of codes 08 or 09, each as text or an object with code, note, until",
            "rhestr o godau 08 neu 09, pob un yn destun neu'n wrthrych â code, note, until",
        ),
        "https://w3id.org/dpv/pd#Disability",
    ),
    entry(
        "needs.communication",
        words("Speaking and being understood", "Siarad a chael eich deall"),
        words(
            "Whether you need time, an interpreter or somebody beside you.",
            "A oes angen amser, cyfieithydd neu rywun wrth eich ochr arnoch.",
        ),
        words(
            "a list of codes 17, 31 or 36, each as text or an object with code, note, until",
            "rhestr o godau 17, 31 neu 36, pob un yn destun neu'n wrthrych â code, note, until",
        ),
        "https://w3id.org/dpv/pd#Vulnerability",
    ),
    entry(
        "needs.cognition",
        words("Memory and understanding", "Cof a dealltwriaeth"),
        words(
            "Such as dementia, a learning disability or poor mental health, and what calms you.",
            "Fel dementia, anabledd dysgu neu iechyd meddwl gwael, a beth sy'n eich tawelu.",
        ),
        words(
            "a list of codes 18, 20, 30 or 31, each as text or an object with code, note, until",
            "rhestr o godau 18, 20, 30 neu 31, pob un yn destun neu'n wrthrych â code, note, until",
        ),
        "https://w3id.org/dpv/pd#MentalHealth",
    ),
    entry(
        "needs.power_dependent",
        words("Depending on electricity", "Dibynnu ar drydan"),
        words(
            "What must not stop in a power cut: machines, oxygen, a fridge for medicine.",
            "Yr hyn na ddylai stopio mewn toriad trydan: peiriannau, ocsigen, oergell ar gyfer meddyginiaeth.",
        ),
        words(
            "a list of codes 01, 02, 03, 04, 12, 23, 24, 25 or 26, each as text or an object with code, note, until",
            "rhestr o godau 01, 02, 03, 04, 12, 23, 24, 25 neu 26, pob un yn destun neu'n wrthrych â code, note, until",
        ),
        "https://w3id.org/dpv/pd#Vulnerability",
    ),
    entry(
        "needs.water_dependent",
        words("Depending on water", "Dibynnu ar ddŵr"),
        words(
            "What must not stop when the water is off, such as home dialysis.",
            "Yr hyn na ddylai stopio pan fydd y dŵr i ffwrdd, fel dialysis gartref.",
        ),
        words(
            "a list of codes 03, 23 or 37, each as text or an object with code, note, until",
            "rhestr o godau 03, 23 neu 37, pob un yn destun neu'n wrthrych â code, note, until",
        ),
        "https://w3id.org/dpv/pd#Vulnerability",
    ),
];

const fn entry(
    path: &'static str,
    label: Words,
    help: Words,
    allowed: Words,
    dpv_iri: &'static str,
) -> PathEntry {
    PathEntry {
        path,
        section: Section::Needs,
        label,
        help,
        allowed,
        shape: Shape::Needs,
        dpv_iri,
        tier: Tier::T2,
        special_category: true,
    }
}
