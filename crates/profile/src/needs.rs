//! The needs codes that British energy and water companies share for their Priority Services Registers.

use crate::Words;

/// One needs code with its words and the paths it may be recorded at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct NeedCode {
    /// Two digits.
    pub code: &'static str,
    /// The register's words for it.
    pub label: Words,
    /// The `needs.*` paths that take it. None where other items of the profile already say it
    /// (age, children in the home, conditions) or where it is no need of one person.
    pub paths: &'static [&'static str],
}

const MOBILITY: &str = "needs.mobility";
const HEARING: &str = "needs.hearing";
const SIGHT: &str = "needs.sight";
const COMMUNICATION: &str = "needs.communication";
const COGNITION: &str = "needs.cognition";
const POWER: &str = "needs.power_dependent";
const WATER: &str = "needs.water_dependent";

const fn code(
    code: &'static str,
    en: &'static str,
    cy: &'static str,
    paths: &'static [&'static str],
) -> NeedCode {
    NeedCode {
        code,
        label: Words { en, cy },
        paths,
    }
}

static CODES: [NeedCode; 29] = [
    code(
        "01",
        "Nebuliser or apnoea monitor",
        "Nebiwlydd neu fonitor apnoea",
        &[POWER],
    ),
    code(
        "02",
        "Heart or lung machine, or ventilator",
        "Peiriant calon neu ysgyfaint, neu beiriant anadlu",
        &[POWER],
    ),
    code(
        "03",
        "Dialysis, feeding pump or automated medication",
        "Dialysis, pwmp bwydo neu feddyginiaeth awtomatig",
        &[POWER, WATER],
    ),
    code("04", "Oxygen concentrator", "Crynodydd ocsigen", &[POWER]),
    code("08", "Blind", "Dall", &[SIGHT]),
    code("09", "Partially sighted", "Rhannol ddall", &[SIGHT]),
    code(
        "12",
        "Stair lift, hoist or electric bed",
        "Lifft grisiau, teclyn codi neu wely trydan",
        &[MOBILITY, POWER],
    ),
    code("14", "Pensionable age", "Oedran pensiwn", &[]),
    code("15", "Physical impairment", "Nam corfforol", &[MOBILITY]),
    code(
        "17",
        "Unable to communicate in English",
        "Methu cyfathrebu yn Saesneg",
        &[COMMUNICATION],
    ),
    code(
        "18",
        "Developmental condition",
        "Cyflwr datblygiadol",
        &[COGNITION],
    ),
    code(
        "19",
        "Unable to answer the door",
        "Methu ateb y drws",
        &[MOBILITY],
    ),
    code(
        "20",
        "Dementia or cognitive impairment",
        "Dementia neu nam gwybyddol",
        &[COGNITION],
    ),
    code(
        "22",
        "Chronic or serious illness",
        "Salwch cronig neu ddifrifol",
        &[],
    ),
    code(
        "23",
        "Medically dependent on showering or bathing",
        "Dibynnu ar gawod neu fath am resymau meddygol",
        &[POWER, WATER],
    ),
    code(
        "24",
        "Careline or telecare system",
        "System llinell ofal neu deleofal",
        &[POWER],
    ),
    code(
        "25",
        "Medicine kept in a refrigerator",
        "Meddyginiaeth a gedwir mewn oergell",
        &[POWER],
    ),
    code("26", "Oxygen use", "Defnyddio ocsigen", &[POWER]),
    code(
        "27",
        "Poor sense of smell or taste",
        "Synnwyr arogli neu flasu gwael",
        &[],
    ),
    code(
        "28",
        "Restricted hand movement",
        "Symudiad dwylo cyfyngedig",
        &[MOBILITY],
    ),
    code(
        "29",
        "Family with young children",
        "Teulu â phlant ifanc",
        &[],
    ),
    code("30", "Mental health", "Iechyd meddwl", &[COGNITION]),
    code(
        "31",
        "Additional presence preferred",
        "Yn dymuno i rywun arall fod yno",
        &[MOBILITY, COMMUNICATION, COGNITION],
    ),
    code(
        "32",
        "Temporary: life changes",
        "Dros dro: newidiadau bywyd",
        &[],
    ),
    code(
        "33",
        "Temporary: recovery after hospital",
        "Dros dro: gwella ar ôl bod yn yr ysbyty",
        &[MOBILITY],
    ),
    code(
        "34",
        "Temporary: young adult householder (under 18)",
        "Dros dro: deiliad tŷ ifanc (dan 18)",
        &[],
    ),
    code(
        "35",
        "Hearing impairment, including deaf",
        "Nam ar y clyw, gan gynnwys byddar",
        &[HEARING],
    ),
    code("36", "Speech impairment", "Nam lleferydd", &[COMMUNICATION]),
    code("37", "Water dependent", "Dibynnol ar ddŵr", &[WATER]),
];

/// Every needs code, in the order of their numbers.
#[must_use]
pub fn need_codes() -> &'static [NeedCode] {
    &CODES
}

/// The needs code with this two-digit number.
#[must_use]
pub fn need(code: &str) -> Option<&'static NeedCode> {
    CODES.iter().find(|need| need.code == code)
}
