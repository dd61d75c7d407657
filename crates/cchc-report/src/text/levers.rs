//! `levers`: what brings points back, and what is still enough if more goes wrong.

use cchc_core::regain::{
    Act, ActKind, Failure, Guard, LeafLevers, Lever, Levers, Outside, Reaches, RoleAsked,
};
use cchc_core::values::Exact;

use super::View;
use crate::layout::Page;
use crate::number::{difference, number, points, rate};
use crate::style::Ink;
use crate::wording;

/// The levers of every component that is not full.
pub fn levers(answer: &Levers, view: &View<'_>) -> String {
    let language = view.language;
    let mut page = Page::new(view.style);
    view.header(&mut page, &answer.basis);
    for leaf in &answer.leaves {
        let full = leaf.numbers.standing == leaf.numbers.max;
        if full && leaf.guards.is_empty() && answer.leaves.len() > 1 {
            continue;
        }
        component(&mut page, leaf, view);
    }
    page.blank();
    page.line(
        Ink::Dim,
        language.pick(
            "Mỗi cách làm chỉ thay đổi một đại lượng, các đại lượng khác giữ như hiện nay, trừ khi nêu cùng nhau.",
            "Each lever changes one quantity, the others as they stand, unless it names several.",
        ),
    );
    view.footer(&mut page, &answer.basis);
    page.finish()
}

fn component(page: &mut Page, leaf: &LeafLevers, view: &View<'_>) {
    let language = view.language;
    page.heading(&format!("{} {}", leaf.code, language.title(&leaf.title)));
    let n = &leaf.numbers;
    let (standing, most) = (points(&n.standing, language), points(&n.max, language));
    let high = points(&n.attainable, language);
    page.item(
        Ink::Plain,
        "  ",
        &language.pick(
            format!("nếu dừng lại {standing}, còn có thể đạt {high}, tối đa {most}"),
            format!("standing {standing}, attainable {high}, maximum {most}"),
        ),
    );
    if leaf.illustrative {
        let text = language.pick(
            "Số liệu minh họa, không phải chính thức.",
            "Illustrative, not official.",
        );
        page.item(Ink::Warning, "  ! ", text);
    }
    for lever in &leaf.levers {
        shown(page, leaf, lever, view);
    }
    for guard in leaf.guards.iter().filter(|it| is_told(it)) {
        page.item(Ink::Plain, "  = ", &held(guard, view));
    }
    for outside in &leaf.outside {
        page.item(Ink::Dim, "  ? ", &left(outside, view));
    }
    if let Some(lead) = &leaf.lead {
        page.item(Ink::Plain, "  ", &offices(lead, &leaf.with, view));
    }
}

/// Who leads, and who helps.
pub(super) fn offices(lead: &str, with: &[String], view: &View<'_>) -> String {
    let language = view.language;
    let label = language.pick("Chủ trì", "Lead");
    let lead = view.names.office(lead, language);
    let helping: Vec<String> = with
        .iter()
        .map(|it| view.names.office(it, language))
        .collect();
    match helping.is_empty() {
        true => format!("{label}: {lead}"),
        false => {
            let also = language.pick("phối hợp", "with");
            format!("{label}: {lead}; {also}: {}", helping.join(", "))
        }
    }
}

fn shown(page: &mut Page, leaf: &LeafLevers, lever: &Lever, view: &View<'_>) {
    let language = view.language;
    let gain = difference(&lever.gain.standing, language);
    let after = points(&lever.after.standing, language);
    let acts: Vec<String> = lever
        .acts
        .iter()
        .map(|act| done(act, &leaf.code, view))
        .collect();
    let mut text = format!("{gain} → {after}: {}", acts.join("; "));
    if let Some(until) = lever.until {
        let by = language.pick("đến", "by");
        text.push_str(&format!(" — {by} {}", language.date(until)));
    }
    page.item(Ink::Bold, "  + ", &text);
    let safe = difference(&lever.gain.secured, language);
    let high = difference(&lever.gain.attainable, language);
    page.item(
        Ink::Plain,
        "      ",
        &language.pick(
            format!("chắc chắn {safe}; còn có thể đạt {high}"),
            format!("secured {safe}; attainable {high}"),
        ),
    );
    for text in lever.acts.iter().flat_map(|act| lacks(act, view)) {
        page.item(Ink::Plain, "      - ", &text);
    }
    if !lever.evidence.is_empty() {
        let label = language.pick("cần chứng minh bằng", "to be proved by");
        let text = asked(&lever.evidence, view);
        page.item(Ink::Plain, "      ", &format!("{label}: {text}"));
    }
    for guard in lever.margin.iter().filter(|it| is_told(it)) {
        page.item(Ink::Plain, "      = ", &held(guard, view));
    }
    for also in &lever.also {
        let gain = difference(&also.standing, language);
        let label = language.pick("đồng thời", "also");
        page.item(
            Ink::Plain,
            "      ",
            &format!("{label} {} {gain}", also.code),
        );
    }
    if lever.depends_on_upper_level {
        let text = language.pick("phụ thuộc cấp trên", "depends on the upper level");
        page.item(Ink::Warning, "      ! ", text);
    }
}

