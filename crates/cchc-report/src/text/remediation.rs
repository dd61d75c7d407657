//! `plan`: the remediation plan of a unit, as a document and as deadlines.
//!
//! The form is that of a plan (kế hoạch) of Nghị định 30/2020/NĐ-CP. Number, day and
//! signature are blank on purpose: they are given when the plan is issued. Nothing is made
//! up: what to do are the acts of the best plan, exact and with their last days; times are
//! those of the pack's plan or the last of these days, bases are documents of the register,
//! points are those of the assessment.

use std::collections::BTreeSet;

use cchc_core::answer::{Assessment, EvidenceOutcome, LeafAnswer, Outcome};
use cchc_core::facts::{Document as Record, DocumentKind, Submission};
use cchc_core::model::Pack;
use cchc_core::regain::{Act, LeafLevers, Levers, OutsideReason, Planned, Regain};
use cchc_core::values::Points;
use chrono::NaiveDate;
use serde::Serialize;

use super::levers::{done, held, lacks, left};
use super::{AsOf, View, form};
use crate::calendar::Deadline;
use crate::document::{Block, Document, Words};
use crate::names::lower_first;
use crate::{Language, Names, Style, number};

const VI: Language = Language::Vietnamese;

/// A plan to win points back, before it is a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Remediation {
    /// Name of the unit, such as `UBND xã Sơn Thượng`.
    pub unit: String,
    /// The year in which the plan is carried out.
    pub year: i32,
    /// The year whose official scores it answers, where one is asked for.
    pub baseline: Option<i32>,
    /// Documents that it rests on (căn cứ), as they are cited.
    pub bases: Vec<String>,
    /// Documents of the unit itself that it carries out.
    pub carries_out: Vec<String>,
    /// Areas with their tasks.
    pub areas: Vec<PlannedArea>,
    /// Components that are left out, each with the reason.
    pub left_out: Vec<String>,
    /// Office that watches over the plan.
    pub monitor: Option<String>,
    /// A warning for the reader, such as that figures are not official.
    pub warning: Option<String>,
}

/// An area (lĩnh vực) of the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlannedArea {
    /// Its title.
    pub title: String,
    /// Its tasks.
    pub tasks: Vec<PlannedTask>,
}

/// A task of the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlannedTask {
    /// Code of the component; `None` for a task without one.
    pub code: Option<String>,
    /// Title.
    pub title: String,
    /// When.
    pub time: Option<String>,
    /// Who leads.
    pub lead: Vec<String>,
    /// Who helps.
    pub with: Vec<String>,
    /// What is to be done.
    pub work: Option<String>,
    /// What points that stand survive.
    pub keep: Option<String>,
    /// Points at stake, in words.
    pub points: Option<String>,
    /// Documents to produce.
    pub evidence: Vec<String>,
    /// Last days, with what is due.
    pub due: Vec<Due>,
}

/// A last day of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The day.
    pub day: NaiveDate,
    /// What is due.
    pub what: String,
}

/// What a remediation plan is made from: answers about one submission, as of one date.
#[derive(Clone, Copy, Debug)]
pub struct PlanSources<'a> {
    /// The points of every component.
    pub assessment: &'a Assessment,
    /// The best set of acts.
    pub regain: &'a Regain,
    /// What points survive, and what cannot be computed.
    pub levers: &'a Levers,
    /// The submission.
    pub submission: &'a Submission,
    /// The pack.
    pub pack: &'a Pack,
}

