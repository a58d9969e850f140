//! What speaks against a request, one line each, in the citizen's language.

use profile::Lang;

use super::day;
use crate::{Warning, Widening};

/// One warning in words.
#[must_use]
pub fn warning(warning: &Warning, lang: Lang) -> String {
    match (warning, lang) {
        (Warning::MoreThanNeeded { path }, Lang::En) => {
            format!(
                "“{}” is more than these purposes need. You can leave it out.",
                path.label(lang)
            )
        }
        (Warning::MoreThanNeeded { path }, Lang::Cy) => format!(
            "Mae “{}” yn fwy nag sydd ei angen at y dibenion hyn. Cewch ei adael allan.",
            path.label(lang)
        ),
        (Warning::NothingThere { path }, Lang::En) => {
            format!("You have written nothing down for “{}”.", path.label(lang))
        }
        (Warning::NothingThere { path }, Lang::Cy) => {
            format!("Nid ydych wedi nodi dim ar gyfer “{}”.", path.label(lang))
        }
        (Warning::NeverOnIncident { path }, Lang::En) => format!(
            "“{}” never opens in an emergency, so it is left out.",
            path.label(lang)
        ),
        (Warning::NeverOnIncident { path }, Lang::Cy) => format!(
            "Nid yw “{}” byth yn agor mewn argyfwng, felly mae'n cael ei adael allan.",
            path.label(lang)
        ),
        (Warning::MoreThanLastTime { path }, Lang::En) => {
            format!("They did not ask for “{}” last time.", path.label(lang))
        }
        (Warning::MoreThanLastTime { path }, Lang::Cy) => {
            format!("Ni ofynnon nhw am “{}” y tro diwethaf.", path.label(lang))
        }
        (Warning::Declined { at }, Lang::En) => {
            format!("You said no to this request on {}.", day(*at, lang))
        }
        (Warning::Declined { at }, Lang::Cy) => {
            format!("Dywedoch na i'r cais hwn ar {}.", day(*at, lang))
        }
        (other, lang) => fixed(other, lang).to_owned(),
    }
}

const fn fixed(warning: &Warning, lang: Lang) -> &'static str {
    match (warning, lang) {
        (Warning::PassedOn, Lang::En) => "They may pass it on.",
        (Warning::PassedOn, Lang::Cy) => "Cânt ei drosglwyddo i eraill.",
        (Warning::OtherBasis { .. }, Lang::En) => {
            "They also have another right in law to act. Taking this back will not stop what they do under that right."
        }
        (Warning::OtherBasis { .. }, Lang::Cy) => {
            "Mae ganddynt hawl arall mewn cyfraith i weithredu hefyd. Ni fydd tynnu hyn yn ôl yn atal yr hyn a wnânt o dan yr hawl honno."
        }
        (Warning::Answered { .. }, Lang::En) => "You have agreed to this request already.",
        (Warning::Answered { .. }, Lang::Cy) => "Rydych wedi cytuno i'r cais hwn eisoes.",
        (Warning::RunsLong, Lang::En) => {
            "It runs for more than two years. You can choose an earlier end."
        }
        (Warning::RunsLong, Lang::Cy) => {
            "Mae'n para mwy na dwy flynedd. Cewch ddewis diwedd cynharach."
        }
        (Warning::WiderThanLastTime { what }, lang) => wider(*what, lang),
        // The others have words of their own above.
        (_, Lang::En) => "They ask for more than they need.",
        (_, Lang::Cy) => "Maen nhw'n gofyn am fwy nag sydd ei angen.",
    }
}

const fn wider(what: Widening, lang: Lang) -> &'static str {
    match (what, lang) {
        (Widening::AtAnyTime, Lang::En) => {
            "Last time it was for emergencies only. Now they could read it at any time."
        }
        (Widening::AtAnyTime, Lang::Cy) => {
            "Ar gyfer argyfwng yn unig oedd hyn y tro diwethaf. Nawr gallent ei ddarllen ar unrhyw adeg."
        }
        (Widening::KeepACopy, Lang::En) => "Last time they did not ask to keep a copy.",
        (Widening::KeepACopy, Lang::Cy) => "Y tro diwethaf ni ofynnon nhw am gadw copi.",
        (Widening::PassItOn, Lang::En) => {
            "Last time they did not ask to pass it on to all of these."
        }
        (Widening::PassItOn, Lang::Cy) => {
            "Y tro diwethaf ni ofynnon nhw am ei drosglwyddo i bob un o'r rhain."
        }
        (Widening::KeptLonger, Lang::En) => "They want to keep it for longer than last time.",
        (Widening::KeptLonger, Lang::Cy) => "Maen nhw am ei gadw am hirach na'r tro diwethaf.",
        (Widening::RunsLonger, Lang::En) => {
            "They ask for a longer time than last time. You can choose an earlier end."
        }
        (Widening::RunsLonger, Lang::Cy) => {
            "Maen nhw'n gofyn am gyfnod hirach na'r tro diwethaf. Cewch ddewis diwedd cynharach."
        }
    }
}
