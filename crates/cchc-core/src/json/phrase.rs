//! Phrases: what a message says, as a template and its parameters.
//!
//! A template is developers' English and is the stable code of the phrase; `{}` stands for a
//! parameter. `cchc-report` has every template in Vietnamese, so that no message is half in
//! one language. Displayed, and in JSON, a phrase is its English text.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::values::{Exact, Points};

/// What a message says: a template with what is put into it.
///
/// ```
/// use cchc_core::json::Phrase;
///
/// let phrase = Phrase::new("at most {} bytes", ["5".to_owned()]);
/// assert_eq!(phrase.to_string(), "at most 5 bytes");
/// assert_eq!(phrase.template(), "at most {} bytes");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    template: &'static str,
    parameters: Box<[Parameter]>,
}

/// What stands for one `{}` of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// A name, a number or the file's own words: the same in every language.
    Verbatim(String),
    /// Words of their own.
    Phrase(Phrase),
}

impl Phrase {
    /// A template whose `{}` are filled in order with words that are not translated.
    pub fn new(template: &'static str, verbatim: impl IntoIterator<Item = String>) -> Self {
        Phrase {
            template,
            parameters: verbatim.into_iter().map(Parameter::Verbatim).collect(),
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.template.is_empty() && self.parameters.is_empty()
    }

    pub(crate) fn of(template: &'static str, parameters: Vec<Parameter>) -> Self {
        Phrase {
            template,
            parameters: parameters.into(),
        }
    }

    /// The template in English; it is the code of the phrase.
    pub fn template(&self) -> &'static str {
        self.template
    }

    /// What stands for each `{}`, in order.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }
}

/// Words of developers' English without parameters.
impl From<&'static str> for Phrase {
    fn from(template: &'static str) -> Self {
        Phrase {
            template,
            parameters: Box::default(),
        }
    }
}

/// Names, numbers and the file's own words, which are not translated.
impl From<String> for Phrase {
    fn from(verbatim: String) -> Self {
        Phrase::new("{}", [verbatim])
    }
}

impl Display for Phrase {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parameters = self.parameters.iter();
        for (index, part) in self.template.split("{}").enumerate() {
            if index > 0 {
                match parameters.next() {
                    Some(Parameter::Verbatim(text)) => out.write_str(text)?,
                    Some(Parameter::Phrase(phrase)) => phrase.fmt(out)?,
                    None => {}
                }
            }
            out.write_str(part)?;
        }
        Ok(())
    }
}

impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl PartialEq<str> for Phrase {
    fn eq(&self, text: &str) -> bool {
        let told = self.to_string();
        told == text
    }
}

impl PartialEq<&str> for Phrase {
    fn eq(&self, text: &&str) -> bool {
        self == *text
    }
}

/// What can stand in a phrase.
pub(crate) trait Stated {
    fn parameter(&self) -> Parameter;
}

impl Stated for Phrase {
    fn parameter(&self) -> Parameter {
        Parameter::Phrase(self.clone())
    }
}

impl<T: Stated + ?Sized> Stated for &T {
    fn parameter(&self) -> Parameter {
        (**self).parameter()
    }
}

/// Values that are the same in every language.
macro_rules! verbatim {
    ($($kind:ty),+ $(,)?) => {
        $(impl Stated for $kind {
            fn parameter(&self) -> Parameter {
                Parameter::Verbatim(self.to_string())
            }
        })+
    };
}

verbatim!(
    str,
    String,
    Cow<'_, str>,
    Arc<str>,
    char,
    u8,
    u32,
    u64,
    usize,
    i32,
    i64,
    Exact,
    Points,
    NaiveDate,
);

/// A phrase from a template and what its `{}` stand for, in order.
macro_rules! phrase {
    ($template:literal $(, $parameter:expr)* $(,)?) => {
        $crate::json::Phrase::of(
            $template,
            vec![$($crate::json::Stated::parameter(&$parameter)),*],
        )
    };
}
pub(crate) use phrase;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_told_with_its_parameters_in_order() {
        let inner = phrase!("one of {}", "`a`, `b`");
        let phrase = phrase!("{} on line {}", inner, 3_u64);
        assert_eq!(phrase.to_string(), "one of `a`, `b` on line 3");
        assert_eq!(phrase.template(), "{} on line {}");
        assert_eq!(Phrase::from("`{}`".to_owned()), "`{}`");
    }
}