/// The plan for an assessment: components that can still win points, and with a baseline
/// also those that lost points in the last official round of that year.
pub fn remediation(sources: &PlanSources<'_>, baseline: Option<i32>) -> Remediation {
    let PlanSources {
        assessment,
        submission,
        pack,
        ..
    } = *sources;
    let view = View {
        language: VI,
        style: Style::Plain,
        names: Names::of(pack),
        as_of: AsOf::Submission,
    };
    let mut plan = Remediation {
        unit: assessment.basis.unit_name.clone(),
        year: assessment.basis.scored_year,
        baseline,
        ..Remediation::default()
    };
    for area in assessment.groups.iter().filter(|it| it.depth == 1) {
        let mut tasks = Vec::new();
        let leaves = assessment.leaves.iter();
        for leaf in leaves.filter(|leaf| *leaf.area == *area.code) {
            let lost = lost_before(leaf, baseline);
            let title = VI.title(&leaf.title);
            if leaf.outcome == Outcome::NotApplicable {
                let ground = leaf.ground.as_ref().map(|it| format!(": {}", VI.title(it)));
                plan.left_out.push(format!(
                    "{} {title} (không áp dụng với đơn vị{})",
                    leaf.code,
                    ground.unwrap_or_default()
                ));
            } else if lost.is_some() || leaf.numbers.to_gain > Points::ZERO {
                tasks.push(task(leaf, sources, lost, baseline, &view));
            }
        }
        if !tasks.is_empty() {
            plan.areas.push(PlannedArea {
                title: VI.title(&area.title).to_owned(),
                tasks,
            });
        }
    }
    let as_of = assessment.basis.as_of;
    let mut records: Vec<&Record> = submission
        .evidence
        .iter()
        .filter(|it| it.criteria.is_empty() && it.recorded_on < as_of && is_basis(it.kind))
        .collect();
    records.sort_by_key(|it| it.issued_on);
    for record in records {
        let Some((upper, cited)) = cited(record, &submission.unit.level) else {
            continue;
        };
        if upper {
            plan.bases.push(cited);
        } else if record
            .links
            .iter()
            .any(|link| link.relation == "implements")
        {
            plan.carries_out.push(cited);
        }
    }
    plan.monitor = most_leading(assessment).map(|id| view.names.office(id, VI));
    if assessment.totals.illustrative_max > Points::ZERO {
        plan.warning = Some(format!(
            "{} trong {} điểm tối đa là số liệu minh họa, không phải chính thức.",
            number::points(&assessment.totals.illustrative_max, VI),
            number::points(&assessment.totals.numbers.max, VI)
        ));
    }
    plan
}

/// Kinds of document that a plan can rest on.
fn is_basis(kind: DocumentKind) -> bool {
    ["KH", "QĐ", "NQ", "CT", "CTr", "ĐA"].contains(&kind.abbreviation())
}

/// Whether a record is of another level than the unit, and how it is cited: kind, number,
/// symbol, date, body and subject, as the decree asks for the first time.
fn cited(record: &Record, level: &str) -> Option<(bool, String)> {
    let citation = record.citation.as_ref()?;
    let issued = record.issued_on?;
    let issuer = record.issuer.as_ref()?;
    let mut kind = record.kind.vietnamese().to_owned();
    if let Some(first) = kind.chars().next() {
        kind = first.to_uppercase().chain(kind.chars().skip(1)).collect();
    }
    let subject = record
        .subject
        .as_ref()
        .map(|it| format!(" về {}", lower_first(it.trim_end_matches('.'))));
    let text = format!(
        "{kind} số {citation} ngày {} của {}{}",
        VI.date(issued),
        issuer.name,
        subject.unwrap_or_default()
    );
    Some((issuer.level != level, text))
}

/// The office that leads most components; the first by name among equals.
fn most_leading(assessment: &Assessment) -> Option<&str> {
    let leads: BTreeSet<&str> = assessment
        .leaves
        .iter()
        .filter_map(|it| it.lead.as_deref())
        .collect();
    let count = |id: &str| {
        assessment
            .leaves
            .iter()
            .filter(|it| it.lead.as_deref() == Some(id))
            .count()
    };
    leads.into_iter().rev().max_by_key(|id| count(id))
}

/// The last official score of the year where it is below the maximum.
fn lost_before(leaf: &LeafAnswer, baseline: Option<i32>) -> Option<Points> {
    let year = baseline?;
    let last = leaf.earlier.iter().rfind(|it| it.year == year)?;
    (last.points < leaf.declared_max).then(|| last.points.clone())
}

