//! Windows lie inside the validity, deadlines inside their windows, and what is handed in
//! can still be counted.
//!
//! Asked of the pack, of each quantity with its obligations, and of each role of a proof. A
//! due date is held both as it is written and as it rolls over rest days.

use crate::json::{Phrase, phrase};
use chrono::NaiveDate;
use serde_json::Value;

use super::Verifier;
use super::nodes::{list, text};
use crate::rules::{Deadline, Order, Quantity, QuantityKind, Role};
use crate::values::{Window, parse_date};

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    let pack = ctx.pack;
    let year = whole_year(pack.scored_year);
    if year.is_some_and(|year| !meets(pack.window, year)) {
        ctx.fault(
            "window-outside-year",
            "window",
            phrase!("days of {}, the scored year", pack.scored_year),
            shown(pack.window),
            "mend the window, or the scored year",
        );
    } else {
        inside(ctx, "window", pack.window);
    }
    if pack.hand_in_by > pack.validity.to() {
        ctx.fault(
            "hand-in-after-validity",
            "hand_in_by",
            phrase!(
                "a day up to {}, the last of the validity",
                pack.validity.to()
            ),
            pack.hand_in_by.to_string(),
            "let the validity last beyond the last day to hand in",
        );
    }
    for (node, leaf) in ctx.leaves() {
        if let Some(window) = leaf.validity {
            let path = node.at("validity");
            inside(ctx, &path, window);
        }
    }
    for quantity in &pack.quantities {
        of_quantity(ctx, quantity);
    }
}

fn of_quantity(ctx: &mut Verifier<'_>, quantity: &Quantity) {
    let pack = ctx.pack;
    let path = &quantity.path;
    let Some(json) = ctx.document.value().pointer(&pointer(path)) else {
        return;
    };
    if json.get("window").is_some() {
        let path = format!("{path}.window");
        inside(ctx, &path, quantity.window);
    }
    if json.get("hand_in_by").is_some() && quantity.hand_in_by > pack.validity.to() {
        ctx.fault(
            "hand-in-after-validity",
            &format!("{path}.hand_in_by"),
            phrase!(
                "a day up to {}, the last of the validity",
                pack.validity.to()
            ),
            quantity.hand_in_by.to_string(),
            "let the validity last beyond the last day to hand in",
        );
    }
    if let QuantityKind::DueSet { obligations, .. } = &quantity.kind {
        for (index, (obligation, json)) in obligations
            .iter()
            .zip(list(json, "obligations"))
            .enumerate()
        {
            let path = format!("{path}.obligations[{index}].due");
            let written = written(json.get("due"));
            due(
                ctx,
                &path,
                written,
                obligation.due,
                quantity.window,
                quantity.hand_in_by,
            );
        }
    }
    let roles = json
        .get("proof")
        .map_or(&[][..], |proof| list(proof, "roles"));
    for (index, (role, json)) in quantity.proof.roles.iter().zip(roles).enumerate() {
        let path = format!("{path}.proof.roles[{index}]");
        of_role(ctx, &path, role, json, quantity);
    }
}

fn of_role(ctx: &mut Verifier<'_>, path: &str, role: &Role, json: &Value, quantity: &Quantity) {
    if let Some(Deadline::On { date, .. }) = role.deadline {
        let place = format!("{path}.deadline");
        let written = written(json.get("deadline"));
        let before = ctx.flaws.len();
        due(ctx, &place, written, date, role.window, quantity.hand_in_by);
        if ctx.flaws.len() > before {
            return;
        }
    }
    let event = quantity.window;
    let mut first = role.window.from();
    let mut last = role.window.to().min(quantity.hand_in_by);
    match role.order {
        Some(Order::OnOrAfter) => first = first.max(event.from()),
        Some(Order::OnOrBefore) => last = last.min(event.to()),
        None => {}
    }
    if let Some(Deadline::AfterEvent { working_days }) = role.deadline
        && let Ok(by) = ctx.calendar.add_working_days(event.to(), working_days)
    {
        last = last.min(by.date);
    }
    if first > last {
        let place = match json.get("window") {
            Some(_) => format!("{path}.window"),
            None => path.to_owned(),
        };
        ctx.fault(
            "document-window-unmeetable",
            &place,
            "days on which a document can be dated and still be handed in",
            phrase!("none: not before {} and not after {}", first, last),
            "mend the window, the order or the deadline of the role",
        );
    }
}

