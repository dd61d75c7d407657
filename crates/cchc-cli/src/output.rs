//! Answers out: language, colour, format; faults; a closed pipe is no error.

use std::io::{ErrorKind, IsTerminal, Write};

use cchc_core::json::Fault;
use cchc_core::reading::Observation;
use cchc_report::{Language, Style};
use serde_json::Value;

use crate::exit::Exit;

/// How an answer looks.
#[derive(clap::Args, Debug)]
pub(crate) struct Look {
    /// Language of the text: `vi` or `en`; the variable CCHC_LANG, else `vi`
    #[arg(long, value_name = "vi|en")]
    lang: Option<Language>,
    /// Text for people, or JSON for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Colour: on a terminal only, always or never; NO_COLOR is respected
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

/// Format of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// Text for people.
    Text,
    /// JSON for programs.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl Look {
    /// The language asked for.
    pub(crate) fn language(&self) -> Language {
        self.lang
            .or_else(crate::input::language_of_environment)
            .unwrap_or_default()
    }

    /// Whether the text carries colour.
    pub(crate) fn style(&self) -> Style {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty())
            || std::env::var_os("TERM").is_some_and(|it| it == "dumb");
        match self.color {
            Color::Always => Style::Ansi,
            Color::Auto if std::io::stdout().is_terminal() && !refused => Style::Ansi,
            _ => Style::Plain,
        }
    }

    /// Shows faults: JSON on standard output, text on standard error.
    pub(crate) fn faults(&self, faults: &[Fault]) -> Exit {
        let written = match self.format {
            Format::Json => write_json(&serde_json::json!({"faults": faults})),
            Format::Text => {
                let style = if std::io::stderr().is_terminal() {
                    self.style()
                } else {
                    Style::Plain
                };
                let text = cchc_report::faults(faults, self.language(), style);
                finish(std::io::stderr().lock().write_all(text.as_bytes()))
            }
        };
        if written == Exit::Done {
            Exit::Faults
        } else {
            written
        }
    }

    /// Shows why a document gave nothing: JSON on standard output, text on standard
    /// error.
    pub(crate) fn refused(&self, file: &str, observation: &Observation) -> Exit {
        self.refused_with(file, observation, cchc_report::unread)
    }

    /// Shows why an export was not counted.
    pub(crate) fn refused_export(&self, file: &str, observation: &Observation) -> Exit {
        self.refused_with(file, observation, cchc_report::observations)
    }

    fn refused_with(
        &self,
        file: &str,
        observation: &Observation,
        words: fn(&[Observation], &str, Language, Style) -> String,
    ) -> Exit {
        let list = std::slice::from_ref(observation);
        let written = match self.format {
            Format::Json => write_json(&serde_json::json!({"file": file, "faults": list})),
            Format::Text => {
                let style = if std::io::stderr().is_terminal() {
                    self.style()
                } else {
                    Style::Plain
                };
                let text = words(list, file, self.language(), style);
                finish(std::io::stderr().lock().write_all(text.as_bytes()))
            }
        };
        if written == Exit::Done {
            Exit::Faults
        } else {
            written
        }
    }

    /// Shows the reply of a JSON question: the answer alone, or its faults.
    pub(crate) fn reply(&self, reply: &str) -> (Exit, Option<Value>) {
        let mut value: Value = serde_json::from_str(reply).unwrap_or_default();
        match value.get_mut("answer").map(Value::take) {
            Some(answer) => (write_json(&answer), Some(answer)),
            None => match write_json(&value) {
                Exit::Done => (Exit::Faults, None),
                exit => (exit, None),
            },
        }
    }
}

/// Writes a text to standard output.
pub(crate) fn write_text(text: &str) -> Exit {
    let mut out = std::io::stdout().lock();
    finish(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Writes pretty JSON to standard output.
pub(crate) fn write_json(value: &Value) -> Exit {
    match serde_json::to_string_pretty(value) {
        Ok(text) => write_text(&format!("{text}\n")),
        Err(_) => Exit::Output,
    }
}

fn finish(written: std::io::Result<()>) -> Exit {
    match written {
        Ok(()) => Exit::Done,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Exit::Done,
        Err(_) => Exit::Output,
    }
}