fn task(
    leaf: &LeafAnswer,
    sources: &PlanSources<'_>,
    lost: Option<Points>,
    baseline: Option<i32>,
    view: &View<'_>,
) -> PlannedTask {
    let points = |it: &Points| number::points(it, VI);
    let acts = sources.regain.acts.iter();
    let acts: Vec<&Planned> = acts.filter(|it| it.codes.contains(&leaf.code)).collect();
    let due = match acts.is_empty() {
        true => due_openings(leaf, view),
        false => acts
            .iter()
            .filter_map(|it| {
                let what = done(act_for(it, leaf, sources.pack), &leaf.code, view);
                Some(Due {
                    day: it.act.until?,
                    what: format!("{}: {what}", leaf.code),
                })
            })
            .collect(),
    };
    let last = due.iter().map(|it| it.day).max();
    let planned = leaf.plan_time.clone();
    let time = planned.or_else(|| last.map(|day| format!("Chậm nhất ngày {}", VI.date(day))));
    let numbers = &leaf.numbers;
    let mut stake = format!("tối đa {}", points(&numbers.max));
    if let (Some(got), Some(year)) = (&lost, baseline) {
        stake.push_str(&format!("; năm {year} đạt {}", points(got)));
    }
    stake.push_str(&format!("; hiện đạt {}", points(&numbers.standing)));
    let mut gains = sources.regain.leaves.iter();
    let gain = gains.find(|it| it.code == leaf.code);
    stake.push_str(&match gain {
        Some(gain) => format!(
            "; làm xong đạt {} (thêm {})",
            points(&gain.after),
            points(&(&gain.after - &gain.before))
        ),
        None if numbers.to_gain > Points::ZERO => {
            format!("; còn giành được {}", points(&numbers.to_gain))
        }
        None if numbers.lost > Points::ZERO => "; không còn giành thêm được trong năm".to_owned(),
        None => "; đã đủ điểm, duy trì".to_owned(),
    });
    if numbers.lost > Points::ZERO && numbers.to_gain > Points::ZERO {
        stake.push_str(&format!("; đã mất {}", points(&numbers.lost)));
    }
    let mut work: Vec<String> = match acts.is_empty() {
        true => leaf.open.iter().map(|it| view.opening(it)).collect(),
        false => acts
            .iter()
            .map(|it| to_do(it, leaf, sources.pack, view))
            .collect(),
    };
    let mut levers = sources.levers.leaves.iter();
    let found = levers.find(|it| it.code == leaf.code);
    let outside = found.iter().flat_map(|it| &it.outside);
    let outside = outside.filter(|it| {
        use OutsideReason::{Cohort, Judgement, Population, Relative};
        matches!(it.reason, Judgement | Cohort | Population | Relative)
    });
    work.extend(outside.map(|it| left(it, view)));
    let keep = found.and_then(|it| kept(it, &acts, &numbers.standing, view));
    let offices = |ids: &[String]| -> Vec<String> {
        ids.iter().map(|it| view.names.office(it, VI)).collect()
    };
    PlannedTask {
        code: Some(leaf.code.clone()),
        title: VI.title(&leaf.title).to_owned(),
        time,
        lead: offices(leaf.lead.as_slice()),
        with: offices(&leaf.with),
        work: (!work.is_empty()).then(|| work.join("; ")),
        keep,
        points: Some(stake),
        evidence: match acts.is_empty() {
            true => evidence(leaf, sources.pack, view),
            false => evidence_of(&acts, leaf, sources.pack, view),
        },
        due,
    }
}

/// The act as it concerns a component.
fn act_for<'a>(planned: &'a Planned, leaf: &LeafAnswer, pack: &Pack) -> &'a Act {
    let read = read_by(leaf, pack);
    let mut also = planned.also.iter();
    match read.contains(&*planned.act.quantity) {
        true => &planned.act,
        false => also
            .find(|it| read.contains(&*it.quantity))
            .unwrap_or(&planned.act),
    }
}

/// The quantities that a component reads.
fn read_by<'p>(leaf: &LeafAnswer, pack: &'p Pack) -> BTreeSet<&'p str> {
    let read = pack.leaf(&leaf.code);
    let read = read.into_iter().flat_map(|it| &it.quantities);
    read.filter_map(|of| Some(&*pack.quantity(*of)?.id))
        .collect()
}

/// An act with its last day, what its documents lack, and what else it serves.
fn to_do(planned: &Planned, leaf: &LeafAnswer, pack: &Pack, view: &View<'_>) -> String {
    let act = act_for(planned, leaf, pack);
    let mut text = done(act, &leaf.code, view);
    let mut details: Vec<String> = lacks(act, view);
    let others = planned.codes.iter().filter(|it| **it != leaf.code);
    let others: Vec<&str> = others.map(String::as_str).collect();
    if !others.is_empty() {
        details.push(format!("đồng thời cho {}", others.join(", ")));
    }
    if act.depends_on_upper_level {
        details.push("phụ thuộc cấp trên".to_owned());
    }
    if !details.is_empty() {
        text.push_str(&format!(" [{}]", details.join("; ")));
    }
    if let Some(until) = act.until {
        text.push_str(&format!(" — đến {}", VI.date(until)));
    }
    text
}

/// What points survive: those that stand, or those that the acts of the plan reach.
fn kept(
    found: &LeafLevers,
    acts: &[&Planned],
    standing: &Points,
    view: &View<'_>,
) -> Option<String> {
    let moves = |list: &[&Act]| -> Vec<_> { list.iter().map(|it| it.moves.clone()).collect() };
    let done: Vec<&Act> = acts.iter().map(|it| &it.act).collect();
    let reached = found
        .levers
        .iter()
        .find(|lever| moves(&lever.acts.iter().collect::<Vec<_>>()) == moves(&done));
    let (guards, first) = match (acts.is_empty(), reached) {
        (true, _) if *standing > Points::ZERO => (&found.guards, ""),
        (false, Some(lever)) => (&lever.margin, "làm xong: "),
        _ => return None,
    };
    let guards = guards.iter().filter(|it| it.survives.is_some());
    let guards: Vec<String> = guards.map(|it| held(it, view)).collect();
    (!guards.is_empty()).then(|| format!("{first}{}", guards.join("; ")))
}

