//! The JSON Schema of a format, draft 2020-12, for editors and other languages.
//!
//! Schema and checker come from the same [`Shape`]s and accept the same files, except for what
//! a schema cannot say; the test below lists those differences.

use serde_json::{Map, Value, json};

use super::scalar::{
    CODE_PATTERN, DATE_PATTERN, DECIMAL_PATTERN, ID_PATTERN, MAX_CODE, MAX_DECIMAL,
    NOT_BLANK_PATTERN, TEXT_PATTERN,
};
use super::{Field, Format, Shape};

/// The JSON Schema of files of this format.
pub fn schema(format: &Format) -> Value {
    let mut schema = Map::new();
    schema.insert(
        "$schema".to_owned(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    schema.insert("title".to_owned(), json!(format.title));
    if let Value::Object(root) = shape_schema(&format.root, &format.implied_fields()) {
        schema.extend(root);
    }
    if !format.definitions.is_empty() {
        let definitions: Map<String, Value> = format
            .definitions
            .iter()
            .map(|(name, shape)| ((*name).to_owned(), shape_schema(shape, &[])))
            .collect();
        schema.insert("$defs".to_owned(), Value::Object(definitions));
    }
    Value::Object(schema)
}

fn shape_schema(shape: &Shape, implied: &[Field]) -> Value {
    match shape {
        Shape::Object(fields) => object(&[implied, fields], &[]),
        Shape::Array { of, min, max } => json!({
            "type": "array",
            "items": shape_schema(of, &[]),
            "minItems": min,
            "maxItems": max,
        }),
        Shape::Map { of, max } => json!({
            "type": "object",
            "propertyNames": { "pattern": ID_PATTERN },
            "additionalProperties": shape_schema(of, &[]),
            "maxProperties": max,
        }),
        Shape::Text {
            max,
            allow_empty: true,
        } => {
            json!({ "type": "string", "maxLength": max, "pattern": TEXT_PATTERN })
        }
        Shape::Text {
            max,
            allow_empty: false,
        } => json!({
            "type": "string",
            "maxLength": max,
            "pattern": TEXT_PATTERN,
            "allOf": [{ "pattern": NOT_BLANK_PATTERN }],
        }),
        Shape::FileText => json!({ "type": "string" }),
        Shape::Nullable(of) => json!({ "anyOf": [shape_schema(of, &[]), { "type": "null" }] }),
        Shape::Id => json!({ "type": "string", "pattern": ID_PATTERN }),
        Shape::Code => {
            json!({ "type": "string", "pattern": CODE_PATTERN, "maxLength": MAX_CODE })
        }
        Shape::Date => json!({ "type": "string", "pattern": DATE_PATTERN }),
        Shape::Decimal => json!({
            "anyOf": [
                { "type": "string", "pattern": DECIMAL_PATTERN, "maxLength": MAX_DECIMAL },
                { "type": "integer", "minimum": i64::MIN, "maximum": i64::MAX },
            ],
        }),
        Shape::Integer { min, max } => {
            json!({ "type": "integer", "minimum": min, "maximum": max })
        }
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::OneOf(values) => json!({ "enum": values }),
        Shape::Const(text) => json!({ "const": text }),
        Shape::ConstInt(number) => json!({ "const": number }),
        Shape::Tagged { tag, variants } => {
            let variants: Vec<Value> = variants
                .iter()
                .map(|(name, fields)| {
                    let chosen = [Field::required(tag, Shape::Const(name), "")];
                    object(&[implied, &chosen, fields], &[])
                })
                .collect();
            json!({ "type": "object", "oneOf": variants })
        }
        Shape::ExactlyOne {
            common,
            alternatives,
        } => object(&[implied, common], alternatives),
        Shape::Either(one, other) => {
            json!({ "anyOf": [shape_schema(one, &[]), shape_schema(other, &[])] })
        }
        Shape::Ref(name) => json!({ "$ref": format!("#/$defs/{name}") }),
    }
}

fn object(parts: &[&[Field]], alternatives: &[Field]) -> Value {
    let always = || parts.iter().flat_map(|part| part.iter());
    let properties: Map<String, Value> = always()
        .chain(alternatives)
        .map(|field| (field.name.to_owned(), described(field)))
        .collect();
    let required: Vec<&str> = always()
        .filter(|field| field.required)
        .map(|field| field.name)
        .collect();
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("required".to_owned(), json!(required));
    schema.insert("additionalProperties".to_owned(), json!(false));
    if !alternatives.is_empty() {
        let choices: Vec<Value> = alternatives
            .iter()
            .map(|field| json!({ "required": [field.name] }))
            .collect();
        schema.insert("oneOf".to_owned(), json!(choices));
    }
    Value::Object(schema)
}

fn described(field: &Field) -> Value {
    let mut schema = shape_schema(&field.shape, &[]);
    if let Value::Object(schema) = &mut schema
        && !field.doc.is_empty()
    {
        schema.insert("description".to_owned(), json!(field.doc));
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::super::{check, sample};
    use super::*;

    /// Files that the schema accepts and the checker refuses, with the reason.
    const DIFFERENCES: &[(&str, &str, &str)] = &[
        (
            "duplicate-key",
            "parsers drop one of two keys",
            r#""id": "a", "id": "b""#,
        ),
        (
            "wrong-type",
            "to a schema 1.0 is a whole number",
            r#""id": "a", "count": 1.0"#,
        ),
        (
            "lost-precision",
            "to a schema 1.0 is a whole number",
            r#""id": "a", "rules": [{"kind": "fixed", "points": 1.0}]"#,
        ),
        (
            "bad-date",
            "a pattern knows no calendar",
            r#""id": "a", "from": "2025-02-30""#,
        ),
    ];

    fn accepts(validator: &jsonschema::Validator, text: &str) -> (bool, bool) {
        let value = serde_json::from_str(text).unwrap();
        (
            validator.is_valid(&value),
            check(&sample::format(), "f", text.as_bytes()).is_ok(),
        )
    }

    fn validator() -> jsonschema::Validator {
        jsonschema::draft202012::new(&schema(&sample::format())).unwrap()
    }

    #[test]
    fn a_schema_is_itself_valid() {
        assert_eq!(sample::format().problems(), Vec::<String>::new());
        assert!(jsonschema::draft202012::meta::is_valid(&schema(
            &sample::format()
        )));
    }

    #[test]
    fn the_schema_is_wider_than_the_checker_only_in_the_listed_ways() {
        for (code, reason, fields) in DIFFERENCES {
            let text = format!(r#"{{"format": "sample", "version": 1, {fields}}}"#);
            assert_eq!(accepts(&validator(), &text), (true, false), "{reason}");
            let faults = check(&sample::format(), "f", text.as_bytes()).unwrap_err();
            assert_eq!(
                faults.iter().map(|fault| fault.code).collect::<Vec<_>>(),
                [*code]
            );
        }
    }

    #[test]
    fn depth_is_bounded_by_the_checker_alone() {
        let rule = (0..40).fold(
            json!({"kind": "fixed", "points": 1}),
            |rule, _| json!({"kind": "all", "of": [rule]}),
        );
        let file = json!({"format": "sample", "version": 1, "id": "a", "rules": [rule]});
        assert_eq!(accepts(&validator(), &file.to_string()), (true, false));
    }

    fn replacements() -> Vec<Value> {
        let mut values = vec![
            json!(null),
            json!(true),
            json!([]),
            json!({}),
            json!([null]),
            json!([1]),
            json!(["x"]),
            json!([{}]),
            json!({"vi": 1}),
            json!({"vi": "x"}),
            json!({"a b": "x"}),
            json!({"a": "x", "b": "x", "c": "x"}),
            json!({"kind": "fixed", "points": "1"}),
            json!({"kind": "fixed"}),
            json!({"kind": "all", "of": []}),
            json!({"kind": "all", "of": [{"kind": "all"}]}),
            json!({"kind": "none"}),
            json!({"date": "2025-01-01"}),
            json!({"days": 30}),
            json!({"days": 31}),
            json!({"days": 30, "date": "2025-01-01"}),
            json!({"note": "x"}),
        ];
        for number in [-2, -1, 0, 1, 2, 30, 100, 101, i64::MIN, i64::MAX] {
            values.push(json!(number));
        }
        values.extend([json!(0.5), json!(-1.5), json!(1e300), json!(u64::MAX)]);
        for text in [
            "",
            " ",
            "\n",
            "\u{a0}",
            "x",
            "X",
            "1",
            "-1",
            "1.1",
            "1/3",
            "1/0",
            "0,5",
            "01",
            "1e3",
            "+1",
            "vn",
            "fixed",
            "all",
            "point",
            "sample",
            "2025-01-31",
            "2025-13-01",
            "2025-00-10",
            "2025-01-32",
            "1899-12-31",
            "2201-01-01",
            "2025-1-1",
            "1.1.",
            "a.b",
            "1.a.B",
            "1.2.3.4.5.6.7.8.9",
            "a_b-c.d",
            "-a",
            "điểm",
            "mười chữ đ",
            "mười một chữ",
            "a\rb",
            "a\tb",
            "a\u{7f}",
            "a\u{85}",
            "a\u{202e}b",
            "a\u{2066}b",
            "\u{0}",
            "null",
        ] {
            values.push(json!(text));
        }
        values.push(json!("1".repeat(30)));
        values.push(json!("1".repeat(31)));
        values.push(json!("1".repeat(33)));
        values.push(json!("a".repeat(64)));
        values.push(json!("a".repeat(65)));
        values
    }

    fn pointers(value: &Value, at: &str, out: &mut Vec<String>) {
        out.push(at.to_owned());
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    pointers(item, &format!("{at}/{index}"), out);
                }
            }
            Value::Object(fields) => {
                for (key, field) in fields {
                    pointers(field, &format!("{at}/{key}"), out);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn schema_and_checker_agree_on_every_single_change_of_a_valid_file() {
        let valid: Value = serde_json::from_str(sample::VALID).unwrap();
        let validator = validator();
        let mut changed = vec![valid.clone()];
        let mut all = Vec::new();
        pointers(&valid, "", &mut all);
        for pointer in &all {
            for replacement in replacements() {
                let mut file = valid.clone();
                *file.pointer_mut(pointer).unwrap() = replacement;
                changed.push(file);
            }
            let mut file = valid.clone();
            match file.pointer_mut(pointer).unwrap() {
                Value::Object(fields) => {
                    fields.insert("unknown".to_owned(), json!("x"));
                    changed.push(file);
                }
                Value::Array(items) => {
                    items.extend(items.clone().into_iter().cycle().take(3));
                    changed.push(file);
                }
                _ => {}
            }
            if let Some((parent, key)) = pointer.rsplit_once('/') {
                let mut file = valid.clone();
                match file.pointer_mut(parent).unwrap() {
                    Value::Object(fields) => drop(fields.remove(key)),
                    Value::Array(items) => drop(items.remove(key.parse().unwrap())),
                    _ => {}
                }
                changed.push(file);
            }
        }
        let mut accepted = 0;
        for file in &changed {
            let (by_schema, by_checker) = accepts(&validator, &file.to_string());
            assert_eq!(by_schema, by_checker, "{file}");
            accepted += usize::from(by_checker);
        }
        assert!(
            accepted > 100 && changed.len() - accepted > 1000,
            "{accepted} accepted"
        );
    }

    #[test]
    fn a_field_says_in_the_schema_what_it_holds() {
        let schema = schema(&sample::format());
        assert_eq!(
            schema["properties"]["id"]["description"],
            "Identifier of the sample."
        );
        assert_eq!(schema["properties"]["version"]["const"], 1);
        assert_eq!(
            schema["properties"]["rules"]["items"]["$ref"],
            "#/$defs/rule"
        );
    }
}
