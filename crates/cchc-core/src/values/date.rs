//! Dates as text: `YYYY-MM-DD` and nothing else.

use chrono::NaiveDate;

/// A text that is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a date as `YYYY-MM-DD`, found `{text}`")]
pub struct ParseDateError {
    /// The text as given.
    pub text: String,
}

/// Read a date as packs and submissions write it: four, two and two ASCII digits.
///
/// A day that the calendar does not have, such as `2025-02-29`, is refused.
pub fn parse_date(text: &str) -> Result<NaiveDate, ParseDateError> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    shaped
        .then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
        .flatten()
        .ok_or_else(|| ParseDateError {
            text: text.to_owned(),
        })
}

/// For `#[serde(with = "date::iso")]` on a field that holds a date.
pub mod iso {
    use std::borrow::Cow;

    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serializer, de};

    /// Writes the date as `YYYY-MM-DD`.
    pub fn serialize<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(date)
    }

    /// Reads the date with [`super::parse_date`].
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        super::parse_date(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_four_two_and_two_digits() {
        assert_eq!(parse_date("2024-02-29").unwrap().to_string(), "2024-02-29");
        for text in [
            "2024-2-9",
            "2025-02-29",
            "+2024-02-1",
            "29/02/2024",
            "2024-02-29 ",
            "",
        ] {
            assert_eq!(
                parse_date(text).unwrap_err().to_string(),
                format!("expected a date as `YYYY-MM-DD`, found `{text}`")
            );
        }
    }
}
