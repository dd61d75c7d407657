//! A file that was checked: its text, its value and where each part of it stands.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::place::{Lines, OwnedStep, push_item, push_key, steps_of};
use super::{Fault, Phrase, Place};

/// A file that was checked, or the sound parts of one.
///
/// Paths given to a document are those of its value. Where faulty parts were left out, the
/// places it returns still speak of the file: list indexes are counted in the file.
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) file: String,
    pub(super) text: String,
    pub(super) lines: Lines,
    pub(super) value: Value,
    pub(super) mark: Mark,
}

/// Where a part of the value stands in the text; a tree of the same form as the value.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// First byte of the value.
    pub(super) start: usize,
    /// Whether nothing in it was left out.
    pub(super) whole: bool,
    pub(super) parts: Parts,
}

impl Mark {
    /// The mark of a text, a number, `true`, `false` or `null`.
    pub(super) fn of_leaf(start: usize) -> Self {
        Self {
            start,
            whole: true,
            parts: Parts::None,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) enum Parts {
    None,
    /// Elements, each with its index in the file.
    Items(Vec<(usize, Mark)>),
    /// Fields, sorted by key.
    Fields(Vec<(Box<str>, Mark)>),
}

impl Document {
    /// Name of the file, as given.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The whole text, without byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The value, to be read into wire structs; faulty parts are left out.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Where the value at `path` stands, or, if there is none, the nearest part around it.
    ///
    /// The path of the place is always the one asked for, with list indexes of the file.
    pub fn place(&self, path: &str) -> Place {
        let (mark, path) = self.follow(path);
        let (line, column) = self.lines.position(&self.text, mark.start);
        Place {
            file: self.file.clone(),
            line,
            column,
            path,
        }
    }

    /// The path in the file of the part that has `path` in the value.
    ///
    /// They differ where elements before it were left out as faulty.
    pub fn original_path(&self, path: &str) -> String {
        self.follow(path).1
    }

    /// Whether nothing was left out at `path`, or in the nearest part around it.
    ///
    /// What seems to be missing from a part that is not whole may only be faulty: a check
    /// that something is absent (an unknown reference, a sum) has to be left for the next round.
    pub fn is_whole(&self, path: &str) -> bool {
        self.follow(path).0.whole
    }

    /// A fault of meaning at `path`, for checks that go beyond the format.
    pub fn fault(
        &self,
        code: &'static str,
        path: &str,
        expected: impl Into<Phrase>,
        found: impl Into<Phrase>,
    ) -> Fault {
        let (expected, found) = (expected.into(), found.into());
        Fault {
            code,
            place: self.place(path),
            expected,
            found,
            help: None,
        }
    }

    /// Identity of the content: `sha256:` and the digest of the canonical form.
    ///
    /// The canonical form sorts keys and drops layout, so reformatting a file does not change
    /// its identity. How a number is written does: `"97"`, `"97.0"` and `97` differ. Of a
    /// document with parts left out, the digest is that of the rest.
    pub fn digest(&self) -> String {
        let mut canonical = String::new();
        write_canonical(&self.value, &mut canonical);
        let mut digest = "sha256:".to_owned();
        for byte in Sha256::digest(canonical.as_bytes()) {
            digest.push_str(&format!("{byte:02x}"));
        }
        digest
    }

    fn follow(&self, path: &str) -> (&Mark, String) {
        let mut mark = Some(&self.mark);
        let mut nearest = &self.mark;
        let mut original = String::new();
        for step in steps_of(path) {
            let mut shown = None;
            mark = mark.and_then(|mark| match (&mark.parts, &step) {
                (Parts::Items(items), OwnedStep::Item(index)) => {
                    let (in_file, item) = items.get(*index)?;
                    shown = Some(*in_file);
                    Some(item)
                }
                (Parts::Fields(fields), OwnedStep::Key(key)) => {
                    let at = fields
                        .binary_search_by(|(name, _)| (**name).cmp(key))
                        .ok()?;
                    fields.get(at).map(|(_, field)| field)
                }
                _ => None,
            });
            nearest = mark.unwrap_or(nearest);
            match step {
                OwnedStep::Item(index) => push_item(&mut original, shown.unwrap_or(index)),
                OwnedStep::Key(key) => push_key(&mut original, &key),
            }
        }
        let original = if original.is_empty() {
            "$".to_owned()
        } else {
            original
        };
        (nearest, original)
    }
}

/// Writes a value with sorted keys and without layout.
///
/// Sorts by itself: another crate of the build may have told `serde_json` to keep file order.
fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (index, (key, value)) in fields.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write_canonical(value, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_canonical(item, out);
            }
            out.push(']');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::{Field, Format, Shape, check, check_partial, sample};

    fn format() -> Format {
        let node = Shape::Object(vec![
            Field::required("max", Shape::Decimal, ""),
            Field::optional("children", Shape::array(Shape::Ref("node"), 0, 10), ""),
        ]);
        let root = Shape::Object(vec![
            Field::required("tree", Shape::array(Shape::Ref("node"), 0, 10), ""),
            Field::optional("names", Shape::map(Shape::text(20), 10), ""),
        ]);
        Format {
            name: "f",
            version: 1,
            title: "",
            root,
            definitions: vec![("node", node)],
        }
    }

    const TEXT: &str = r#"{
  "format": "f", "version": 1,
  "tree": [
    {"max": 0.5},
    {"max": "1", "children": [{"max": true}, {"max": "ể", "x": 1}, {"max": "1/2"}]}
  ],
  "names": {"1.1": "đ", "vi": "x"}
}"#;

