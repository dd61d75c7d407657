//! Fields that must have been read from the document.

use super::{Reason, Subject};
use crate::values::fold;

pub(super) fn fields_were_read(subject: &Subject<'_>) -> Option<Reason> {
    let read = |name: &str| {
        subject
            .document
            .fields
            .iter()
            .find(|field| field.name == name)
    };
    let complete = subject.role.fields.iter().all(|asked| {
        read(&asked.name).is_some_and(|field| match &asked.is {
            None => !field.value.trim().is_empty(),
            Some(value) => fold(&field.value) == *value,
        })
    });
    (!complete).then_some(Reason::FieldMissing)
}
