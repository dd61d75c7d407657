//! The language of a text.

use std::str::FromStr;

use cchc_core::model::Title;
use chrono::NaiveDate;

/// The language of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Tiếng Việt.
    #[default]
    Vietnamese,
    /// English.
    English,
}

impl Language {
    /// The code of the language, `vi` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Language::Vietnamese => "vi",
            Language::English => "en",
        }
    }

    /// The text in this language.
    pub(crate) fn pick<T>(self, vietnamese: T, english: T) -> T {
        match self {
            Language::Vietnamese => vietnamese,
            Language::English => english,
        }
    }

    /// A title, in Vietnamese where the pack has no English one.
    pub(crate) fn title(self, title: &Title) -> &str {
        match (self, &title.en) {
            (Language::English, Some(english)) => english,
            _ => &title.vi,
        }
    }

    /// A date as it is written: `31/12/2024` in Vietnamese, `2024-12-31` in English.
    pub(crate) fn date(self, date: NaiveDate) -> String {
        date.format(self.pick("%d/%m/%Y", "%Y-%m-%d")).to_string()
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Language, String> {
        match text {
            "vi" => Ok(Language::Vietnamese),
            "en" => Ok(Language::English),
            _ => Err(format!(
                "expected `vi` or `en`, found `{}`",
                text.escape_default()
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_each_language_does() {
        let date = NaiveDate::from_ymd_opt(2024, 7, 5).unwrap();
        assert_eq!(Language::Vietnamese.date(date), "05/07/2024");
        assert_eq!(Language::English.date(date), "2024-07-05");
    }

    #[test]
    fn a_title_without_english_is_shown_in_vietnamese() {
        let mut title = Title {
            vi: "Tư pháp".to_owned(),
            en: None,
        };
        assert_eq!(Language::English.title(&title), "Tư pháp");
        title.en = Some("Justice".to_owned());
        assert_eq!(Language::English.title(&title), "Justice");
        assert_eq!(Language::Vietnamese.title(&title), "Tư pháp");
    }
}