    #[track_caller]
    fn check_place(path: &str, expected: &str) {
        let (document, _) = check_partial(&format(), "f.json", TEXT.as_bytes());
        assert_eq!(
            document.unwrap().place(path).to_string(),
            format!("f.json:{expected}")
        );
    }

    #[test]
    fn places_speak_of_the_file_also_after_pruning() {
        check_place("$", "1:1: $");
        check_place("tree", "3:11: tree");
        check_place("tree[0]", "5:5: tree[1]");
        check_place("tree[0].children[0].max", "5:76: tree[1].children[2].max");
        check_place(r#"names["1.1"]"#, r#"7:20: names["1.1"]"#);
    }

    #[test]
    fn a_path_that_leads_nowhere_is_placed_at_what_is_around_it() {
        check_place("tree[0].weight", "5:5: tree[1].weight");
        check_place("tree[7].max", "3:11: tree[7].max");
        check_place("nothing.at[3].all", "1:1: nothing.at[3].all");
        check_place("names.vi.deeper", "7:31: names.vi.deeper");
    }

    #[test]
    fn faulty_parts_are_left_out_of_the_value() {
        let (document, faults) = check_partial(&format(), "f.json", TEXT.as_bytes());
        let codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
        assert_eq!(
            codes,
            [
                "lost-precision",
                "wrong-type",
                "bad-decimal",
                "unknown-field"
            ]
        );
        let expected = serde_json::json!({
            "format": "f",
            "version": 1,
            "tree": [{"max": "1", "children": [{"max": "1/2"}]}],
            "names": {"1.1": "đ", "vi": "x"},
        });
        assert_eq!(document.unwrap().value(), &expected);
    }

    #[test]
    fn a_part_knows_whether_something_was_left_out() {
        let (document, _) = check_partial(&format(), "f.json", TEXT.as_bytes());
        let document = document.unwrap();
        for (path, expected) in [
            ("$", false),
            ("tree", false),
            ("tree[0].max", true),
            ("tree[0].children", false),
            ("tree[0].children[0]", true),
            ("tree[0].weight", false),
            ("names", true),
            ("names.fr", true),
        ] {
            assert_eq!(document.is_whole(path), expected, "{path}");
        }
    }

    #[track_caller]
    fn check_pruned(text: &str, expected: Option<&str>) {
        let head = r#""format":"sample","version":1"#;
        let file = format!("{{{head},{text}}}");
        let (document, faults) = check_partial(&sample::format(), "f", file.as_bytes());
        assert!(!faults.is_empty());
        let expected = expected.map(|rest| format!("{{{head},{rest}}}"));
        let expected: Option<Value> = expected.map(|text| serde_json::from_str(&text).unwrap());
        assert_eq!(document.map(|document| document.value().clone()), expected);
    }

    #[test]
    fn the_sound_parts_of_a_file_are_kept() {
        let id = r#""id":"a""#;
        check_pruned(r#""id":"a","x":1"#, Some(id));
        check_pruned(r#""id":"a","id":"b""#, Some(id));
        check_pruned(r#""id":"a","count":1.5"#, Some(id));
        check_pruned(
            r#""id":"a","names":{"vi":"x","b b":"y"}"#,
            Some(r#""id":"a","names":{"vi":"x"}"#),
        );
        check_pruned(
            r#""id":"a","until":{"days":30,"date":"2025-01-01"}"#,
            Some(id),
        );
        check_pruned(
            r#""id":"a","names":{"vi":"x","en":1}"#,
            Some(r#""id":"a","names":{"vi":"x"}"#),
        );
        check_pruned(
            r#""id":"a","until":{"days":30,"note":""}"#,
            Some(r#""id":"a","until":{"days":30}"#),
        );
        check_pruned(r#""id":"a","rules":[{"kind":"fixed"}]"#, Some(id));
        check_pruned(
            r#""id":"a","rules":[{"kind":"x"},{"kind":"fixed","points":1}]"#,
            Some(r#""id":"a","rules":[{"kind":"fixed","points":1}]"#),
        );
        check_pruned(r#""id":"""#, None);
        check_pruned(r#""count":1"#, None);
    }

    #[test]
    fn layout_and_order_of_keys_do_not_change_the_digest() {
        let digest = |text: &str| check(&format(), "f", text.as_bytes()).unwrap().digest();
        let one = digest(r#"{"format":"f","version":1,"tree":[{"max":"1"}]}"#);
        assert_eq!(
            one,
            digest("{ \"tree\": [{\"m\\u0061x\":\"1\"}],\n\"version\":1,\"format\":\"f\"}")
        );
        assert_ne!(
            one,
            digest(r#"{"format":"f","version":1,"tree":[{"max":1}]}"#)
        );
        // Computed with `printf '%s' '{"format":"f","tree":[{"max":"1"}],"version":1}' | sha256sum`.
        assert_eq!(
            one,
            "sha256:e9a00443dbed95fa667a52a3c05689f8cd4dbfe2d9a179f0b2afa38656fba613"
        );
    }

    #[test]
    fn a_fault_of_meaning_is_placed_like_any_other() {
        let (document, _) = check_partial(&format(), "f.json", TEXT.as_bytes());
        let fault = document
            .unwrap()
            .fault("total", "tree[0].max", "`2`", "`1`");
        assert_eq!(
            fault.to_string(),
            "f.json:5:13: tree[1].max: expected `2`, found `1`"
        );
    }
}
