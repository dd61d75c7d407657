//! What a page shows: glyphs with their places.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::file::File;
use super::font::Font;
use super::object::{Dictionary, Lexer, Object, Token};
use super::too_much;
use crate::ReadFault;
use crate::read::UNTOLD;

/// Most operators of a file; a page of text has a few hundred.
const OPERATORS: usize = 2_000_000;

/// What it takes to look up an object that is drawn, in operators.
const DRAWN: usize = 15;

/// Most bytes of operators of a file, forms each time that they are shown.
const CONTENT: usize = 16 << 20;

/// Most glyphs of a page.
const GLYPHS: usize = 100_000;

/// Deepest forms inside forms.
const FORMS: usize = 8;

/// Most states that wait for their return.
const STATES: usize = 256;

/// Most fonts that are kept read.
const FONTS: usize = 1_024;

/// A letter, or what one code shows, where it is printed.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) text: String,
    /// From where to where, along the line.
    pub(super) from: f64,
    pub(super) to: f64,
    /// Height of the line's foot above that of the page; lines go down from high to low.
    pub(super) foot: f64,
    /// Height of the letters.
    pub(super) size: f64,
    /// Quarters of a turn from the usual direction.
    pub(super) turn: u8,
}

/// What all pages of a file have taken together.
#[derive(Default)]
pub(super) struct Work {
    operators: usize,
    content: usize,
    fonts: BTreeMap<u32, Rc<Font>>,
}

#[derive(Default)]
pub(super) struct Shown {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) pictures: usize,
    pub(super) untold_fonts: BTreeSet<String>,
    /// Letters that print nothing, as under the picture of a scan.
    unseen: usize,
}

impl Shown {
    /// Whether nothing is printed but pictures and spaces.
    pub(super) fn is_blank(&self) -> bool {
        self.glyphs.iter().all(|it| it.text.trim().is_empty())
    }

    /// Whether the letters only lie under a picture.
    pub(super) fn is_scan(&self) -> bool {
        self.pictures > 0 && self.unseen * 2 > self.glyphs.len()
    }
}

pub(super) fn show(
    file: &File<'_>,
    page: &Dictionary,
    work: &mut Work,
) -> Result<Shown, ReadFault> {
    let mut content = Vec::new();
    let parts = match file.value(page, b"Contents")? {
        Object::Array(parts) => parts,
        one => vec![one],
    };
    for part in parts {
        if let Object::Stream(dictionary, start) = file.resolved(&part)? {
            content.extend(file.stream(&dictionary, start)?);
            content.push(b'\n');
        }
    }
    let turns = file.value(page, b"Rotate")?.integer().unwrap_or(0);
    let matrix = match turns.rem_euclid(360) {
        90 => Matrix([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]),
        180 => Matrix([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]),
        270 => Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
        _ => Matrix::SAME,
    };
    let resources = file.dictionary(page, b"Resources")?;
    let mut painter = Painter {
        file,
        work,
        shown: Shown::default(),
    };
    painter.content(&content, &resources, matrix, 0)?;
    Ok(painter.shown)
}

