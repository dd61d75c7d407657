//! Colour and weight of a text, off unless asked for.

/// Whether a text carries terminal colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Characters only.
    #[default]
    Plain,
    /// ANSI escape sequences.
    Ansi,
}

/// How a stretch of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ink {
    #[default]
    Plain,
    Bold,
    Dim,
    Good,
    Warning,
    Bad,
}

impl Style {
    /// A line in an ink; spaces at its start stay without it.
    pub(crate) fn paint(self, ink: Ink, line: &str) -> String {
        let code = match (self, ink) {
            (Style::Plain, _) | (_, Ink::Plain) => return line.to_owned(),
            (Style::Ansi, Ink::Bold) => "1",
            (Style::Ansi, Ink::Dim) => "2",
            (Style::Ansi, Ink::Good) => "32",
            (Style::Ansi, Ink::Warning) => "1;33",
            (Style::Ansi, Ink::Bad) => "31",
        };
        let text = line.trim_start_matches(' ');
        if text.is_empty() {
            return line.to_owned();
        }
        let indent = " ".repeat(line.len().saturating_sub(text.len()));
        format!("{indent}\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_has_no_escapes() {
        assert_eq!(Style::Plain.paint(Ink::Bad, "  mất"), "  mất");
        assert_eq!(Style::Ansi.paint(Ink::Plain, "  mất"), "  mất");
    }

    #[test]
    fn spaces_at_the_start_carry_no_colour() {
        assert_eq!(
            Style::Ansi.paint(Ink::Bold, "  mất"),
            "  \u{1b}[1mmất\u{1b}[0m"
        );
        assert_eq!(Style::Ansi.paint(Ink::Bold, "  "), "  ");
    }
}