fn due_openings(leaf: &LeafAnswer, view: &View<'_>) -> Vec<Due> {
    let openings = leaf.open.iter();
    let due = openings.filter_map(|it| {
        let what = format!("{}: {}", leaf.code, view.opening(&without_day(it)));
        Some(Due {
            day: it.until?,
            what,
        })
    });
    due.collect()
}

/// An opening whose last day is told elsewhere.
fn without_day(opening: &cchc_core::answer::Opening) -> cchc_core::answer::Opening {
    cchc_core::answer::Opening {
        until: None,
        ..opening.clone()
    }
}

/// The parts that documents must play for the acts of a component; each once.
fn evidence_of(acts: &[&Planned], leaf: &LeafAnswer, pack: &Pack, view: &View<'_>) -> Vec<String> {
    let read = read_by(leaf, pack);
    let roles = acts.iter().flat_map(|it| &it.evidence);
    let roles = roles.filter(|it| read.contains(&*it.quantity));
    let mut seen = BTreeSet::new();
    roles
        .map(|it| view.names.role_of(&it.quantity, &it.role, VI))
        .filter(|title| seen.insert(title.clone()))
        .collect()
}

/// Roles that lack documents, then the roles of what can still be done; each once.
fn evidence(leaf: &LeafAnswer, pack: &Pack, view: &View<'_>) -> Vec<String> {
    let lacking = |it: &&cchc_core::answer::EvidenceAnswer| {
        matches!(
            it.outcome,
            EvidenceOutcome::Open | EvidenceOutcome::Unreadable
        )
    };
    let unfilled = leaf
        .evidence
        .iter()
        .filter(lacking)
        .flat_map(|it| &it.unfilled);
    let asked = leaf.open.iter().filter_map(|it| {
        let index = pack.quantity_by_id.get(&*it.quantity)?;
        Some(
            pack.quantity(*index)?
                .proof
                .roles
                .iter()
                .map(|role| &role.name),
        )
    });
    let mut seen = BTreeSet::new();
    unfilled
        .chain(asked.flatten())
        .map(|role| view.names.role(Some(&leaf.code), role, VI))
        .filter(|title| seen.insert(title.clone()))
        .collect()
}

/// Last days of the plan, in order, each with what is due.
pub fn deadlines(plan: &Remediation) -> Vec<Deadline> {
    let tasks = plan.areas.iter().flat_map(|area| &area.tasks);
    let mut list: Vec<Deadline> = tasks
        .flat_map(|task| {
            task.due.iter().map(|it| Deadline {
                day: it.day,
                code: task.code.clone().unwrap_or_default(),
                what: it.what.clone(),
                about: about(task),
            })
        })
        .collect();
    list.sort();
    list.dedup();
    list
}

fn about(task: &PlannedTask) -> String {
    let mut parts = vec![task.title.clone()];
    if !task.lead.is_empty() {
        parts.push(format!("Chủ trì: {}", task.lead.join("; ")));
    }
    parts.extend(task.points.iter().map(|it| format!("Điểm: {it}")));
    parts.join(". ")
}

/// Offices as a list that is read back as it is.
fn names(list: &[String]) -> String {
    let splits = |it: &str| it.contains([',', ';']) || it.contains(" và ");
    let quoted = list.iter().map(|it| {
        if splits(it) {
            format!("“{it}”")
        } else {
            it.clone()
        }
    });
    quoted.collect::<Vec<_>>().join("; ")
}

