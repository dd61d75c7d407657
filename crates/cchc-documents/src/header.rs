//! The header of an administrative document, read from its text.
//!
//! Nghị định 30/2020/NĐ-CP, article 8 and appendix I, says what stands where at the head and
//! foot of a document. Texts taken from files stray from that: columns run together, lines
//! break inside a date, signs are lost. What is read keeps its place and how it was read;
//! what is blank, contradictory or not legible is absent and has a finding.
//!
//! Citations in the body (`Kế hoạch số 14/KH-UBND ngày …`) are never the document's own
//! number and date: the head ends where the document starts to speak.
//!
//! Not covered: digital signatures, seals, marks of urgency and secrecy.

mod addressee;
mod citation;
mod date;
mod foot;
mod fragment;
mod issuer;
mod kind;
mod number;
mod plain;
mod subject;

use cchc_core::answer::Severity;
use cchc_core::reading::{Header, Observation, Spot};
use cchc_core::values::fold;

use crate::text::Text;
use fragment::{Fragment, fragments};

/// Most fragments of which a head and its bases are read.
const MOST_HEAD: usize = 400;

/// Most fragments from the end in which the foot is looked for.
const MOST_FOOT: usize = 600;

/// Most characters of a line of the head.
const LONG_LINE: usize = 260;

/// Reads the header of a document.
///
/// Findings stand in the order of the text. A text without any sign of a header gives one
/// finding, `header_not_found`.
pub fn read_header(text: &Text) -> Header {
    let mut header = Header::default();
    let mut found = fragments(&text.lines, MOST_HEAD);
    let mut list = std::mem::take(&mut found.list);
    let start = found.motto.unwrap_or(0);

    let head_end = head_end(&list, start);
    let behind: Vec<Fragment> = list.split_off(head_end.min(list.len()));
    let mut head = list;
    // A web page puts its own lines above the head.
    let junk = junk(&head, start);
    let above: Vec<Fragment> = head.drain(..junk.min(head.len())).collect();
    if let Some(mark) = draft_mark(&head).or_else(|| draft_mark(&above)) {
        let note = Observation::new(
            "marked_draft",
            Severity::Warning,
            mark.at.clone(),
            "attach_issued_file",
        );
        header.findings.push(note);
        head.retain(|it| !is_draft_mark(it));
    }
    let numbered = number::read(&head, found.hyphens_lost, &mut header);
    let number_spot = numbered.as_ref().and_then(|it| head.get(it.at)).cloned();
    if let Some((at, rest)) = numbered
        .as_ref()
        .and_then(|it| Some((it.at, it.rest.clone()?)))
    {
        head.insert(at + 1, rest);
    }
    date::read(&mut head, &mut header);
    if numbered.is_none() && found.motto.is_none() && header.date.is_none() {
        let note = Observation::new(
            "header_not_found",
            Severity::Problem,
            first_spot(&head),
            "attach_document",
        );
        return Header {
            findings: vec![note],
            ..Header::default()
        };
    }
    let number_at = number_spot
        .as_ref()
        .and_then(|spot| head.iter().position(|it| it.at == spot.at));
    if numbered.is_none() {
        let note = Observation::new(
            "number_missing",
            Severity::Problem,
            first_spot(&head),
            "read_original",
        );
        header.findings.push(note.of("number"));
        let note = Observation::new(
            "symbol_missing",
            Severity::Problem,
            first_spot(&head),
            "read_original",
        );
        header.findings.push(note.of("symbol"));
    }
    let line_kind = numbered.and_then(|it| it.kind).zip(number_spot);

    let title = kind::title(&head);
    let regarding = head.iter().position(|it| subject::regarding(it).is_some());
    let addressed = behind
        .iter()
        .take(3)
        .any(|it| it.folded.starts_with("kính gửi"));
    kind::settle(
        title.as_ref().and_then(|it| Some((it, head.get(it.at)?))),
        line_kind.as_ref().map(|(kind, fragment)| (*kind, fragment)),
        regarding.and_then(|at| head.get(at)),
        addressed,
        &mut header,
    );
    if header.kind.is_none() && !has(&header, "kind") {
        let note = Observation::new(
            "kind_missing",
            Severity::Problem,
            first_spot(&head),
            "read_original",
        );
        header.findings.push(note.of("kind"));
    }

    let titled = title.as_ref().map(|it| it.at);
    let issuers_end = [number_at, titled, regarding]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(head.len());
    let authority = head
        .iter()
        .skip(titled.map_or(issuers_end, |at| at + 1))
        .chain(behind.iter().take(1))
        .find(|it| issuer::is_authority(it))
        .cloned();
    issuer::read(&head, issuers_end, authority.as_ref(), &mut header);

    let under_title = title.and_then(|it| subject::of_title(&head, it.behind, it.rest));
    let of_letter = || regarding.and_then(|at| subject::of_letter(&head, at));
    // A lost title leaves its subject, in capitals, behind number and date.
    let untitled = || {
        let behind = number_at? + 1;
        let at = head
            .iter()
            .skip(behind)
            .position(|it| plain::is_capital(&it.plain) && kind::named_kind(&it.plain).is_none())?;
        subject::of_title(&head, behind + at, None)
    };
    header.subject = under_title.or_else(of_letter).or_else(untitled);
    if header
        .subject
        .as_ref()
        .is_some_and(|it| plain::is_damaged(&it.value))
    {
        if let Some(damaged) = header.subject.take() {
            let note = Observation::new(
                "subject_illegible",
                Severity::Warning,
                damaged.at,
                "read_original",
            );
            header
                .findings
                .push(note.of("subject").with("text", damaged.text));
        }
    } else if header.subject.is_none() {
        let note = Observation::new(
            "subject_missing",
            Severity::Warning,
            first_spot(&head),
            "read_original",
        );
        header.findings.push(note.of("subject"));
    }

    let (addressees, after) = addressee::read(&behind);
    header.addressees = addressees;
    header.citations = citation::read(&behind, after.unwrap_or(0));
    let foot = foot_fragments(text, &behind);
    foot::read(&foot, 0, &mut header);

    let blank = |code| header.findings.iter().any(|it| it.code == code);
    if blank("number_blank") && blank("date_blank") {
        let note = Observation::new(
            "not_issued",
            Severity::Problem,
            first_spot(&head),
            "issue_document",
        );
        header.findings.insert(0, note);
    }
    header.findings.sort_by(|a, b| a.at.cmp(&b.at));
    header
}

