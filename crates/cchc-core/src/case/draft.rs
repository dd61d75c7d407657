//! A case for an author to confirm: facts, and what the engine says of them.
//!
//! The expectation is a proposal. The case says `"confirmed": false` and passes nothing
//! until a person has worked the points out from the rule and removed the mark.

use serde_json::{Value, json};

use crate::difference::Record;
use crate::model::Pack;
use crate::record::fit;
use crate::values::Calendar;

/// A case file about a leaf, a group or `total`; `None` where the record does not fit.
///
/// `shows` is the sentence of the case.
pub fn draft(
    pack: &Pack,
    code: &str,
    shows: &str,
    record: &Record,
    calendar: &Calendar,
) -> Option<Value> {
    let case = record.as_case(pack)?;
    let fitted = fit(pack, &case.submission, calendar).ok()?;
    let answer = fitted.assess(record.as_of);
    let leaf = answer.leaves.iter().find(|it| it.code == code);
    let group = answer.groups.iter().find(|it| it.code == code);
    let numbers = match (leaf, group) {
        (Some(leaf), _) => &leaf.numbers,
        (None, Some(group)) => &group.numbers,
        (None, None) => &answer.totals.numbers,
    };
    let mut expect = json!({
        "code": code, "max": numbers.max, "secured": numbers.secured,
        "standing": numbers.standing, "attainable": numbers.attainable
    });
    let fields = expect.as_object_mut()?;
    if let Some(leaf) = leaf {
        fields.insert("outcome".to_owned(), json!(leaf.outcome.code()));
        fields.insert("because".to_owned(), json!(leaf.because));
    } else if group.is_none() {
        if let Some(class) = &answer.class {
            fields.insert("class".to_owned(), json!(class.standing.id));
        }
        let found = answer.findings.iter().map(|it| it.code);
        let found: std::collections::BTreeSet<&str> = found.collect();
        if !found.is_empty() {
            fields.insert("findings".to_owned(), json!(found));
        }
    }
    Some(json!({
        "format": "cchc-case", "version": 1,
        "case": shows,
        "source": "not worked out yet: work out the points from the rule, then remove `confirmed`",
        "confirmed": false,
        "as_of": record.as_of.to_string(),
        "given": record.given,
        "expect": [expect]
    }))
}
