//! A PDF file: its index, its objects, its pages.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::filter::{Stop, unpacked};
use super::object::{Dictionary, Lexer, Object};
use super::{FORMAT, damaged, too_much};
use crate::{Limits, ReadFault};

/// Most objects of a file; a document of a thousand pages has some ten thousand.
const OBJECTS: usize = 500_000;

/// How many bytes at the end hold the foot.
const FOOT: usize = 2_048;

/// How often the file may be passed over to read objects and find the ends of streams, and
/// how many bytes more, for the small file whose objects serve every page.
const PASSES: usize = 3;
const MORE: usize = 8 << 20;

/// Most objects that a page inherits by value and not by reference.
const INHERITED: usize = 256;

/// Longest chain of references, indexes or filters.
const CHAIN: usize = 32;

#[derive(Clone, Copy, Debug)]
enum Place {
    /// At that byte.
    At(usize),
    /// In that stream of objects.
    In(u32),
}

/// Objects that are packed together.
struct Packed {
    bytes: Vec<u8>,
    /// Number of each, and where it begins.
    index: BTreeMap<u32, usize>,
}

pub(super) struct File<'a> {
    bytes: &'a [u8],
    places: BTreeMap<u32, Place>,
    trailer: Dictionary,
    /// How many bytes may still be unpacked.
    budget: Cell<usize>,
    most: u64,
    /// How many bytes may still be passed over.
    work: Cell<usize>,
    packed: RefCell<BTreeMap<u32, Rc<Packed>>>,
}

impl<'a> File<'a> {
    /// Where the index stands, as the foot says.
    pub(super) fn foot(bytes: &[u8]) -> Result<usize, ReadFault> {
        let from = bytes.len().saturating_sub(FOOT);
        let tail = bytes.get(from..).unwrap_or_default();
        let key = b"startxref";
        let at = tail.windows(key.len()).rposition(|it| it == key);
        let Some(at) = at else {
            return Err(damaged(
                "no `startxref` at the end: cut off, or not all of it there",
            ));
        };
        let mut lexer = Lexer::new(bytes, from + at + key.len());
        let place = lexer.unsigned().and_then(|it| usize::try_from(it).ok());
        if !lexer.rest().windows(5).any(|it| it == b"%%EOF") {
            return Err(damaged(
                "no `%%EOF` at the end: cut off, or not all of it there",
            ));
        }
        Ok(place.unwrap_or(usize::MAX))
    }

    fn new(bytes: &'a [u8], limits: &Limits) -> Self {
        File {
            bytes,
            places: BTreeMap::new(),
            trailer: Dictionary::new(),
            budget: Cell::new(usize::try_from(limits.unpacked).unwrap_or(usize::MAX)),
            most: limits.unpacked,
            work: Cell::new(bytes.len().saturating_mul(PASSES).saturating_add(MORE)),
            packed: RefCell::default(),
        }
    }

    /// The file as its index has it.
    pub(super) fn indexed(
        bytes: &'a [u8],
        foot: usize,
        limits: &Limits,
    ) -> Result<Self, ReadFault> {
        // Places count from the header, which some files have a little further on.
        let head = bytes.get(..1_024).unwrap_or(bytes);
        let head = head.windows(5).position(|it| it == b"%PDF-").unwrap_or(0);
        let mut file = File::new(bytes.get(head..).unwrap_or(bytes), limits);
        let mut next = vec![foot];
        let mut seen = BTreeSet::new();
        // The newest index comes first, and what it says holds.
        while let Some(at) = next.pop() {
            if !seen.insert(at) {
                continue;
            }
            if seen.len() > 1_024 {
                return Err(damaged("an index with too many parts"));
            }
            let trailer = file.index_part(at)?;
            for key in [b"Prev".as_slice(), b"XRefStm"] {
                let other = trailer.get(key).and_then(Object::integer);
                if let Some(other) = other.and_then(|it| usize::try_from(it).ok()) {
                    next.push(other);
                }
            }
            for (key, value) in trailer {
                file.trailer.entry(key).or_insert(value);
            }
        }
        file.checked()
    }