/// The mark of a draft at the head.
fn draft_mark(head: &[Fragment]) -> Option<&Fragment> {
    head.iter().find(|it| is_draft_mark(it))
}

fn is_draft_mark(fragment: &Fragment) -> bool {
    let folded = &fragment.folded;
    let word = folded.trim_matches(|c: char| !c.is_alphabetic());
    word == "dự thảo"
        || word
            .strip_prefix("dự thảo ")
            .is_some_and(|rest| rest.starts_with("lần") && rest.chars().count() <= 8)
}

/// Whether a finding concerns the field.
fn has(header: &Header, field: &str) -> bool {
    header.findings.iter().any(|it| it.field == Some(field))
}

/// Index of the first fragment that is no head: where the document starts to speak.
fn head_end(list: &[Fragment], from: usize) -> usize {
    list.iter()
        .enumerate()
        .skip(from)
        .find(|(at, it)| {
            let folded = &it.folded;
            // Under a title stands the subject, even one that starts with `Thực hiện`.
            let titled = at
                .checked_sub(1)
                .and_then(|before| list.get(before))
                .is_some_and(|before| kind::named_kind(&before.plain).is_some());
            is_body(it) && !(titled && subject::may_start(it))
                || folded.starts_with("kính gửi")
                || folded.starts_with("kính trình")
        })
        .map_or(list.len(), |(at, _)| at)
}

/// How many fragments above the head belong to a page around it.
///
/// The head starts at the first name of a body in capitals; the lines of a page around it
/// are in lower case.
fn junk(head: &[Fragment], motto: usize) -> usize {
    let above = || head.iter().take(motto);
    let first_body =
        above().position(|it| plain::is_capital(&it.plain) && issuer::starts_a_body(&it.plain));
    first_body.unwrap_or_else(|| {
        above()
            .rposition(|it| {
                !plain::is_capital(&it.plain)
                    && !issuer::starts_a_body(&it.plain)
                    && !it.folded.starts_with("số")
            })
            .map_or(0, |at| at + 1)
    })
}

/// Whether a fragment is the document speaking, not its head.
fn is_body(fragment: &Fragment) -> bool {
    let folded = &fragment.folded;
    citation::STARTS
        .iter()
        .any(|start| *start != "theo " && folded.starts_with(start))
        || is_heading(&fragment.plain)
        || is_enacting(folded)
        || fragment.plain.chars().count() > LONG_LINE && !folded.contains("số")
}

/// Whether a folded text is the clause that starts what is decided.
fn is_enacting(folded: &str) -> bool {
    [
        "quyết định:",
        "quyết nghị:",
        "nghị quyết:",
        "chỉ thị:",
        "thông báo:",
    ]
    .contains(&folded.trim_end())
}

/// Whether a text is the heading of a part: `I. MỤC ĐÍCH`, `Điều 1.`, `Chương I`, `PHỤ LỤC`.
fn is_heading(text: &str) -> bool {
    let folded = fold(text);
    let roman = folded.split_once(['.', '/']).is_some_and(|(first, rest)| {
        !first.is_empty()
            && first.len() <= 4
            && first.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
            && rest.starts_with(' ')
    });
    let worded = [
        ("điều ", "0123456789"),
        ("chương ", "0123456789ivx"),
        ("mục ", "0123456789ivx"),
        ("phần ", "0123456789ivxt"),
        ("phụ lục ", "0123456789ivx("),
    ]
    .iter()
    .any(|(word, marks)| {
        let label = folded
            .strip_prefix(word)
            .and_then(|rest| rest.split([' ', '.', ':', ')']).next());
        label.is_some_and(|label| {
            !label.is_empty() && (label == "thứ" || label.chars().all(|c| marks.contains(c)))
        })
    });
    roman || worded || folded == "phụ lục"
}

/// The fragments in which the foot is looked for: those behind the head, from the end.
fn foot_fragments(text: &Text, behind: &[Fragment]) -> Vec<Fragment> {
    let Some(first) = behind.first() else {
        return Vec::new();
    };
    let rest = text.lines.get(first.line..).unwrap_or_default();
    let skipped = rest.len().saturating_sub(MOST_FOOT);
    let tail = rest.get(skipped..).unwrap_or_default();
    fragments(tail, MOST_FOOT * 2).list
}

fn first_spot(list: &[Fragment]) -> Spot {
    list.first().map_or(Spot::File {}, |it| it.at.clone())
}

fn last_spot(list: &[Fragment]) -> Spot {
    list.last().map_or(Spot::File {}, |it| it.at.clone())
}
