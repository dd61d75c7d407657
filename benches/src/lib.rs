//! Inputs for the benchmarks: generated packs and submissions of any size.
//!
//! Everything generated here is synthetic and belongs to no real index.

use serde_json::{Value, json};

/// A pack of `components` leaves over bands, proportions, counts, due sets and flags.
pub fn pack(components: usize) -> String {
    let mut quantities = Vec::new();
    let mut leaves = Vec::new();
    for index in 0..components {
        let (quantity, rule) = component(index);
        quantities.push(quantity);
        leaves.push(json!({
            "code": format!("{}.{}", index / 100 + 1, index % 100 + 1),
            "title": {"vi": format!("Tiêu chí thành phần {}", index + 1)},
            "max": "1",
            "rule": rule,
            "sources": [{"of": ["max", "rule"], "illustrative": "generated"}]
        }));
    }
    let areas: Vec<Value> = leaves
        .chunks(100)
        .enumerate()
        .map(|(area, leaves)| {
            json!({"code": (area + 1).to_string(), "title": {"vi": "Lĩnh vực"}, "children": leaves})
        })
        .collect();
    json!({
        "format": "cchc-pack", "version": 1, "id": "generated",
        "title": {"vi": "Bộ chỉ số sinh tự động"}, "note": "synthetic",
        "level": "commune", "scored_year": 2024, "issuer": "synthetic",
        "validity": {"from": "2024-01-01", "to": "2025-12-31"},
        "window": {"from": "2024-01-01", "to": "2024-12-31"},
        "hand_in_by": "2025-01-05", "coverage": "partial",
        "max": components.to_string(),
        "rounding": {"places": 2, "mode": "half_up"},
        "sources": [{"of": ["max", "rounding", "hand_in_by"], "illustrative": "generated"}],
        "quantities": quantities,
        "tree": areas
    })
    .to_string()
}

fn component(index: usize) -> (Value, Value) {
    let id = format!("q{index}");
    let title = json!({"vi": format!("Đại lượng {index}")});
    let proof =
        json!({"roles": [{"role": "report", "kinds": ["BC", "KH"], "issuer_levels": ["commune"]}]});
    let minutes = json!({"roles": [
        {"role": "plan", "kinds": ["KH"], "order": "on_or_before_event"},
        {"role": "minutes", "kinds": ["BB"], "order": "on_or_after_event", "distinct": true}
    ]});
    match index % 5 {
        0 => (
            json!({"id": id, "kind": "share", "title": title, "by": "figure", "total": "unbounded",
                   "open_at_close": "lost", "proof": proof}),
            json!({"form": "bands", "of": id, "in": "percent", "not_arisen": "full", "bands": [
                {"from": "97", "points": "1"}, {"from": "95", "below": "97", "points": "0.5"},
                {"below": "95", "points": "0"}]}),
        ),
        1 => (
            json!({"id": id, "kind": "share", "title": title, "by": "figure", "total": "fixed",
                   "open_at_close": "lost", "min_total": 1, "proof": proof}),
            json!({"form": "proportional", "of": id, "in": "percent", "floor": {"from": "70"},
                   "points": "1"}),
        ),
        2 => (
            json!({"id": id, "kind": "count", "title": title, "by": "events",
                   "event": format!("event{index}"), "proof": minutes}),
            json!({"form": "per_unit", "of": id, "points": "0.5", "cap": "1"}),
        ),
        3 => (
            json!({"id": id, "kind": "due_set", "title": title, "event": format!("event{index}"),
                   "proof": proof, "obligations": (1..=4).map(|quarter| json!({
                       "id": format!("q{quarter}"), "title": {"vi": format!("Quý {quarter}")},
                       "due": {"date": format!("2024-{:02}-15", quarter * 3), "roll": "next_working_day"}
                   })).collect::<Vec<_>>()}),
            json!({"form": "deduction", "of": id, "read": "lapses", "full": "1", "each": "0.25",
                   "not_below": "0"}),
        ),
        _ => (
            json!({"id": id, "kind": "flag", "title": title, "movement": "hold", "proof": proof}),
            json!({"form": "yes_no", "of": id, "yes": "1", "no": "0"}),
        ),
    }
}

