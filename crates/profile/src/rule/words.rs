//! A rule in plain words, in both languages: what a person reads when they ask why an offer is shown.

use crate::{Lang, Path, need};

use super::{Age, CodePart, Node, Rule};

impl Rule {
    /// The rule in words, as the end of a sentence that begins "This is for people who".
    #[must_use]
    pub fn explain(&self, lang: Lang) -> String {
        self.0.explain(lang)
    }
}

const fn either(lang: Lang, en: &'static str, cy: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Cy => cy,
    }
}

impl Node {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Node::All(nodes) => joined(nodes, either(lang, " and ", " ac "), lang),
            Node::Any(nodes) => format!("({})", joined(nodes, either(lang, " or ", " neu "), lang)),
            Node::Not(node) => {
                format!("{} ({})", either(lang, "not", "nid"), node.explain(lang))
            }
            Node::Has(path) => format!(
                "{} “{}”",
                either(
                    lang,
                    "wrote something down under",
                    "sydd wedi nodi rhywbeth o dan"
                ),
                path.label(lang)
            ),
            Node::Code(parts) => codes(parts, lang),
            Node::Age(age) => age.explain(lang),
            Node::Area(prefixes) => format!(
                "{} {}",
                either(
                    lang,
                    "live where the postcode begins with",
                    "sy’n byw lle mae’r cod post yn dechrau â"
                ),
                prefixes.join(", ")
            ),
            Node::During(during) => format!(
                "{} {} {} {}",
                either(lang, "look between", "sy’n edrych rhwng"),
                during.from,
                either(lang, "and", "a"),
                during.to
            ),
        }
    }
}

impl Age {
    fn explain(self, lang: Lang) -> String {
        match (self.min, self.max, lang) {
            (Some(min), Some(max), Lang::En) => format!("are {min} to {max} years old"),
            (Some(min), Some(max), Lang::Cy) => format!("sydd rhwng {min} a {max} oed"),
            (Some(min), None, Lang::En) => format!("are {min} or older"),
            (Some(min), None, Lang::Cy) => format!("sydd yn {min} oed neu’n hŷn"),
            (None, max, Lang::En) => format!("are {} or younger", max.unwrap_or_default()),
            (None, max, Lang::Cy) => format!("sydd yn {} oed neu’n iau", max.unwrap_or_default()),
        }
    }
}

fn joined(nodes: &[Node], word: &str, lang: Lang) -> String {
    let words: Vec<String> = nodes.iter().map(|node| node.explain(lang)).collect();
    words.join(word)
}

fn codes(parts: &[CodePart], lang: Lang) -> String {
    let path = parts.iter().find_map(|part| match part {
        CodePart::Path(path) => Some(path),
        CodePart::Code(_) => None,
    });
    let label = path.map_or("", |path: &Path| path.label(lang));
    let words: Vec<String> = parts
        .iter()
        .filter_map(|part| match part {
            CodePart::Code(code) => Some(need(code).map_or_else(
                || code.clone(),
                |need| either(lang, need.label.en, need.label.cy).to_owned(),
            )),
            CodePart::Path(_) => None,
        })
        .collect();
    format!(
        "{} “{label}”: {}",
        either(lang, "wrote down under", "sydd wedi nodi o dan"),
        words.join(either(lang, " or ", " neu "))
    )
}