/// A due date as written, and as it rolls, against the window and the last day to hand in.
fn due(
    ctx: &mut Verifier<'_>,
    path: &str,
    written: Option<NaiveDate>,
    rolled: NaiveDate,
    window: Window,
    hand_in_by: NaiveDate,
) {
    let date = written.unwrap_or(rolled);
    if date < window.from() {
        ctx.fault(
            "deadline-before-window",
            path,
            phrase!("a day from {} on, the first of the window", window.from()),
            date.to_string(),
            "mend the day, or let the window begin earlier",
        );
    } else if date > window.to() {
        ctx.fault(
            "deadline-after-window",
            path,
            phrase!("a day up to {}, the last of the window", window.to()),
            date.to_string(),
            "mend the day, or let the window end later",
        );
    } else if rolled > window.to() {
        ctx.fault(
            "roll-leaves-window",
            path,
            phrase!("a day that stays up to {} when it rolls", window.to()),
            phrase!("{}, a rest day that rolls to {}", date, rolled),
            "state `roll` `none`, an earlier day, or a later end of the window",
        );
    } else if rolled > hand_in_by {
        ctx.fault(
            "deadline-after-hand-in",
            path,
            phrase!("a day up to {}, the last to hand in", hand_in_by),
            rolled.to_string(),
            "mend the day, or state a later `hand_in_by`",
        );
    }
}

/// The day that a due date states, before any roll.
fn written(due: Option<&Value>) -> Option<NaiveDate> {
    parse_date(text(due?, "date")?).ok()
}

fn inside(ctx: &mut Verifier<'_>, path: &str, inner: Window) {
    let outer = ctx.pack.validity;
    if !outer.encloses(&inner) {
        ctx.fault(
            "window-outside-validity",
            path,
            phrase!("days inside the validity, {}", shown(outer)),
            shown(inner),
            "mend the window, or the validity of the pack",
        );
    }
}

fn shown(window: Window) -> Phrase {
    phrase!("{} to {}", window.from(), window.to())
}

fn meets(one: Window, other: Window) -> bool {
    one.from() <= other.to() && other.from() <= one.to()
}

fn whole_year(year: i32) -> Option<Window> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
    let last = NaiveDate::from_ymd_opt(year, 12, 31)?;
    Window::new(first, last).ok()
}

/// The pointer of a plain path such as `quantities[3]`.
fn pointer(path: &str) -> String {
    format!(
        "/{}",
        path.replace('[', "/").replace(']', "").replace('.', "/")
    )
}

#[cfg(test)]
mod tests {
    use super::super::kit::check_with;

    fn due(date: &str, roll: &str) -> String {
        format!(
            r#"{{"id": "reports", "kind": "due_set", "title": {{"vi": "f"}}, "event": "report",
            "sources": [{{"of": ["obligations"], "illustrative": "i"}}], "obligations": [
            {{"id": "year", "title": {{"vi": "h"}}, "due": {{"date": "{date}", "roll": "{roll}"}}}}]}}"#
        )
    }

    #[track_caller]
    fn check_due(date: &str, roll: &str, code: Option<&str>) {
        let rule = r#"{"form": "per_obligation", "of": "reports", "met": "2", "late": "1", "missing": "0"}"#;
        let told = code.map(|code| format!("{code} quantities[0].obligations[0].due"));
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        check_with(&due(date, roll), "", rule, &told);
    }

    #[test]
    fn a_due_date_lies_in_its_window_also_after_it_rolls() {
        check_due("2024-01-01", "none", None);
        check_due("2023-12-31", "none", Some("deadline-before-window"));
        check_due("2024-12-31", "none", None);
        check_due("2025-01-01", "none", Some("deadline-after-window"));
        // 15 December 2024 is a Sunday and rolls to the 16th, inside the window.
        check_due("2024-12-15", "next_working_day", None);
    }
}