    /// The file as its bytes show it, where the index is wrong.
    pub(super) fn scanned(bytes: &'a [u8], limits: &Limits) -> Result<Self, ReadFault> {
        let mut file = File::new(bytes, limits);
        let mut at = 0;
        let mut streams = Vec::new();
        while let Some(found) = find(bytes, b"obj", at) {
            at = found + 3;
            let Some((number, start)) = before_obj(bytes, found) else {
                continue;
            };
            file.place(number, Place::At(start), true)?;
            let mut lexer = Lexer::new(bytes, at);
            let window = lexer.rest();
            let window = window.get(..512).unwrap_or(window);
            let packs = window.windows(7).any(|it| it == b"/ObjStm");
            let index = window.windows(5).any(|it| it == b"/XRef");
            if !packs && !index {
                continue;
            }
            let Some(Object::Dictionary(dictionary)) = lexer.object() else {
                continue;
            };
            match dictionary.get(b"Type".as_slice()).and_then(Object::name) {
                Some(b"ObjStm") => streams.push(number),
                Some(b"XRef") => file.trailer.extend(dictionary),
                _ => {}
            }
        }
        let mut at = 0;
        while let Some(found) = find(bytes, b"trailer", at) {
            at = found + 7;
            if let Some(Object::Dictionary(dictionary)) = Lexer::new(bytes, at).object() {
                file.trailer.extend(dictionary);
            }
        }
        for stream in streams {
            // One that does not unpack has nothing to add.
            if let Ok(packed) = file.packed(stream) {
                for number in packed.index.keys() {
                    file.place(*number, Place::In(stream), false)?;
                }
            }
        }
        file.checked()
    }

    fn checked(self) -> Result<Self, ReadFault> {
        if self.trailer.contains_key(b"Encrypt".as_slice()) {
            return Err(ReadFault::Encrypted { format: FORMAT });
        }
        if !self.trailer.contains_key(b"Root".as_slice()) {
            return Err(damaged("an index without a root"));
        }
        Ok(self)
    }

    fn place(&mut self, number: u32, place: Place, newest: bool) -> Result<(), ReadFault> {
        if newest {
            self.places.insert(number, place);
        } else {
            self.places.entry(number).or_insert(place);
        }
        if self.places.len() > OBJECTS {
            return Err(too_much("objects", OBJECTS));
        }
        Ok(())
    }

    /// Reads one part of the index, a table or a stream, and gives its trailer.
    fn index_part(&mut self, at: usize) -> Result<Dictionary, ReadFault> {
        let mut lexer = Lexer::new(self.bytes, at);
        if lexer.take(b"xref") {
            return self.index_table(lexer);
        }
        let Some((_, Object::Stream(dictionary, start))) = self.object_at(at)? else {
            return Err(damaged("no index where the file says it is"));
        };
        let bytes = self.stream(&dictionary, start)?;
        self.index_stream(&dictionary, &bytes)?;
        Ok(dictionary)
    }

    fn index_table(&mut self, mut lexer: Lexer<'_>) -> Result<Dictionary, ReadFault> {
        let bad = || damaged("an index that is no table");
        loop {
            if lexer.take(b"trailer") {
                let Some(Object::Dictionary(trailer)) = lexer.object() else {
                    return Err(bad());
                };
                return Ok(trailer);
            }
            let first = lexer.unsigned().ok_or_else(bad)?;
            let count = lexer.unsigned().ok_or_else(bad)?;
            for index in 0..count {
                let at = lexer.unsigned().ok_or_else(bad)?;
                lexer.unsigned().ok_or_else(bad)?;
                let used = lexer.take(b"n");
                if !used && !lexer.take(b"f") {
                    return Err(bad());
                }
                let number = first
                    .checked_add(index)
                    .and_then(|it| u32::try_from(it).ok());
                let (Some(number), Ok(at)) = (number, usize::try_from(at)) else {
                    return Err(bad());
                };
                if used {
                    self.place(number, Place::At(at), false)?;
                }
            }
        }
    }

