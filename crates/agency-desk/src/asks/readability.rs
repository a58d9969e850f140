//! A hint of how hard a text is to read. English: the Automated Readability Index (Senter and Smith, 1967), whose
//! value is a US school grade; a grade is begun at its number and five. Welsh: Björnsson's LIX (1968), which
//! counts long words instead of syllables, with Anderson's (1983) table of grades.

use crate::api::{Language, ReadText, Readability};

/// Fewer words tell nothing.
const FEWEST: u32 = 10;
/// A sentence of more words is long (GOV.UK's content guide says 25; a notice is read under stress).
const LONG_SENTENCE: usize = 20;
/// A word of more letters is long.
const LONG_WORD: usize = 10;
/// LIX counts words of more letters than this.
const LIX_WORD: usize = 6;
/// The lowest LIX of each grade from 1 on (Anderson 1983).
const LIX_GRADES: [f64; 12] = [
    10.0, 15.0, 20.0, 24.0, 28.0, 32.0, 36.0, 40.0, 44.0, 48.0, 52.0, 56.0,
];

/// Measures a text.
pub(crate) fn readability(ask: &ReadText) -> Readability {
    let sentences: Vec<Vec<&str>> = ask
        .text
        .split(['.', '!', '?', ':', ';', '\n'])
        .map(|sentence| {
            sentence
                .split_whitespace()
                .filter(|word| letters(word) > 0)
                .collect()
        })
        .filter(|words: &Vec<&str>| !words.is_empty())
        .collect();
    let words: Vec<&str> = sentences.iter().flatten().copied().collect();
    let longest = sentences.iter().max_by_key(|words| words.len());
    let mut long_words: Vec<String> = words
        .iter()
        .filter(|word| letters(word) > LONG_WORD)
        .map(|word| bare(word))
        .collect();
    long_words.dedup();
    long_words.truncate(10);
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    Readability {
        age: age(&words, count(sentences.len()), ask.lang),
        words: count(words.len()),
        sentences: count(sentences.len()),
        long_sentence: longest
            .filter(|words| words.len() > LONG_SENTENCE)
            .map(|words| words.join(" ")),
        long_words,
    }
}

fn age(words: &[&str], sentences: u32, lang: Language) -> Option<u8> {
    let number = u32::try_from(words.len())
        .ok()
        .filter(|number| *number >= FEWEST)?;
    let (number, sentences) = (f64::from(number), f64::from(sentences.max(1)));
    let many = |fits: &dyn Fn(usize) -> usize| {
        let sum: usize = words.iter().map(|word| fits(letters(word))).sum();
        f64::from(u32::try_from(sum).unwrap_or(u32::MAX))
    };
    let grade = match lang {
        Language::En => 4.71 * many(&|length| length) / number + 0.5 * number / sentences - 21.43,
        Language::Cy => {
            let long = many(&|length| usize::from(length > LIX_WORD));
            let lix = number / sentences + 100.0 * long / number;
            let grades = LIX_GRADES.iter().filter(|lowest| lix >= **lowest).count();
            f64::from(u32::try_from(grades).unwrap_or(12))
        }
    };
    (6..=22).rfind(|age| f64::from(*age) <= grade.ceil().max(1.0) + 5.0)
}

fn letters(word: &str) -> usize {
    word.chars().filter(|c| c.is_alphanumeric()).count()
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(text: &str, lang: Language) -> Readability {
        readability(&ReadText {
            text: text.into(),
            lang,
        })
    }

    #[test]
    fn plain_words_are_for_children_and_officialese_is_not() {
        let plain =
            "We come to your home. We look at the alarms. We tell you how to get out. Then we go.";
        let heavy = "Notwithstanding the aforementioned provisions, personal information processed hereunder shall be \
                     retained in accordance with statutory obligations applicable to the organisation concerned.";
        let (plain, heavy) = (measured(plain, Language::En), measured(heavy, Language::En));
        assert!(plain.age.unwrap() <= 8, "{plain:?}");
        assert!(heavy.age.unwrap() >= 18, "{heavy:?}");
        assert!(heavy.long_sentence.is_some() && plain.long_sentence.is_none());
        assert_eq!(heavy.long_words[0], "Notwithstanding");
    }

    #[test]
    fn welsh_is_measured_without_syllables() {
        let plain = "Rydym yn dod i'ch cartref. Rydym yn gweld y larwm. Yna rydym yn mynd.";
        let heavy = "Prosesir gwybodaeth bersonol gyfrinachol ynghylch amgylchiadau'r unigolyn perthnasol gan \
                     sefydliadau cyfrifol, ymgynghorol ac arolygol perthnasol yn unol â'r rheoliadau gweinyddol cymwys.";
        assert!(
            measured(plain, Language::Cy).age.unwrap() < measured(heavy, Language::Cy).age.unwrap()
        );
    }

    #[test]
    fn a_few_words_have_no_age() {
        assert_eq!(measured("We come.", Language::En).age, None);
        assert_eq!(measured("", Language::Cy).words, 0);
    }
}
