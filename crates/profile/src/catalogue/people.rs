//! Paths of `people` and `documents`.

use super::{DOCUMENTS, PathEntry, words};
use crate::{Section, Shape, Tier, Words};

const PERSON: Words = words(
    "a list of people, each a name as text or an object with name, relationship, phones, emails, address, birth_date, note",
    "rhestr o bobl, pob un yn enw fel testun neu'n wrthrych â name, relationship, phones, emails, address, birth_date, note",
);

pub(super) const ENTRIES: [PathEntry; 5] = [
    PathEntry {
        path: "people.emergency_contacts",
        section: Section::People,
        label: words(
            "People to call in an emergency",
            "Pobl i'w ffonio mewn argyfwng",
        ),
        help: words(
            "Ask them first whether they agree to be named.",
            "Gofynnwch iddyn nhw yn gyntaf a ydyn nhw'n cytuno i gael eu henwi.",
        ),
        allowed: PERSON,
        shape: Shape::People,
        dpv_iri: "https://w3id.org/dpv/pd#Relationship",
        tier: Tier::T1,
        special_category: false,
    },
    PathEntry {
        path: "people.carers",
        section: Section::People,
        label: words("Carers", "Gofalwyr"),
        help: words(
            "Who looks after you, at home or from a service, and who has a key.",
            "Pwy sy'n gofalu amdanoch, gartref neu o wasanaeth, a phwy sydd ag allwedd.",
        ),
        allowed: PERSON,
        shape: Shape::People,
        dpv_iri: "https://w3id.org/dpv/pd#Relationship",
        tier: Tier::T2,
        special_category: true,
    },
    PathEntry {
        path: "people.dependants",
        section: Section::People,
        label: words("People who depend on me", "Pobl sy'n dibynnu arnaf"),
        help: words(
            "Who must be looked after if you are taken to hospital.",
            "Pwy y mae'n rhaid gofalu amdanyn nhw os cewch eich cludo i'r ysbyty.",
        ),
        allowed: PERSON,
        shape: Shape::People,
        dpv_iri: "https://w3id.org/dpv/pd#Family",
        tier: Tier::T2,
        special_category: false,
    },
    PathEntry {
        path: "people.attorney",
        section: Section::People,
        label: words("Who may decide for me", "Pwy all benderfynu drosof"),
        help: words(
            "A person with a lasting power of attorney, and what they may decide.",
            "Person ag atwrneiaeth arhosol, a'r hyn y gall benderfynu arno.",
        ),
        allowed: PERSON,
        shape: Shape::People,
        dpv_iri: "https://w3id.org/dpv/pd#Relationship",
        tier: Tier::T3,
        special_category: false,
    },
    PathEntry {
        path: DOCUMENTS,
        section: Section::Documents,
        label: words("Document", "Dogfen"),
        help: words(
            "A file kept with your information, such as a signed decision or a photo of the door.",
            "Ffeil a gedwir gyda'ch gwybodaeth, fel penderfyniad wedi'i lofnodi neu lun o'r drws.",
        ),
        allowed: words(
            "an object with digest (sha-256:…), media_type, size in bytes, title",
            "gwrthrych â digest (sha-256:…), media_type, size mewn beitiau, title",
        ),
        shape: Shape::Attachment,
        dpv_iri: "https://w3id.org/dpv/pd#PersonalDocuments",
        tier: Tier::T4,
        special_category: true,
    },
];