    fn index_stream(&mut self, dictionary: &Dictionary, bytes: &[u8]) -> Result<(), ReadFault> {
        let bad = || damaged("an index that is no stream of places");
        let numbers = |key: &[u8]| match dictionary.get(key) {
            Some(Object::Array(array)) => array.iter().map(Object::integer).collect(),
            _ => None,
        };
        let widths: Option<Vec<i64>> = numbers(b"W");
        let Some([kind, second, third]) = widths.as_deref().and_then(|it| {
            let it: Vec<usize> = it
                .iter()
                .filter_map(|it| usize::try_from(*it).ok())
                .collect();
            <[usize; 3]>::try_from(it).ok()
        }) else {
            return Err(bad());
        };
        if [kind, second, third].iter().any(|it| *it > 8) || second == 0 {
            return Err(bad());
        }
        let size = dictionary.get(b"Size".as_slice()).and_then(Object::integer);
        let sections: Vec<i64> = match numbers(b"Index") {
            Some(sections) => sections,
            None => vec![0, size.ok_or_else(bad)?],
        };
        let mut entries = bytes.chunks_exact(kind + second + third);
        let (pairs, _) = sections.as_chunks::<2>();
        for [first, count] in pairs {
            for index in 0..(*count).max(0) {
                let Some(entry) = entries.next() else {
                    return Ok(());
                };
                let field = |from: usize, width: usize| {
                    let bytes = entry.get(from..from + width).unwrap_or_default();
                    bytes
                        .iter()
                        .fold(0u64, |sum, byte| (sum << 8) | u64::from(*byte))
                };
                let number = first
                    .checked_add(index)
                    .and_then(|it| u32::try_from(it).ok());
                let Some(number) = number else {
                    return Err(bad());
                };
                let value = field(kind, second);
                match if kind == 0 { 1 } else { field(0, kind) } {
                    1 => {
                        let at = usize::try_from(value).map_err(|_| bad())?;
                        self.place(number, Place::At(at), false)?;
                    }
                    2 => {
                        let stream = u32::try_from(value).map_err(|_| bad())?;
                        self.place(number, Place::In(stream), false)?;
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// The object that begins at a byte, with its number.
    fn object_at(&self, at: usize) -> Result<Option<(u32, Object)>, ReadFault> {
        let mut lexer = Lexer::new(self.bytes, at);
        let found = self.object_from(&mut lexer);
        self.pass(lexer.at.saturating_sub(at))?;
        Ok(found)
    }

    fn object_from(&self, lexer: &mut Lexer<'_>) -> Option<(u32, Object)> {
        let number = u32::try_from(lexer.unsigned()?).ok()?;
        lexer.unsigned()?;
        if !lexer.take(b"obj") {
            return None;
        }
        let object = lexer.object()?;
        let Object::Dictionary(dictionary) = object else {
            return Some((number, object));
        };
        if !lexer.take(b"stream") {
            return Some((number, Object::Dictionary(dictionary)));
        }
        let mut start = lexer.at;
        if self.bytes.get(start) == Some(&b'\r') {
            start += 1;
        }
        if self.bytes.get(start) == Some(&b'\n') {
            start += 1;
        }
        Some((number, Object::Stream(dictionary, start)))
    }

    /// An object by its number; what the index does not have is null, as the standard says.
    fn numbered(&self, number: u32) -> Result<Object, ReadFault> {
        let wrong = || damaged(format!("no object {number} where the index says it is"));
        match self.places.get(&number) {
            None => Ok(Object::Null),
            Some(Place::At(at)) => match self.object_at(*at)? {
                Some((found, object)) if found == number => Ok(object),
                _ => Err(wrong()),
            },
            Some(Place::In(stream)) => {
                let packed = self.packed(*stream)?;
                let Some(at) = packed.index.get(&number) else {
                    return Err(wrong());
                };
                let mut lexer = Lexer::new(&packed.bytes, *at);
                let object = lexer.object();
                self.pass(lexer.at.saturating_sub(*at))?;
                object.ok_or_else(wrong)
            }
        }
    }

    /// The objects of a stream, unpacked once.
    fn packed(&self, stream: u32) -> Result<Rc<Packed>, ReadFault> {
        if let Some(packed) = self.packed.borrow().get(&stream) {
            return Ok(Rc::clone(packed));
        }
        let bad = || damaged(format!("object {stream} holds no objects"));
        let Some(Place::At(at)) = self.places.get(&stream) else {
            return Err(bad());
        };
        let Some((_, Object::Stream(dictionary, start))) = self.object_at(*at)? else {
            return Err(bad());
        };
        let bytes = self.stream(&dictionary, start)?;
        let number = |key: &[u8]| {
            let it = dictionary.get(key).and_then(Object::integer);
            it.and_then(|it| usize::try_from(it).ok())
        };
        let (Some(count), Some(first)) = (number(b"N"), number(b"First")) else {
            return Err(bad());
        };
        let mut lexer = Lexer::new(&bytes, 0);
        let mut index = BTreeMap::new();
        for _ in 0..count.min(OBJECTS) {
            let number = lexer.unsigned().and_then(|it| u32::try_from(it).ok());
            let at = lexer.unsigned().and_then(|it| usize::try_from(it).ok());
            let (Some(number), Some(at)) = (number, at.and_then(|at| at.checked_add(first))) else {
                return Err(bad());
            };
            index.insert(number, at);
        }
        let packed = Rc::new(Packed { bytes, index });
        self.packed.borrow_mut().insert(stream, Rc::clone(&packed));
        Ok(packed)
    }

    /// What an object stands for, references followed.
    pub(super) fn resolved(&self, object: &Object) -> Result<Object, ReadFault> {
        let &Object::Reference(mut number) = object else {
            // What is copied over and over counts as what is read over and over.
            if matches!(object, Object::Array(_) | Object::Dictionary(_)) {
                self.pass(object.weight())?;
            }
            return Ok(object.clone());
        };
        for _ in 0..CHAIN {
            match self.numbered(number)? {
                Object::Reference(next) => number = next,
                found => return Ok(found),
            }
        }
        Err(damaged("references that lead nowhere"))
    }

    /// A value of a dictionary, references followed; null if there is none.
    pub(super) fn value(&self, of: &Dictionary, key: &[u8]) -> Result<Object, ReadFault> {
        of.get(key).map_or(Ok(Object::Null), |it| self.resolved(it))
    }

    /// A value that is a dictionary, or an empty one.
    pub(super) fn dictionary(&self, of: &Dictionary, key: &[u8]) -> Result<Dictionary, ReadFault> {
        Ok(match self.value(of, key)? {
            Object::Dictionary(it) | Object::Stream(it, _) => it,
            _ => Dictionary::new(),
        })
    }

    /// The bytes of a stream, unpacked.
    pub(super) fn stream(
        &self,
        dictionary: &Dictionary,
        start: usize,
    ) -> Result<Vec<u8>, ReadFault> {
        let over = || ReadFault::TooMuch {
            what: "unpacked",
            most: self.most,
        };
        let raw = self.raw(dictionary, start)?;
        let list = |object: Object| match object {
            Object::Array(list) => list,
            Object::Null => Vec::new(),
            one => vec![one],
        };
        let either = |long: &[u8], short: &[u8]| match self.value(dictionary, long)? {
            Object::Null => self.value(dictionary, short),
            found => Ok(found),
        };
        let filters = list(either(b"Filter", b"F")?);
        let parameters = list(either(b"DecodeParms", b"DP")?);
        if filters.len() > CHAIN {
            return Err(damaged("a stream with too many filters"));
        }
        let mut unpacked_bytes = None;
        for (index, filter) in filters.iter().enumerate() {
            let filter = self.resolved(filter)?;
            let parameters = match parameters.get(index) {
                Some(it) => self.resolved(it)?,
                None => Object::Null,
            };
            let bytes = unpacked_bytes.as_deref().unwrap_or(raw);
            let bytes = unpacked(
                filter.name().unwrap_or_default(),
                bytes,
                parameters.dictionary(),
                self.budget.get(),
            );
            let bytes = bytes.map_err(|stop| match stop {
                Stop::TooMuch => over(),
                Stop::Fault(fault) => fault,
            })?;
            self.spend(bytes.len()).ok_or_else(over)?;
            unpacked_bytes = Some(bytes);
        }
        match unpacked_bytes {
            Some(bytes) => Ok(bytes),
            None => {
                self.spend(raw.len()).ok_or_else(over)?;
                Ok(raw.to_vec())
            }
        }
    }

    fn spend(&self, bytes: usize) -> Option<()> {
        self.budget.set(self.budget.get().checked_sub(bytes)?);
        Some(())
    }

    /// Bytes that were passed over, against what a sound file needs.
    pub(super) fn pass(&self, bytes: usize) -> Result<(), ReadFault> {
        let left = self.work.get().checked_sub(bytes);
        self.work.set(left.unwrap_or(0));
        left.map(|_| ()).ok_or_else(|| too_much("work", MORE))
    }

    /// The bytes of a stream as they stand.
    fn raw(&self, dictionary: &Dictionary, start: usize) -> Result<&'a [u8], ReadFault> {
        let length = match dictionary.get(b"Length".as_slice()) {
            // The length may stand elsewhere, but never in a stream that needs it itself.
            Some(Object::Reference(number)) => match self.places.get(number) {
                Some(Place::At(at)) => self.object_at(*at)?.map(|it| it.1),
                _ => None,
            },
            other => other.cloned(),
        };
        let length = length.and_then(|it| it.integer());
        let end = length.and_then(|it| start.checked_add(usize::try_from(it).ok()?));
        if let Some(end) = end.filter(|end| *end <= self.bytes.len())
            && Lexer::new(self.bytes, end).take(b"endstream")
        {
            return Ok(self.bytes.get(start..end).unwrap_or_default());
        }
        let key = b"endstream";
        let found = find(self.bytes, key, start);
        self.pass(found.unwrap_or(self.bytes.len()).saturating_sub(start))?;
        match found {
            Some(end) => Ok(self.bytes.get(start..end).unwrap_or_default()),
            None => Err(damaged("a stream without its end")),
        }
    }

    /// Dictionaries of the pages, each with what it inherits.
    pub(super) fn pages(&self, limits: &Limits) -> Result<Vec<Dictionary>, ReadFault> {
        let root = self.dictionary(&self.trailer, b"Root")?;
        let mut pages = Vec::new();
        let mut seen = BTreeSet::new();
        let top = root.get(b"Pages".as_slice()).cloned();
        // Nodes that are to be visited, the next one last, each with what it inherits.
        let mut next = vec![(
            top.unwrap_or(Object::Null),
            Rc::new(Dictionary::new()),
            0usize,
        )];
        while let Some((node, inherited, depth)) = next.pop() {
            if let Object::Reference(number) = node
                && !seen.insert(number)
            {
                return Err(damaged("pages that hold one another"));
            }
            if depth > limits.depth {
                return Err(too_much("depth", limits.depth));
            }
            let Object::Dictionary(mut node) = self.resolved(&node)? else {
                return Err(damaged("no pages where the file says they are"));
            };
            for (key, value) in inherited.iter() {
                node.entry(key.clone()).or_insert_with(|| value.clone());
            }
            match self.value(&node, b"Kids")? {
                Object::Array(kids) => {
                    let mut handed = Dictionary::new();
                    for key in [b"Resources".as_slice(), b"Rotate"] {
                        if let Some(value) = node.remove(key) {
                            // Copied for every page, so it has to be short.
                            if value.weight() > INHERITED {
                                return Err(too_much("objects", INHERITED));
                            }
                            handed.insert(key.to_vec(), value);
                        }
                    }
                    if next.len() + kids.len() > OBJECTS {
                        return Err(too_much("pages", limits.pages));
                    }
                    let handed = Rc::new(handed);
                    let kids = kids.into_iter().rev();
                    next.extend(kids.map(|kid| (kid, Rc::clone(&handed), depth + 1)));
                }
                _ => pages.push(node),
            }
            if pages.len() > limits.pages {
                return Err(too_much("pages", limits.pages));
            }
        }
        if pages.is_empty() {
            return Err(damaged("no page"));
        }
        Ok(pages)
    }
}

/// Where a text stands next.
fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let first = *wanted.first()?;
    let mut at = 0;
    loop {
        let step = rest.get(at..)?.iter().position(|byte| *byte == first)?;
        at += step;
        if rest.get(at..)?.starts_with(wanted) {
            return Some(from + at);
        }
        at += 1;
    }
}

/// Number of the object whose `obj` stands there, and where its number begins.
fn before_obj(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let digits = |end: usize| {
        let head = bytes.get(..end)?;
        let gap = head.iter().rev().take_while(|it| it.is_ascii_whitespace());
        let gap = gap.count();
        let stop = end.checked_sub(gap)?;
        let head = bytes.get(..stop)?;
        let count = head
            .iter()
            .rev()
            .take_while(|it| it.is_ascii_digit())
            .take(10);
        let count = count.count();
        (count > 0 && gap > 0).then_some(stop.checked_sub(count)?)
    };
    let generation = digits(at)?;
    let start = digits(generation)?;
    let number = Lexer::new(bytes, start).unsigned()?;
    Some((u32::try_from(number).ok()?, start))
}
