//! Objects of a PDF file, and the reader that takes them from bytes.

use std::collections::BTreeMap;

/// Deepest nesting of arrays and dictionaries.
const DEPTH: usize = 64;

/// Most objects inside one; a font of a whole alphabet has some ten thousand.
const ITEMS: usize = 250_000;

/// Names to objects.
pub(super) type Dictionary = BTreeMap<Vec<u8>, Object>;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object {
    Null,
    Bool,
    Integer(i64),
    Real(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dictionary(Dictionary),
    /// A dictionary, and where the bytes after `stream` begin.
    Stream(Dictionary, usize),
    Reference(u32),
}

impl Object {
    pub(super) fn integer(&self) -> Option<i64> {
        match self {
            Object::Integer(it) => Some(*it),
            _ => None,
        }
    }

    /// How many objects it is made of, itself included.
    pub(super) fn weight(&self) -> usize {
        let below: usize = match self {
            Object::Array(items) => items.iter().map(Object::weight).sum(),
            Object::Dictionary(items) | Object::Stream(items, _) => {
                items.values().map(Object::weight).sum()
            }
            _ => 0,
        };
        below + 1
    }

    /// A number, held within what a page can need.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Object::Integer(it) => i32::try_from(*it).ok().map(f64::from),
            Object::Real(it) => Some(*it),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        match self {
            Object::Name(it) => Some(it),
            _ => None,
        }
    }

    /// The dictionary, that of a stream too.
    pub(super) fn dictionary(&self) -> Option<&Dictionary> {
        match self {
            Object::Dictionary(it) | Object::Stream(it, _) => Some(it),
            _ => None,
        }
    }
}

/// An object or an operator.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Object(Object),
    Keyword(Vec<u8>),
}

