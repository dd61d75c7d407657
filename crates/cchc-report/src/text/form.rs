//! The form that documents of a unit have in common, by Nghị định 30/2020/NĐ-CP, appendix I:
//! the head with number and day left blank on purpose, and the foot.

use crate::document::{Block, Line, Look};

/// The head of a document: the unit, the motto, a blank number with this symbol, place and day.
pub(super) fn head(unit: &str, symbol: &str, year: i32) -> Block {
    let (body, place) = split_unit(unit);
    Block::Columns(
        vec![
            Line::new(Look::Bold, "ỦY BAN NHÂN DÂN"),
            Line::new(Look::Ruled, body),
            Line::new(Look::Plain, format!("Số:          /{symbol}")),
        ],
        vec![
            Line::new(Look::Bold, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            Line::new(Look::Ruled, "Độc lập - Tự do - Hạnh phúc"),
            Line::new(
                Look::Italic,
                format!("{place}, ngày     tháng     năm {year}"),
            ),
        ],
    )
}

/// The foot: who receives the document, and the place of the signature.
pub(super) fn foot(unit: &str, recipients: impl IntoIterator<Item = String>) -> Block {
    let mut lines = vec![
        Line::new(Look::Label, "Nơi nhận:"),
        Line::new(Look::Small, "- UBND cấp trên (b/c);"),
        Line::new(Look::Small, format!("- CT, các PCT {unit};")),
    ];
    let named = recipients.into_iter();
    lines.extend(named.map(|it| Line::new(Look::Small, format!("- {it};"))));
    lines.push(Line::new(Look::Small, "- Lưu: VT."));
    Block::Columns(
        lines,
        vec![
            Line::new(Look::Bold, "TM. ỦY BAN NHÂN DÂN"),
            Line::new(Look::Bold, "CHỦ TỊCH"),
            Line::new(Look::Plain, ""),
            Line::new(Look::Plain, ""),
            Line::new(Look::Plain, ""),
        ],
    )
}

/// The unit without `UBND`, in capitals, and its place without the kind of unit.
fn split_unit(unit: &str) -> (String, String) {
    let rest = ["UBND ", "Ủy ban nhân dân "]
        .iter()
        .find_map(|it| unit.strip_prefix(it))
        .unwrap_or(unit);
    let place = ["xã ", "phường ", "thị trấn ", "đặc khu "]
        .iter()
        .find_map(|it| rest.strip_prefix(it))
        .unwrap_or(rest);
    (rest.to_uppercase(), place.to_owned())
}