/// The plan as a document in the administrative form.
pub fn plan_document(plan: &Remediation) -> Document {
    let before = plan.baseline.unwrap_or(plan.year - 1);
    let year = plan.year;
    let subject = format!(
        "Khắc phục những tồn tại, hạn chế trong công tác cải cách hành chính năm {before} và nhiệm vụ, giải pháp nâng cao Chỉ số cải cách hành chính năm {year}"
    );
    let mut blocks = vec![
        form::head(&plan.unit, "KH-UBND", year),
        Block::Title("KẾ HOẠCH".to_owned()),
        Block::Title(subject),
    ];
    if !plan.bases.is_empty() {
        let text = format!("Căn cứ {}.", plan.bases.join("; "));
        blocks.push(Block::Paragraph(Words::plain(text)));
    }
    let carried = match plan.carries_out.as_slice() {
        [] => String::new(),
        list => format!("Thực hiện {}, ", list.join("; ")),
    };
    blocks.push(Block::Paragraph(Words::plain(format!(
        "{carried}{} xây dựng Kế hoạch khắc phục những tồn tại, hạn chế trong công tác cải cách hành chính năm {before} và nâng cao Chỉ số cải cách hành chính năm {year}, với nội dung như sau:",
        plan.unit
    ))));
    if let Some(warning) = &plan.warning {
        blocks.push(Block::Paragraph(Words::labelled("Lưu ý:", warning)));
    }
    blocks.push(Block::Heading(1, "I. MỤC ĐÍCH, YÊU CẦU".to_owned()));
    for (label, text) in [
        (
            "a)",
            "Khắc phục các tiêu chí thành phần bị mất điểm; giành lại số điểm còn có thể đạt trong năm.",
        ),
        (
            "b)",
            "Phân công rõ đơn vị chủ trì, phối hợp, thời gian và tài liệu kiểm chứng của từng nhiệm vụ.",
        ),
        (
            "c)",
            "Đơn vị chủ trì chịu trách nhiệm về tiến độ và tài liệu kiểm chứng của nhiệm vụ được giao.",
        ),
    ] {
        blocks.push(Block::Paragraph(Words::plain(format!("{label} {text}"))));
    }
    blocks.push(Block::Heading(
        1,
        "II. NHIỆM VỤ, GIẢI PHÁP THỰC HIỆN".to_owned(),
    ));
    for (area, number) in plan.areas.iter().zip(1..) {
        blocks.push(Block::Heading(
            2,
            format!("{number}. Lĩnh vực: {}", area.title),
        ));
        for (task, index) in area.tasks.iter().zip(1..) {
            task_blocks(&mut blocks, task, &format!("{number}.{index}"));
        }
    }
    blocks.push(Block::Heading(1, "III. TỔ CHỨC THỰC HIỆN".to_owned()));
    let mut points = Vec::new();
    if let Some(monitor) = &plan.monitor {
        points.push(format!(
            "{monitor} chủ trì, phối hợp với các bộ phận chuyên môn theo dõi, kiểm tra, đôn đốc việc thực hiện Kế hoạch này."
        ));
    }
    points.push("Các đơn vị, công chức được phân công triển khai nhiệm vụ, báo cáo kết quả đúng thời gian quy định.".to_owned());
    if !plan.left_out.is_empty() {
        points.push(format!(
            "Không đưa vào Kế hoạch: {}.",
            plan.left_out.join("; ")
        ));
    }
    for (text, number) in points.into_iter().zip(1..) {
        blocks.push(Block::Paragraph(Words::plain(format!("{number}. {text}"))));
    }
    blocks.push(Block::Paragraph(Words::plain(
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc kịp thời báo cáo lãnh đạo Ủy ban nhân dân để chỉ đạo./.",
    )));
    let tasks = plan.areas.iter().flat_map(|area| &area.tasks);
    let mut seen = BTreeSet::new();
    let offices = tasks.flat_map(|task| task.lead.iter().chain(&task.with));
    // Who else gets it is left to the issuing office.
    let offices = offices.filter(|it| seen.insert(*it)).cloned();
    blocks.push(form::foot(&plan.unit, offices));
    Document {
        title: format!(
            "Kế hoạch khắc phục tồn tại, nâng cao Chỉ số CCHC năm {year} – {}",
            plan.unit
        ),
        blocks,
    }
}

fn task_blocks(blocks: &mut Vec<Block>, task: &PlannedTask, number: &str) {
    let head = match &task.code {
        Some(code) => format!("{number}. Tiêu chí thành phần: “{code}. {}”", task.title),
        None => format!("{number}. Nhiệm vụ: {}", task.title),
    };
    blocks.push(Block::Heading(3, head));
    let mut item = |label: &str, text: String| {
        if !text.is_empty() {
            blocks.push(Block::Item(Words::labelled(label, text)));
        }
    };
    item(
        "Thời gian thực hiện:",
        task.time.clone().unwrap_or_default(),
    );
    item("Đơn vị chủ trì:", names(&task.lead));
    item("Đơn vị phối hợp:", names(&task.with));
    item("Việc cần làm:", task.work.clone().unwrap_or_default());
    item("Giữ điểm:", task.keep.clone().unwrap_or_default());
    item("Điểm:", task.points.clone().unwrap_or_default());
    item("Tài liệu kiểm chứng:", task.evidence.join("; "));
}
