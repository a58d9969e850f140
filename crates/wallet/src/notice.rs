//! The text of a consent that nobody asked for: where the citizen grants on their own, the wallet words
//! what they agree to, and the digest of these very words goes into the token.

use consent_token::{
    id::UnixSeconds,
    term::{IsoDuration, Release},
};
use profile::{Lang, Path, Purpose};

use crate::words;

/// The version of the wording, in the token's `notice.version`.
pub(crate) const VERSION: &str = "assent-wallet/1";

/// What a consent says in words.
pub(crate) struct Terms<'a> {
    pub(crate) agency: &'a str,
    pub(crate) purpose: &'a Purpose,
    pub(crate) paths: &'a [Path],
    pub(crate) ends_at: UnixSeconds,
    pub(crate) retention: &'a IsoDuration,
    pub(crate) release: Release,
}

/// The text in `lang`.
pub(crate) fn text(terms: &Terms<'_>, lang: Lang) -> String {
    let items: Vec<String> = terms.paths.iter().map(|path| label(path, lang)).collect();
    let (items, purpose) = (items.join(", "), terms.purpose.label(lang));
    let explanation = terms.purpose.explanation(lang);
    let (end, retention) = (
        words::day(terms.ends_at, lang),
        words::duration(terms.retention, lang),
    );
    let (agency, when) = (terms.agency, when(terms.release, lang));
    match lang {
        Lang::En => format!(
            "I let {agency} read this about me: {items}.\n\
             What for: {purpose}. {explanation}\n\
             When: {when}\n\
             Until: {end}.\n\
             {agency} must delete what it read within {retention}.\n\
             I can pause this or take it back at any time."
        ),
        Lang::Cy => format!(
            "Rwy'n gadael i {agency} ddarllen hyn amdanaf i: {items}.\n\
             Ar gyfer beth: {purpose}. {explanation}\n\
             Pryd: {when}\n\
             Tan: {end}.\n\
             Rhaid i {agency} ddileu'r hyn a ddarllenodd o fewn {retention}.\n\
             Gallaf oedi hyn neu ei dynnu'n ôl ar unrhyw adeg."
        ),
    }
}

fn when(release: Release, lang: Lang) -> &'static str {
    match (release, lang) {
        (Release::OnGrant, Lang::En) => "from now on.",
        (Release::OnGrant, Lang::Cy) => "o hyn ymlaen.",
        (Release::OnIncident, Lang::En) => {
            "only when an emergency is declared. I will see each time that it was opened."
        }
        (Release::OnIncident, Lang::Cy) => {
            "dim ond pan gyhoeddir argyfwng. Byddaf yn gweld bob tro y cafodd ei agor."
        }
    }
}

/// The label of a path; a document has its name added.
pub(crate) fn label(path: &Path, lang: Lang) -> String {
    match path.document() {
        Some(name) => format!("{} ({name})", path.label(lang)),
        None => path.label(lang).to_owned(),
    }
}