#[derive(Clone, Copy)]
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    /// How many objects may still be inside the one that is being read.
    items: usize,
    /// Whether `12 0 R` is a reference; not among operators.
    references: bool,
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Lexer {
            bytes,
            at,
            items: ITEMS,
            references: true,
        }
    }

    /// For the operators of a page, which name no other objects.
    pub(super) fn of_content(bytes: &'a [u8]) -> Self {
        Lexer {
            references: false,
            ..Lexer::new(bytes, 0)
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn byte_at(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Passes spaces and comments.
    pub(super) fn space(&mut self) {
        while let Some(byte) = self.peek() {
            if is_space(byte) {
                self.at += 1;
            } else if byte == b'%' {
                while self.peek().is_some_and(|it| it != b'\n' && it != b'\r') {
                    self.at += 1;
                }
            } else {
                break;
            }
        }
    }

    /// Takes a keyword if it stands next.
    pub(super) fn take(&mut self, keyword: &[u8]) -> bool {
        self.space();
        let found = self.rest().starts_with(keyword);
        if found {
            self.at += keyword.len();
        }
        found
    }

    /// A number without sign.
    pub(super) fn unsigned(&mut self) -> Option<u64> {
        self.space();
        let mut number = 0u64;
        let mut count = 0;
        for byte in self.rest() {
            if !byte.is_ascii_digit() {
                break;
            }
            number = number
                .checked_mul(10)?
                .checked_add(u64::from(byte - b'0'))?;
            count += 1;
        }
        self.at += count;
        (count > 0).then_some(number)
    }

    /// The next object or operator; `None` at the end or where nothing can be read.
    pub(super) fn token(&mut self) -> Option<Token> {
        self.items = ITEMS;
        self.token_within(DEPTH)
    }

    /// The next object; operators are none.
    pub(super) fn object(&mut self) -> Option<Object> {
        self.items = ITEMS;
        self.object_within(DEPTH)
    }

    fn object_within(&mut self, depth: usize) -> Option<Object> {
        self.items = self.items.checked_sub(1)?;
        match self.token_within(depth)? {
            Token::Object(object) => Some(object),
            Token::Keyword(_) => None,
        }
    }

    fn token_within(&mut self, depth: usize) -> Option<Token> {
        self.space();
        let object = match self.peek()? {
            b'/' => {
                self.at += 1;
                Object::Name(self.name())
            }
            b'(' => {
                self.at += 1;
                Object::Text(self.string()?)
            }
            b'<' if self.byte_at(self.at + 1) == Some(b'<') => {
                self.at += 2;
                let dictionary = self.dictionary(depth.checked_sub(1)?)?;
                Object::Dictionary(dictionary)
            }
            b'<' => {
                self.at += 1;
                Object::Text(self.hexadecimal()?)
            }
            b'[' => {
                self.at += 1;
                Object::Array(self.array(depth.checked_sub(1)?)?)
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number_or_reference(),
            byte if is_regular(byte) => {
                let word = self.word();
                match word {
                    b"true" | b"false" => Object::Bool,
                    b"null" => Object::Null,
                    _ => return Some(Token::Keyword(word.to_vec())),
                }
            }
            byte => {
                // A delimiter that closes nothing, or a brace of a function.
                self.at += 1;
                return Some(Token::Keyword(vec![byte]));
            }
        };
        Some(Token::Object(object))
    }

    fn word(&mut self) -> &'a [u8] {
        let count = self.rest().iter().take_while(|it| is_regular(**it)).count();
        let word = self.rest().get(..count).unwrap_or_default();
        self.at += count;
        word
    }

    fn name(&mut self) -> Vec<u8> {
        let word = self.word();
        let mut name = Vec::with_capacity(word.len());
        let mut at = 0;
        while let Some(byte) = word.get(at) {
            let code = (*byte == b'#').then(|| {
                let high = hex(*word.get(at + 1)?)?;
                let low = hex(*word.get(at + 2)?)?;
                Some(high * 16 + low)
            });
            match code.flatten() {
                Some(code) => {
                    name.push(code);
                    at += 3;
                }
                None => {
                    name.push(*byte);
                    at += 1;
                }
            }
        }
        name
    }

    fn string(&mut self) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        let mut open = 1usize;
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Some(text);
                    }
                }
                b'\\' => {
                    let next = self.peek()?;
                    self.at += 1;
                    match next {
                        b'n' => text.push(b'\n'),
                        b'r' => text.push(b'\r'),
                        b't' => text.push(b'\t'),
                        b'b' => text.push(8),
                        b'f' => text.push(12),
                        b'0'..=b'7' => {
                            let mut code = u32::from(next - b'0');
                            for _ in 0..2 {
                                match self.peek() {
                                    Some(digit @ b'0'..=b'7') => {
                                        code = code * 8 + u32::from(digit - b'0');
                                        self.at += 1;
                                    }
                                    _ => break,
                                }
                            }
                            text.push(u8::try_from(code & 0xff).unwrap_or(0));
                        }
                        b'\r' => {
                            if self.peek() == Some(b'\n') {
                                self.at += 1;
                            }
                        }
                        b'\n' => {}
                        other => text.push(other),
                    }
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        let mut half = None;
        loop {
            let byte = self.peek()?;
            self.at += 1;
            if byte == b'>' {
                if let Some(high) = half {
                    text.push(high * 16);
                }
                return Some(text);
            }
            let Some(digit) = hex(byte) else {
                if is_space(byte) {
                    continue;
                }
                return None;
            };
            half = match half {
                Some(high) => {
                    text.push(high * 16 + digit);
                    None
                }
                None => Some(digit),
            };
        }
    }

    fn array(&mut self, depth: usize) -> Option<Vec<Object>> {
        let mut array = Vec::new();
        loop {
            self.space();
            if self.peek()? == b']' {
                self.at += 1;
                return Some(array);
            }
            array.push(self.object_within(depth)?);
        }
    }

    fn dictionary(&mut self, depth: usize) -> Option<Dictionary> {
        let mut dictionary = Dictionary::new();
        loop {
            self.space();
            if self.rest().starts_with(b">>") {
                self.at += 2;
                return Some(dictionary);
            }
            let Object::Name(name) = self.object_within(depth)? else {
                return None;
            };
            let value = self.object_within(depth)?;
            dictionary.insert(name, value);
        }
    }

    fn number_or_reference(&mut self) -> Object {
        let number = self.number();
        let Object::Integer(first) = number else {
            return number;
        };
        if !self.references {
            return number;
        }
        let Ok(first) = u32::try_from(first) else {
            return number;
        };
        // `12 0 R`
        let mut ahead = *self;
        let generation = ahead.unsigned();
        ahead.space();
        if generation.is_some()
            && ahead.peek() == Some(b'R')
            && !ahead.byte_at(ahead.at + 1).is_some_and(is_regular)
        {
            self.at = ahead.at + 1;
            return Object::Reference(first);
        }
        number
    }

    fn number(&mut self) -> Object {
        let word = self.rest().iter();
        let count = word
            .take_while(|it| matches!(it, b'0'..=b'9' | b'+' | b'-' | b'.'))
            .count();
        let text = self.rest().get(..count).unwrap_or_default();
        self.at += count.max(1);
        // Most are short and whole.
        if count <= 9 && text.iter().all(u8::is_ascii_digit) {
            let digits = text.iter().map(|it| i64::from(it - b'0'));
            return Object::Integer(digits.fold(0, |sum, digit| sum * 10 + digit));
        }
        let text = std::str::from_utf8(text).unwrap_or_default();
        if let Ok(number) = text.parse::<i64>() {
            return Object::Integer(number);
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Object::Real(number),
            _ => Object::Null,
        }
    }
}

fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &[u8], expected: Option<Object>) {
        assert_eq!(Lexer::new(text, 0).object(), expected);
    }

    #[test]
    fn objects_are_read_as_the_standard_writes_them() {
        let text = |it: &[u8]| Some(Object::Text(it.to_vec()));
        check(b"(a(b)\\)\\101\\\n)", text(b"a(b))A"));
        check(b"<48 6>", text(b"H`"));
        check(b"/A#42 ", Some(Object::Name(b"AB".to_vec())));
        check(b"-.5", Some(Object::Real(-0.5)));
        check(b"12 0 R", Some(Object::Reference(12)));
        check(b"12 0 Rx", Some(Object::Integer(12)));
        check(b"% c\n7", Some(Object::Integer(7)));
        check(b"[1 [2]]", {
            let inner = Object::Array(vec![Object::Integer(2)]);
            Some(Object::Array(vec![Object::Integer(1), inner]))
        });
        check(b"<</A 1", None);
        check(b"(a", None);
        check(b"<</A 1/B[", None);
    }

    #[test]
    fn nesting_and_length_end() {
        check(
            &[b"[".as_slice(), &b"1 ".repeat(ITEMS + 1), b"]"].concat(),
            None,
        );
        check(&b"[".repeat(1_000_000), None);
        check(&b"<</A ".repeat(1_000_000), None);
    }
}
