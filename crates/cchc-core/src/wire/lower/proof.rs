//! What documents must show: the roles of a proof, each with its conditions.
//!
//! Roles may name each other and the event; the proof of a figure has no event to name.

use super::Lowering;
use crate::json::{Phrase, phrase};
use crate::model::Title;
use crate::rules::*;
use crate::values::Window;
use crate::wire::pack::{ProofWire, RoleWire};

/// Of what facts a proof is asked.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    /// Days on which documents may be dated unless a role says otherwise.
    pub(super) window: Window,
    /// Whether the facts are events.
    pub(super) events: bool,
    /// Whether facts of predecessors count.
    pub(super) predecessors: Predecessors,
}

impl Lowering<'_> {
    pub(super) fn proof(&mut self, path: &str, wire: &ProofWire, asked: Asked) -> Proof {
        let Asked { window, events, .. } = asked;
        let names: Vec<&str> = wire.roles.iter().map(|role| role.role.as_str()).collect();
        let mut roles = Vec::new();
        let mut distinct = 0;
        for (index, role) in wire.roles.iter().enumerate() {
            let place = format!("{path}.roles[{index}]");
            if names.iter().take(index).any(|name| *name == role.role) {
                let expected = "role names that are used once";
                self.fault(
                    "duplicate-name",
                    &format!("{place}.role"),
                    expected,
                    format!("`{}`", role.role),
                    None,
                );
            }
            if let (Some(order), false) = (&role.order, events) {
                self.fault(
                    "needs-event",
                    &format!("{place}.order"),
                    "an event to compare with",
                    phrase!("`{}` for a figure", order),
                    None,
                );
            }
            if let (Some(of), Predecessors::Own) = (&role.of, asked.predecessors) {
                self.fault(
                    "role-of-predecessor",
                    &format!("{place}.of"),
                    "no `of`: facts of predecessors count only with `predecessors: sum`",
                    format!("`{of}`"),
                    None,
                );
            }
            if role.distinct {
                distinct += 1;
                let found = match role.at_least.unwrap_or(1) {
                    _ if !events => Some(Phrase::from("one for a figure")),
                    _ if distinct > 1 => Some("a second one".into()),
                    _ if role.of.is_some() => Some("one with `of`".into()),
                    1 => None,
                    documents => Some(phrase!("one with {} documents", documents)),
                };
                if let Some(found) = found {
                    let expected = "one distinct role for events, with one document";
                    self.fault(
                        "bad-distinct",
                        &format!("{place}.distinct"),
                        expected,
                        found,
                        None,
                    );
                }
            }
            if let Some(reference) = &role.refers_to {
                let known = reference.target == "event" && events
                    || names.contains(&reference.target.as_str()) && reference.target != role.role;
                if !known {
                    let target = format!("{place}.refers_to.target");
                    let (what, known) = match events {
                        true => ("role, or `event`", names.clone()),
                        false => ("role of the same proof", names.clone()),
                    };
                    let roles = format!("{path}.roles");
                    self.unknown(&target, what, &reference.target, known, &roles);
                }
            }
            if let Some(role) = self.role(&place, role, window, events) {
                roles.push(role);
            }
        }
        Proof { roles }
    }

    fn role(&mut self, path: &str, wire: &RoleWire, default: Window, events: bool) -> Option<Role> {
        let window = match wire.window {
            None => default,
            Some(window) => self.window(&format!("{path}.window"), window)?,
        };
        let deadline = match &wire.deadline {
            None => None,
            Some(due) => Some(self.due(&format!("{path}.deadline"), due, events)?),
        };
        let number_pattern = match &wire.number_pattern {
            None => None,
            Some(pattern) => Some(self.pattern(&format!("{path}.number_pattern"), pattern)?),
        };
        Some(Role {
            name: wire.role.as_str().into(),
            title: wire.title.clone().map(Title::from),
            kinds: wire.kinds.clone(),
            at_least: wire.at_least.unwrap_or(1),
            when: match wire.when.as_deref() {
                Some("some") => When::Some,
                Some("none") => When::None,
                _ => When::Always,
            },
            issuer_levels: wire.issuer_levels.clone(),
            issuers: wire
                .issuers
                .iter()
                .map(|name| crate::values::fold(name))
                .collect(),
            number_pattern,
            window,
            dated: match wire.dated.as_deref() {
                Some("signed_on") => Dated::Signed,
                Some("sent_on") => Dated::Sent,
                _ => Dated::Issued,
            },
            deadline,
            of: match wire.of.as_deref() {
                Some("unit") => Of::Unit,
                Some(_) => Of::Predecessor,
                None => Of::All,
            },
            order: match wire.order.as_deref() {
                Some("on_or_before_event") => Some(Order::OnOrBefore),
                Some(_) => Some(Order::OnOrAfter),
                None => None,
            },
            refers_to: wire.refers_to.as_ref().map(|reference| Reference {
                relations: reference.rel.clone(),
                role: (reference.target != "event").then(|| reference.target.clone()),
            }),
            page: wire.page,
            signed: wire.signed,
            distinct: wire.distinct,
            fields: wire
                .fields
                .iter()
                .map(|field| RequiredField {
                    name: field.name.clone(),
                    is: field.is.as_deref().map(crate::values::fold),
                })
                .collect(),
        })
    }
}