/// A change of coordinates, as PDF writes it.
#[derive(Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const SAME: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This one first, then the other.
    fn then(self, other: Matrix) -> Matrix {
        let [a, b, c, d, e, f] = self.0;
        let [g, h, i, j, k, l] = other.0;
        Matrix([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }

    fn of(operands: &[Object]) -> Option<Matrix> {
        let mut numbers = operands.iter().rev().take(6).rev().map(Object::number);
        let mut matrix = [0.0; 6];
        for place in &mut matrix {
            *place = numbers.next()??;
        }
        Some(Matrix(matrix))
    }
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    spacing: f64,
    word: f64,
    scale: f64,
    leading: f64,
    rise: f64,
    unseen: bool,
}

struct Painter<'a, 'b> {
    file: &'a File<'a>,
    work: &'b mut Work,
    shown: Shown,
}

impl Painter<'_, '_> {
    fn content(
        &mut self,
        bytes: &[u8],
        resources: &Dictionary,
        matrix: Matrix,
        depth: usize,
    ) -> Result<(), ReadFault> {
        self.work.content += bytes.len();
        if self.work.content > CONTENT {
            return Err(too_much("operators", CONTENT));
        }
        let mut state = State {
            matrix,
            font: None,
            size: 0.0,
            spacing: 0.0,
            word: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            unseen: false,
        };
        let mut states: Vec<State> = Vec::new();
        let mut text = Matrix::SAME;
        let mut line = Matrix::SAME;
        let fonts = self.file.dictionary(resources, b"Font")?;
        let mut known: BTreeMap<Vec<u8>, Rc<Font>> = BTreeMap::new();
        let mut lexer = Lexer::of_content(bytes);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(token) = lexer.token() {
            let operator = match token {
                Token::Object(object) => {
                    // More than any operator takes is thrown away.
                    if operands.len() < 32 {
                        operands.push(object);
                    }
                    continue;
                }
                Token::Keyword(operator) => operator,
            };
            self.work.operators += 1;
            if self.work.operators > OPERATORS {
                return Err(too_much("operators", OPERATORS));
            }
            let number = |index: usize| operands.get(index).and_then(Object::number);
            let first = number(0).unwrap_or(0.0);
            match operator.as_slice() {
                b"q" => {
                    if states.len() < STATES {
                        states.push(state.clone());
                    } else {
                        return Err(too_much("depth", STATES));
                    }
                }
                b"Q" => {
                    if let Some(back) = states.pop() {
                        state = back;
                    }
                }
                b"cm" => {
                    if let Some(matrix) = Matrix::of(&operands) {
                        state.matrix = matrix.then(state.matrix);
                    }
                }
                b"BT" => {
                    text = Matrix::SAME;
                    line = Matrix::SAME;
                }
                b"Tf" => {
                    if let (Some(name), Some(size)) =
                        (operands.first().and_then(Object::name), number(1))
                    {
                        state.font = match known.get(name) {
                            Some(font) => Some(Rc::clone(font)),
                            None => self.font(&fonts, name)?,
                        };
                        if let Some(font) = &state.font {
                            known.insert(name.to_vec(), Rc::clone(font));
                        }
                        state.size = size;
                    }
                }
                b"Tc" => state.spacing = first,
                b"Tw" => state.word = first,
                b"Tz" => state.scale = first / 100.0,
                b"TL" => state.leading = first,
                b"Ts" => state.rise = first,
                b"Tr" => {
                    let mode = operands.first().and_then(Object::integer);
                    state.unseen = matches!(mode, Some(3 | 7));
                }
                b"Td" | b"TD" => {
                    let down = number(1).unwrap_or(0.0);
                    if operator == b"TD" {
                        state.leading = -down;
                    }
                    line = Matrix([1.0, 0.0, 0.0, 1.0, first, down]).then(line);
                    text = line;
                }
                b"Tm" => {
                    if let Some(matrix) = Matrix::of(&operands) {
                        line = matrix;
                        text = line;
                    }
                }
                b"T*" => {
                    line = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading]).then(line);
                    text = line;
                }
                b"Tj" | b"'" | b"\"" => {
                    if operator == b"\"" {
                        state.word = first;
                        state.spacing = number(1).unwrap_or(0.0);
                    }
                    if operator != b"Tj" {
                        line = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading]).then(line);
                        text = line;
                    }
                    if let Some(Object::Text(string)) = operands.last() {
                        self.string(string, &state, &mut text)?;
                    }
                }
                b"TJ" => {
                    if let Some(Object::Array(parts)) = operands.first() {
                        for part in parts {
                            match part {
                                Object::Text(string) => self.string(string, &state, &mut text)?,
                                part => {
                                    let back = part.number().unwrap_or(0.0) / 1_000.0;
                                    let by = -back * state.size * state.scale;
                                    text = Matrix([1.0, 0.0, 0.0, 1.0, by, 0.0]).then(text);
                                }
                            }
                        }
                    }
                }
                b"Do" => {
                    if let Some(name) = operands.first().and_then(Object::name) {
                        self.drawn(name, resources, &state, depth)?;
                    }
                }
                b"BI" => {
                    self.shown.pictures += 1;
                    pass_picture(&mut lexer);
                }
                _ => {}
            }
            operands.clear();
        }
        Ok(())
    }

    fn font(&mut self, fonts: &Dictionary, name: &[u8]) -> Result<Option<Rc<Font>>, ReadFault> {
        let Some(object) = fonts.get(name) else {
            return Ok(None);
        };
        let number = match object {
            Object::Reference(number) => Some(*number),
            _ => None,
        };
        if let Some(font) = number.and_then(|it| self.work.fonts.get(&it)) {
            return Ok(Some(Rc::clone(font)));
        }
        let object = self.file.resolved(object)?;
        let Some(dictionary) = object.dictionary() else {
            return Ok(None);
        };
        let font = Rc::new(Font::read(self.file, dictionary)?);
        if let Some(number) = number {
            if self.work.fonts.len() >= FONTS {
                return Err(too_much("fonts", FONTS));
            }
            self.work.fonts.insert(number, Rc::clone(&font));
        }
        Ok(Some(font))
    }

    /// An object of its own: a picture, or a form with more to show.
    fn drawn(
        &mut self,
        name: &[u8],
        resources: &Dictionary,
        state: &State,
        depth: usize,
    ) -> Result<(), ReadFault> {
        self.work.operators += DRAWN;
        let objects = self.file.dictionary(resources, b"XObject")?;
        let Object::Stream(form, start) = self.file.value(&objects, name)? else {
            return Ok(());
        };
        if self.file.value(&form, b"Subtype")?.name() != Some(b"Form") {
            self.shown.pictures += 1;
            return Ok(());
        }
        if depth >= FORMS {
            return Err(too_much("depth", FORMS));
        }
        let matrix = match self.file.value(&form, b"Matrix")? {
            Object::Array(numbers) => Matrix::of(&numbers).unwrap_or(Matrix::SAME),
            _ => Matrix::SAME,
        };
        let own = match self.file.value(&form, b"Resources")? {
            Object::Dictionary(own) => own,
            // Old files let a form use what the page has.
            _ => resources.clone(),
        };
        let bytes = self.file.stream(&form, start)?;
        self.content(&bytes, &own, matrix.then(state.matrix), depth + 1)
    }

    fn string(&mut self, bytes: &[u8], state: &State, text: &mut Matrix) -> Result<(), ReadFault> {
        let Some(font) = &state.font else {
            return Ok(());
        };
        let mut rest = bytes;
        while let Some(coded) = font.code(rest) {
            rest = rest.get(coded.length..).unwrap_or_default();
            let width = font.width(coded.code);
            let mut letters = String::new();
            if !font.letters(coded.code, &mut letters) {
                letters.push(UNTOLD);
                if !self.shown.untold_fonts.contains(&font.name) {
                    self.shown.untold_fonts.insert(font.name.clone());
                }
            }
            let space = coded.code == 32 && font.is_simple();
            let own = width * state.size * state.scale;
            let word = if space { state.word } else { 0.0 };
            let by = own + (state.spacing + word) * state.scale;
            // A space is as wide as it was made.
            let reach = if letters == " " { by } else { own };
            let place = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, state.rise])
                .then(*text)
                .then(state.matrix);
            self.glyph(letters, place, reach, state)?;
            *text = Matrix([1.0, 0.0, 0.0, 1.0, by, 0.0]).then(*text);
        }
        Ok(())
    }

    fn glyph(
        &mut self,
        text: String,
        place: Matrix,
        reach: f64,
        state: &State,
    ) -> Result<(), ReadFault> {
        let [a, b, c, d, x, y] = place.0;
        if !place.0.iter().all(|it| it.is_finite()) || !reach.is_finite() {
            return Ok(());
        }
        // Along which side of the page the text runs, and the same page turned so that it
        // runs to the right.
        let (turn, from, foot) = if a.abs() >= b.abs() {
            if a >= 0.0 { (0, x, y) } else { (2, -x, -y) }
        } else if b > 0.0 {
            (1, y, -x)
        } else {
            (3, -y, x)
        };
        let length = a.hypot(b) * reach;
        let size = (c.hypot(d) * state.size).abs();
        if state.unseen {
            self.shown.unseen += 1;
        }
        if self.shown.glyphs.len() >= GLYPHS {
            return Err(too_much("characters", GLYPHS));
        }
        self.shown.glyphs.push(Glyph {
            text,
            from: from.min(from + length),
            to: from.max(from + length),
            foot,
            size: if size > 0.0 { size } else { 1.0 },
            turn,
        });
        Ok(())
    }
}

/// Passes a picture that stands among the operators, to behind its `EI`.
fn pass_picture(lexer: &mut Lexer<'_>) {
    let rest = lexer.rest();
    let end = rest.windows(4).position(|it| {
        matches!(it, [before, b'E', b'I', after]
            if super::object::is_space(*before) && super::object::is_space(*after))
    });
    lexer.at += end.map_or(rest.len(), |end| end + 3);
}