/// A mid-year submission for [`pack`] with `records` evidence records, spread evenly.
pub fn submission(components: usize, records: usize) -> String {
    let mut evidence = Vec::new();
    let mut figures = Vec::new();
    let mut events = Vec::new();
    let each = (records / components.max(1)).max(1);
    for index in 0..components {
        let mut named = Vec::new();
        for record in 0..each {
            let number = evidence.len() + 1;
            let kind = match (index % 5, record % 2) {
                (2, 0) => "KH",
                (2, _) => "BB",
                _ => "BC",
            };
            let day = if kind == "BB" {
                "2024-03-02"
            } else {
                "2024-03-01"
            };
            let id = format!("D{number}");
            evidence.push(json!({
                "id": id, "kind": kind, "number": number.to_string(),
                "symbol": format!("{kind}-UBND"),
                "issuer": {"name": "UBND xã Sơn Thượng", "level": "commune"},
                "issued_on": day, "recorded_on": "2024-03-05", "subject": "Văn bản tổng hợp"
            }));
            named.push(id);
        }
        let figure = |value: Value| {
            let mut figure = json!({"quantity": format!("q{index}"), "observed_on": "2024-06-30",
                "recorded_on": "2024-07-01", "evidence": named});
            if let (Some(figure), Some(value)) = (figure.as_object_mut(), value.as_object()) {
                figure.extend(value.clone());
            }
            figure
        };
        match index % 5 {
            0 => figures.push(figure(
                json!({"share": {"won": 288, "lost": 12, "open": 5}}),
            )),
            1 => figures.push(figure(json!({"share": {"won": 8, "lost": 1, "total": 10}}))),
            2 => {
                for (event, documents) in named.chunks(2).enumerate() {
                    events.push(json!({"id": format!("E{index}-{event}"),
                        "kind": format!("event{index}"), "date": "2024-03-01",
                        "recorded_on": "2024-03-05", "documents": documents}));
                }
            }
            3 => events.push(
                json!({"id": format!("E{index}"), "kind": format!("event{index}"),
                "obligation": "q1", "date": "2024-03-02", "recorded_on": "2024-03-05",
                "documents": named}),
            ),
            _ => figures.push(figure(json!({"flag": "yes"}))),
        }
    }
    json!({
        "format": "cchc-submission", "version": 1, "pack": "generated", "note": "synthetic",
        "unit": {"code": "generated", "name": "UBND xã", "level": "commune"},
        "scored_year": 2024, "prepared_on": "2024-07-20",
        "figures": figures, "events": events, "evidence": evidence
    })
    .to_string()
}

/// The 17 components of `son-ha-2024`, every figure known, the year closed and handed in.
pub fn closed_year() -> String {
    let figure = |quantity: &str, value: Value| {
        let mut figure = json!({"quantity": quantity, "observed_on": "2024-12-31",
            "recorded_on": "2025-01-02"});
        if let (Some(figure), Some(value)) = (figure.as_object_mut(), value.as_object()) {
            figure.extend(value.clone());
        }
        figure
    };
    let share = |won: u64, lost: u64| json!({"share": {"won": won, "lost": lost, "open": 0}});
    let event = |id: &str, kind: &str, date: &str, obligation: Option<&str>| {
        let mut event = json!({"id": id, "kind": kind, "date": date, "recorded_on": date});
        if let (Some(event), Some(obligation)) = (event.as_object_mut(), obligation) {
            event.insert("obligation".to_owned(), json!(obligation));
        }
        event
    };
    json!({
        "format": "cchc-case", "version": 1, "case": "a closed year", "source": "generated",
        "as_of": "2025-01-06",
        "given": {
            "proved": true,
            "figures": FIGURES.iter().map(|(name, kind)| figure(name, match *kind {
                "share" => share(388, 12),
                _ => json!({"flag": "yes"}),
            })).collect::<Vec<_>>(),
            "events": [
                event("R1", "cchc_report", "2024-03-14", Some("q1")),
                event("R2", "cchc_report", "2024-06-14", Some("h1")),
                event("D1", "dialogue", "2024-05-14", None),
                event("D2", "dialogue", "2024-08-14", None)
            ]
        },
        "expect": [{"code": "total", "secured": "0", "standing": "0", "attainable": "0"}]
    })
    .to_string()
}

/// Quantities of `son-ha-2024` that are stated as figures, with their kind.
const FIGURES: &[(&str, &str)] = &[
    ("petitions", "share"),
    ("law_inspection", "flag"),
    ("law_results", "share"),
    ("procedure_review", "share"),
    ("dossiers", "share"),
    ("apologies", "share"),
    ("satisfaction", "share"),
    ("decentralisation_findings", "share"),
    ("egov_architecture", "flag"),
    ("government_cloud", "flag"),
    ("ipv6", "flag"),
    ("published_information", "share"),
];