/// What is wrong with the documents that an act mends, and what is missing.
pub(super) fn lacks(act: &Act, view: &View<'_>) -> Vec<String> {
    let language = view.language;
    let wrong = act.to_mend.iter().map(|document| {
        let citation = document.citation.as_ref().map(|it| format!(" ({it})"));
        let reasons = document.reasons.iter();
        let reasons: Vec<String> = reasons.map(|it| wording::reason(*it, language)).collect();
        format!(
            "{}{}: {}",
            document.id,
            citation.unwrap_or_default(),
            reasons.join("; ")
        )
    });
    let missing = act.unfilled.iter().map(|role| {
        let lacks = language.pick("thiếu", "lacks");
        let role = view.names.role_of(&act.quantity, role, language);
        format!("{lacks} {role}")
    });
    wrong.chain(missing).collect()
}

/// The parts that documents must play.
pub(super) fn asked(roles: &[RoleAsked], view: &View<'_>) -> String {
    let each = roles.iter().map(|it| {
        let role = view.names.role_of(&it.quantity, &it.role, view.language);
        match it.at_least {
            0 | 1 => role,
            many => format!("{many} × {role}"),
        }
    });
    let mut list: Vec<String> = each.collect();
    list.dedup();
    list.join("; ")
}

/// An act in words.
pub(super) fn done(act: &Act, code: &str, view: &View<'_>) -> String {
    let language = view.language;
    let quantity = || view.names.quantity(&act.quantity, language);
    let new = act.units.saturating_sub(act.of_open);
    wording::act(act.kind, language, &|name| match name {
        "quantity" => Some(quantity()),
        "units" => Some(act.units.to_string()),
        "open" => (new == 0 && act.open > 0).then(|| act.open.to_string()),
        "new" => (new > 0 && act.of_open > 0).then(|| new.to_string()),
        // Of a figure that is to be stated nobody knows the total: the rate is what is asked.
        "reaches" if act.kind == ActKind::StateFigure => {
            let reaches = act.reaches.as_ref()?;
            Some(asked_for(reaches, code, view))
        }
        "reaches" => act.reaches.as_ref().map(|it| reached(it, code, view)),
        "subject" => {
            let subject = act.subject.as_deref()?;
            Some(view.names.obligation(&act.quantity, subject, language))
        }
        "fact" => Some(match act.subject.as_deref() {
            Some(it) => format!("{} ({})", quantity(), wording::date(it, language)),
            None => quantity(),
        }),
        _ => None,
    })
}

/// What a figure is to reach, such as `97%, as with 97/100`.
fn asked_for(reaches: &Reaches, code: &str, view: &View<'_>) -> String {
    let language = view.language;
    match reaches {
        Reaches::Items { won, total } => {
            let share = Exact::ratio_u64(*won, *total).unwrap_or(Exact::ZERO);
            let rate = rate(&share, &view.names.thresholds(code), language);
            let such = language.pick("chẳng hạn", "as with");
            format!("{rate}, {such} {won}/{total}")
        }
        Reaches::Number(x) => number(x, language),
    }
}

/// Where a quantity then stands, such as `388/400 = 97%`.
fn reached(reaches: &Reaches, code: &str, view: &View<'_>) -> String {
    let language = view.language;
    match reaches {
        Reaches::Items { won, total } => {
            let thresholds = view.names.thresholds(code);
            let share = Exact::ratio_u64(*won, *total).unwrap_or(Exact::ZERO);
            format!("{won}/{total} = {}", rate(&share, &thresholds, language))
        }
        Reaches::Number(x) => number(x, language),
    }
}

/// Whether a guard says something: that more of what only ever brings points does no harm goes
/// without saying.
fn is_told(guard: &Guard) -> bool {
    let grows = matches!(guard.failure, Failure::MoreEvents | Failure::MoreUnits);
    guard.survives.is_some() || !grows
}

/// What points survive, in words.
pub(super) fn held(guard: &Guard, view: &View<'_>) -> String {
    let language = view.language;
    let what = wording::failure(guard.failure, language, &|name| {
        (name == "quantity").then(|| view.names.quantity(&guard.quantity, language))
    });
    match guard.survives {
        Some(0) => language.pick(
            format!("không còn dư địa: không thể thêm {what}"),
            format!("no margin: not one {what}"),
        ),
        Some(failures) => language.pick(
            format!("còn có thể chịu thêm {failures} {what}"),
            format!("can still afford {failures} {what}"),
        ),
        None => language.pick(
            format!("chịu được mọi {what}"),
            format!("survives any number {what}"),
        ),
    }
}

/// What is not searched, in words.
pub(super) fn left(outside: &Outside, view: &View<'_>) -> String {
    wording::outside(outside.reason, view.language, &|name| {
        let quantity = outside.quantity.as_ref().filter(|_| name == "quantity")?;
        Some(view.names.quantity(quantity, view.language))
    })
}
