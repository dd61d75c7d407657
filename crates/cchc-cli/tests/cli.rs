//! The command as its users run it: exit codes, output, both languages, wrong input.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn cchc(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cchc"))
        .args(arguments)
        .current_dir(root())
        .env_remove("CCHC_LANG")
        .output()
        .unwrap()
}

fn cchc_with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cchc"))
        .args(arguments)
        .current_dir(root())
        .env_remove("CCHC_LANG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[track_caller]
fn check(output: &Output, code: i32, parts: &[&str]) {
    let all = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{all}");
    for part in parts {
        assert!(all.contains(part), "`{part}` is not in\n{all}");
    }
}

const SON_THUONG: &str = "fixtures/submissions/son-thuong-2024";

#[test]
fn assess_tells_the_points_in_vietnamese_unless_asked_otherwise() {
    let output = cchc(&["assess", SON_THUONG]);
    check(
        &output,
        0,
        &[
            "Năm 2024, tính đến đầu ngày 20/07/2024 (ngày của bộ hồ sơ)",
            "17,00  3,85  7,48   16,80  0,20",
            "ĐÃ MẤT ĐIỂM, VÌ SAO",
            "CÒN GIÀNH ĐƯỢC, ĐẾN KHI NÀO",
            "MINH HỌA, không phải chính thức",
        ],
    );
}

#[test]
fn assess_tells_the_points_in_english() {
    let output = cchc(&["assess", SON_THUONG, "--lang", "en"]);
    check(
        &output,
        0,
        &[
            "Year 2024, as of the start of 2024-07-20 (the submission's own date)",
            "LOST, AND WHY",
            "STILL TO BE WON, AND UNTIL WHEN",
            "17.00 of 17.00 points rest on ILLUSTRATIVE figures, not official ones",
        ],
    );
}

#[test]
fn a_declared_grand_total_is_told_in_words() {
    let submission = "fixtures/submissions/son-thuong-2024";
    check(
        &cchc(&["assess", submission]),
        0,
        &["tổng tự tính của toàn bộ tiêu chí là 9,50, tính lại được 7,48"],
    );
    check(
        &cchc(&["assess", submission, "--lang", "en"]),
        0,
        &["the declared total of all components is 9.50, computed 7.48"],
    );
}

#[test]
fn no_line_is_wider_than_eighty_columns() {
    for language in ["vi", "en"] {
        for arguments in [
            vec!["assess", SON_THUONG],
            vec!["check", SON_THUONG],
            vec!["explain", "1.5.2", SON_THUONG],
            vec!["test", "rules/gallery", "--coverage"],
            vec!["diff", "rules/son-ha-2024", "rules/gallery"],
        ] {
            let mut all = arguments.clone();
            all.extend(["--lang", language]);
            for line in text(&cchc(&all).stdout).lines() {
                assert!(line.width() <= 80, "{} columns: {line}", line.width());
            }
        }
    }
}

#[test]
fn the_json_answer_has_every_leaf_and_the_totals_as_text() {
    let output = cchc(&["assess", SON_THUONG, "--format", "json"]);
    check(&output, 0, &[]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let leaves = answer["leaves"].as_array().unwrap();
    assert_eq!(leaves.len(), 17);
    for leaf in leaves {
        for field in [
            "code",
            "max",
            "secured",
            "standing",
            "attainable",
            "lost",
            "outcome",
        ] {
            assert!(leaf[field].is_string(), "{field} of {leaf}");
        }
        assert!(leaf["illustrative"].is_boolean());
        assert!(leaf["findings"].is_array() && leaf["because"].is_array());
    }
    assert_eq!(answer["totals"]["standing"], "7.48");
    assert_eq!(answer["basis"]["as_of"], "2024-07-20");
}

#[test]
fn another_date_gives_another_answer_and_is_named() {
    let output = cchc(&[
        "assess",
        SON_THUONG,
        "--as-of",
        "2025-01-06",
        "--lang",
        "en",
    ]);
    check(&output, 0, &["as of the start of 2025-01-06 (as asked)"]);
}

#[test]
fn a_submission_comes_from_standard_input_too() {
    let bytes = std::fs::read(root().join(SON_THUONG).join("submission.json")).unwrap();
    check(
        &cchc_with_input(&["assess", "-"], &bytes),
        0,
        &["17,00  3,85  7,48"],
    );
}

#[test]
fn explain_gives_one_component_and_names_the_nearest_to_a_wrong_code() {
    let output = cchc(&["explain", "3.4.1", SON_THUONG, "--lang", "en"]);
    check(&output, 0, &["band 2 of the scoring table", "96.43%"]);
    let output = cchc(&["explain", "3.4.3", SON_THUONG]);
    check(&output, 3, &["[unknown-name]", "có phải là `3.4.1`?"]);
}

#[test]
fn check_tells_the_documents_and_ends_with_one_where_some_do_not_prove() {
    let output = cchc(&["check", SON_THUONG, "--lang", "en"]);
    check(
        &output,
        1,
        &[
            // The file leaves the day blank that the register states.
            "BC-45: the document says otherwise than the register; number or day is",
            "can still be mended until",
            "15 in agreement, 2 silent, 4 contradicting, 2 unreadable, 27 without a file",
        ],
    );
}

#[test]
fn test_runs_the_cases_of_a_pack() {
    check(
        &cchc(&["test", "rules/son-ha-2024", "--lang", "en"]),
        0,
        &["0 failed"],
    );
    check(&cchc(&["test", "rules/gallery"]), 0, &["0 không đạt"]);
}

#[test]
fn schema_prints_what_is_committed() {
    for kind in [
        "pack",
        "submission",
        "case",
        "assessment",
        "request",
        "pack-request",
        "diff-request",
        "verification",
        "mutation",
        "drafts",
        "diff",
    ] {
        let output = cchc(&["schema", kind]);
        check(&output, 0, &[]);
        let path = root().join(format!("rules/schema/{kind}.schema.json"));
        let committed: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(printed, committed, "{kind}");
    }
}

#[test]
fn wrong_files_are_faults_with_a_place() {
    check(
        &cchc(&["assess", "nowhere.json"]),
        3,
        &["nowhere.json:1:1", "[unreadable]"],
    );
    check(
        &cchc_with_input(&["assess", "-"], b""),
        3,
        &["-:1:1", "[empty-file]"],
    );
    check(
        &cchc_with_input(&["assess", "-"], b"\xff\xfe{"),
        3,
        &["[not-utf8]"],
    );
    let wrong = br#"{"format":"cchc-submission","version":1,"pack":"son-ha-2024"}"#;
    check(
        &cchc_with_input(&["assess", "-"], wrong),
        3,
        &["[missing-field]"],
    );
    let json = cchc_with_input(&["assess", "-", "--format", "json"], b"");
    let reply: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(reply["faults"][0]["code"], "empty-file");
}

#[test]
fn a_submission_of_another_year_is_refused() {
    let text = std::fs::read_to_string(root().join(SON_THUONG).join("submission.json")).unwrap();
    let other = text.replacen("\"scored_year\": 2024", "\"scored_year\": 2023", 1);
    assert_ne!(other, text);
    let output = cchc_with_input(&["assess", "-"], other.as_bytes());
    check(&output, 3, &["[wrong-year]", "scored_year"]);
}

#[test]
fn a_wrong_command_line_ends_with_two_and_help_with_zero() {
    check(&cchc(&["assess"]), 2, &["SUBMISSION"]);
    check(
        &cchc(&["assess", SON_THUONG, "--as-of", "31/12/2024"]),
        2,
        &["--as-of"],
    );
    for command in [
        "assess", "explain", "check", "test", "mutate", "cases", "diff", "schema",
    ] {
        check(&cchc(&[command, "--help"]), 0, &["Example:", "cchc"]);
    }
    check(&cchc(&["--help"]), 0, &["Exit codes:"]);
}

#[test]
fn colour_stays_away_from_files_and_comes_when_asked() {
    let plain = text(&cchc(&["assess", SON_THUONG]).stdout);
    assert!(!plain.contains('\u{1b}'));
    let coloured = text(&cchc(&["assess", SON_THUONG, "--color", "always"]).stdout);
    assert!(coloured.contains('\u{1b}'));
}

/// A pack of one share with documents and three bands, in a folder of its own.
struct Bench(PathBuf);

impl Bench {
    fn new(name: &str) -> Bench {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        std::fs::create_dir_all(folder.join("cases")).unwrap();
        let pack = serde_json::json!({
            "format": "cchc-pack", "version": 1, "id": "bench", "title": {"vi": "thử"},
            "level": "commune", "scored_year": 2024, "issuer": "p", "appraiser": "district",
            "validity": {"from": "2024-01-01", "to": "2025-12-31"},
            "window": {"from": "2024-01-01", "to": "2024-12-31"}, "hand_in_by": "2025-01-05",
            "coverage": "partial", "max": "2", "rounding": {"places": 2, "mode": "half_up"},
            "sources": [{"of": ["max", "rounding", "hand_in_by", "window", "validity"], "illustrative": "a test"}],
            "quantities": [
                {"id": "q", "kind": "share", "title": {"vi": "q"}, "by": "figure",
                 "total": "unbounded", "open_at_close": "lost",
                 "proof": {"roles": [{"role": "report", "kinds": ["BC"]}]},
                 "sources": [{"of": ["total", "open_at_close", "proof"], "illustrative": "a test"}]}
            ],
            "tree": [{"code": "1", "title": {"vi": "một"}, "children": [
                {"code": "1.1", "title": {"vi": "một một"}, "max": "2",
                 "rule": {"form": "bands", "of": "q", "read": "won", "in": "percent", "not_arisen": "full",
                          "bands": [{"from": "97", "points": "2"}, {"below": "97", "points": "0"}]},
                 "sources": [{"of": ["max", "rule"], "illustrative": "a test"}]}
            ]}]
        });
        let bench = Bench(folder);
        bench.write("pack.json", &pack);
        bench
    }

    fn write(&self, file: &str, value: &Value) {
        std::fs::write(self.0.join(file), value.to_string()).unwrap();
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    fn cases(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.0.join("cases")).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).collect();
        paths.sort();
        paths
    }
}

#[test]
fn mutants_are_judged_alike_by_one_thread_and_by_four() {
    let bench = Bench::new("threads");
    let run = |threads: &str| {
        let arguments = [
            "mutate",
            bench.path(),
            "--format",
            "json",
            "--threads",
            threads,
        ];
        let output = cchc(&arguments);
        // Nothing is noticed without a case.
        check(&output, 1, &["\"survived\""]);
        text(&output.stdout)
    };
    let one = run("1");
    assert_eq!(one, run("4"));
    let answer: Value = serde_json::from_str(&one).unwrap();
    let paths: Vec<&str> = answer["mutants"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["path"].as_str().unwrap())
        .collect();
    assert!(paths.len() > 20, "{paths:?}");
}

#[test]
fn drafts_prove_nothing_until_they_are_confirmed_and_then_everything() {
    let bench = Bench::new("drafts");
    let path = bench.path();
    check(&cchc(&["test", path, "--coverage"]), 1, &["0/"]);
    check(
        &cchc(&["cases", path, "--lang", "en"]),
        0,
        &["`--write` writes them"],
    );
    assert!(bench.cases().is_empty(), "nothing is written unasked");
    check(
        &cchc(&["cases", path, "--write", "--lang", "en"]),
        0,
        &["drafts written"],
    );
    let drafts = bench.cases();
    assert!(drafts.len() > 5);
    let tested = cchc(&["test", path, "--coverage", "--lang", "en"]);
    check(&tested, 1, &["0 cases passed, 0 failed", "not confirmed"]);
    // What an author does: work the points out, and remove the mark.
    for draft in &drafts {
        let mut case: Value = serde_json::from_slice(&std::fs::read(draft).unwrap()).unwrap();
        assert_eq!(
            case.as_object_mut().unwrap().remove("confirmed"),
            Some(Value::Bool(false))
        );
        std::fs::write(draft, case.to_string()).unwrap();
    }
    check(
        &cchc(&["test", path, "--coverage", "--lang", "en"]),
        0,
        &["0 failed"],
    );
    check(
        &cchc(&["mutate", path, "--lang", "en"]),
        0,
        &["noticed by no case: 0"],
    );
    check(
        &cchc(&["cases", path, "--lang", "en"]),
        0,
        &["no case is missing"],
    );
}

#[test]
fn shipped_packs_are_covered_and_no_change_of_the_first_one_goes_unnoticed() {
    for pack in [
        "rules/son-ha-2024",
        "rules/gallery",
        "rules/son-ha-2025-draft",
    ] {
        check(&cchc(&["test", pack, "--coverage"]), 0, &["0 không đạt"]);
    }
    let output = cchc(&["mutate", "rules/son-ha-2024", "--lang", "en"]);
    check(&output, 0, &["noticed by no case: 0", "not analysed: 0"]);
}

#[test]
fn diff_shows_a_moved_threshold_by_the_fewest_dossiers() {
    let (old, new) = (Bench::new("old"), Bench::new("new"));
    let mut pack: Value =
        serde_json::from_slice(&std::fs::read(old.0.join("pack.json")).unwrap()).unwrap();
    let bands = &mut pack["tree"][0]["children"][0]["rule"]["bands"];
    bands[0]["from"] = Value::from("96");
    bands[1]["below"] = Value::from("96");
    new.write("pack.json", &pack);
    let output = cchc(&["diff", old.path(), new.path(), "--lang", "en"]);
    // 24 of 25 is 96 %: nothing in the old pack, 2 points in the new one.
    check(
        &output,
        0,
        &[
            "1.1",
            "scoring rule",
            "points +2.00",
            "won 24",
            "0.00 (band-2) → 2.00 (band-1)",
        ],
    );
    check(
        &cchc(&["diff", old.path(), old.path(), "--lang", "en"]),
        0,
        &["no difference"],
    );
    let json = cchc(&["diff", old.path(), new.path(), "--format", "json"]);
    let answer: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(
        answer["kept"][0]["difference"]["verdict"]["differs"][0]["new"]["standing"],
        "2"
    );
}
const BROKEN: &str = "fixtures/packs/broken/best-band-below-the-middle-one";

#[test]
fn verify_tells_a_sound_pack_from_one_that_is_not() {
    let sound = cchc(&["verify", "rules/son-ha-2024", "--lang", "en"]);
    check(&sound, 0, &["fit to publish: 0 faults, 0 to be looked at"]);
    let english = cchc(&["verify", BROKEN, "--lang", "en"]);
    check(
        &english,
        1,
        &[
            "1.1 [not-monotone] points move the wrong way",
            "tree[0].children[0].rule.bands[0]",
            "→ 2 points",
            "not fit to publish: 1 faults, 0 to be looked at",
        ],
    );
    let vietnamese = cchc(&["verify", BROKEN]);
    check(
        &vietnamese,
        1,
        &[
            "điểm thay đổi ngược chiều kết quả",
            "chưa đủ điều kiện công bố",
        ],
    );
    check(&cchc(&["verify", "no/such/folder"]), 3, &["unreadable"]);
    check(&cchc_with_input(&["verify", "-"], b"{"), 3, &["syntax"]);
    let pack = std::fs::read(root().join("rules/gallery/pack.json")).unwrap();
    let piped = cchc_with_input(&["verify", "-", "--lang", "en"], &pack);
    check(&piped, 0, &["no-cases", "fit to publish"]);
}

#[test]
fn verify_answers_in_json_with_place_and_witness() {
    let output = cchc(&["verify", BROKEN, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["format"], "cchc-verification");
    assert_eq!(answer["pack"], "best-band-below-the-middle-one");
    assert!(answer["digest"].as_str().unwrap().starts_with("sha256:"));
    assert_eq!(answer["warnings"].as_array().unwrap().len(), 0);
    assert_eq!(answer["not_analysed"][0]["why"], "no-cases");
    let fault = &answer["faults"][0];
    assert_eq!(fault["code"], "not-monotone");
    assert_eq!(fault["severity"], "fault");
    assert!(fault["file"].as_str().unwrap().ends_with("pack.json"));
    assert!(fault["line"].as_u64().unwrap() > 1);
    assert_eq!(fault["path"], "tree[0].children[0].rule.bands[0]");
    for key in ["column", "expected", "found", "help"] {
        assert!(!fault[key].is_null(), "{key}");
    }
    let records = fault["witness"]["records"].as_array().unwrap();
    assert_eq!(records[0]["final"], "2");
    assert_eq!(records[1]["final"], "1");
}

#[test]
fn saved_witnesses_are_cases_that_pass() {
    let folder = std::env::temp_dir().join(format!("cchc-witnesses-{}", std::process::id()));
    let cases = folder.join("cases");
    let broken = root().join(BROKEN).join("pack.json");
    let saved = cchc(&[
        "verify",
        BROKEN,
        "--save-witnesses",
        cases.to_str().unwrap(),
    ]);
    check(&saved, 1, &[]);
    std::fs::copy(broken, folder.join("pack.json")).unwrap();
    let tested = cchc(&["test", folder.to_str().unwrap(), "--lang", "en"]);
    let mut names: Vec<String> = std::fs::read_dir(&cases)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    std::fs::remove_dir_all(&folder).unwrap();
    check(&tested, 0, &["2 cases passed, 0 failed"]);
    assert_eq!(
        names,
        ["001-not-monotone-1.1-a.json", "001-not-monotone-1.1-b.json"]
    );
}

#[test]
fn no_line_of_a_verification_is_wider_than_eighty_columns() {
    let folders = std::fs::read_dir(root().join("fixtures/packs/broken")).unwrap();
    for folder in folders {
        let folder = folder.unwrap().path();
        for language in ["vi", "en"] {
            let output = cchc(&["verify", folder.to_str().unwrap(), "--lang", language]);
            for line in text(&output.stdout).lines() {
                assert!(line.width() <= 80, "{} columns: {line}", line.width());
            }
        }
    }
}

#[test]
fn levers_tell_the_smallest_change_and_what_is_still_enough() {
    let output = cchc(&["levers", SON_THUONG, "--code", "3.4.1"]);
    check(
        &output,
        0,
        &[
            "+1,00 → 2,00: thêm 3 mục đạt trong 7 mục đang mở của",
            "(408/420 = 97,14%) — đến",
            "còn có thể chịu thêm 4 mục không đạt",
            "Chủ trì: Công chức chuyên môn; phối hợp: Bộ phận một cửa",
        ],
    );
    let output = cchc(&["levers", SON_THUONG, "--code", "1.4.1", "--lang", "en"]);
    check(
        &output,
        0,
        &[
            "QD-47",
            "belongs to another kind of document",
            "by 2025-01-05",
        ],
    );
    let output = cchc(&["levers", SON_THUONG, "--code", "3.4.3"]);
    check(&output, 3, &["unknown-name"]);
    let output = cchc(&["levers", SON_THUONG, "--code", "3.4.1", "--format", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["format"], "cchc-levers");
    let lever = &answer["leaves"][0]["levers"][0];
    assert_eq!(lever["after"]["standing"], "2");
    assert_eq!(lever["acts"][0]["kind"], "win_items");
    assert_eq!(lever["acts"][0]["units"], 3);
    assert_eq!(lever["acts"][0]["reaches"]["items"]["won"], 408);
    assert_eq!(lever["margin"][0]["survives"], 4);
}

#[test]
fn what_if_shows_before_after_and_why() {
    let facts = [
        "--set",
        "dossiers.on_time=420/430",
        "--add",
        "dialogue@2024-09-10",
    ];
    let arguments = [&["what-if", SON_THUONG, "--lang", "en"], &facts[..]].concat();
    check(
        &cchc(&arguments),
        0,
        &[
            "SUPPOSED",
            "3.4.1",
            "1.5.1",
            "by supposition 1",
            "by supposition 2",
        ],
    );
    let arguments = [&["what-if", SON_THUONG, "--format", "json"], &facts[..]].concat();
    let answer: Value = serde_json::from_slice(&cchc(&arguments).stdout).unwrap();
    let moved: Vec<&str> = answer["moved"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["code"].as_str().unwrap())
        .collect();
    assert_eq!(moved, ["1.5.1", "1.5.2", "3.4.1"]);
    // 420 of 430 are 97.67 %.
    assert_eq!(answer["moved"][2]["after"]["standing"], "2");
    let wrong = ["--set", "dosiers=1/2", "--add", "dialogue@2025-09-10"];
    let arguments = [&["what-if", SON_THUONG], &wrong[..]].concat();
    check(
        &cchc(&arguments),
        3,
        &[
            "suppose[0].set",
            "unknown-name",
            "`dossiers`?",
            "suppose[1].add",
            "impossible-date",
        ],
    );
}

#[test]
fn history_is_a_line_of_the_year() {
    let dates = [
        "--from",
        "2024-01-01",
        "--to",
        "2024-07-20",
        "--step",
        "quarter",
    ];
    let arguments = [&["history", SON_THUONG], &dates[..]].concat();
    check(
        &cchc(&arguments),
        0,
        &[
            "01/04/2024",
            "20/07/2024   17,00  3,85  7,48   16,80  0,20",
            "đã hết hạn: hoàn thành “Quý I”",
        ],
    );
    let arguments = [&["history", SON_THUONG, "--format", "json"], &dates[..]].concat();
    let answer: Value = serde_json::from_slice(&cchc(&arguments).stdout).unwrap();
    assert_eq!(answer["moments"].as_array().unwrap().len(), 4);
    assert_eq!(answer["moments"][3]["standing"], "7.48");
    let back = ["--from", "2024-07-20", "--to", "2024-01-01"];
    let arguments = [&["history", SON_THUONG], &back[..]].concat();
    check(&cchc(&arguments), 3, &["range-reversed"]);
}

#[test]
fn regain_plans_for_a_target_and_says_why_it_falls_short() {
    let output = cchc(&["regain", SON_THUONG, "--target", "10.48", "--lang", "en"]);
    // By the effort that the pack declares a mended document costs 1 and items of a share 2. At
    // 1 each: 0.75 of 2.1.2, 0.62 of the dialogue DT-2 (1.5.1 and 1.5.2), 0.5 of 1.2.1, 1.4.1
    // and 2.1.1.2; at 2 a point of 3.4.1. Five of effort bring 2.87 at most; six bring
    // 1 + 0.75 + 0.62 + 0.5 + 0.5 = 3.37.
    check(&output, 0, &["standing 7.48 → 10.85 (+3.37)", "effort 6"]);
    // At one each, three acts bring a point each: 2.1.2, 3.4.1 and 7.3.1.2.
    let even = ["win_items=1", "turn_yes=1", "deliver=1", "state_figure=1"];
    let even = even.iter().flat_map(|it| ["--effort", *it]);
    let arguments = ["regain", SON_THUONG, "--target", "10.48", "--lang", "en"];
    let output = cchc(&arguments.into_iter().chain(even).collect::<Vec<_>>());
    check(&output, 0, &["standing 7.48 → 10.48 (+3.00)", "effort 3"]);
    let output = cchc(&["regain", SON_THUONG, "--target", "17"]);
    check(
        &output,
        1,
        &["chưa đạt mục tiêu, nhiều nhất 16,80 điểm: không còn đạt được nhiều hơn"],
    );
    let arguments = [
        "regain",
        SON_THUONG,
        "--target",
        "12",
        "--at-most",
        "3",
        "--format",
        "json",
    ];
    let output = cchc(&arguments);
    assert_eq!(output.status.code(), Some(1));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["short"]["reason"], "at_most");
    // 0.75 + 0.62 + 0.5.
    assert_eq!(answer["short"]["most"], "9.35");
    assert_eq!(answer["goal"]["effort"]["more_events"], 5);
    let output = cchc(&["regain", SON_THUONG, "--effort", "magic=2"]);
    check(&output, 2, &["win_items"]);
    let output = cchc(&["regain", SON_THUONG, "--class", "good"]);
    check(&output, 3, &["no-classes"]);
}

#[test]
fn no_line_about_regaining_points_is_wider_than_eighty_columns() {
    let asked: [&[&str]; 4] = [
        &["levers", SON_THUONG],
        &[
            "what-if",
            SON_THUONG,
            "--set",
            "dossiers=420/430",
            "--mend",
            "BC-45",
        ],
        &[
            "history",
            SON_THUONG,
            "--from",
            "2024-01-01",
            "--to",
            "2025-01-10",
        ],
        &["regain", SON_THUONG],
    ];
    for arguments in asked {
        for language in ["vi", "en"] {
            let output = cchc(&[arguments, &["--lang", language]].concat());
            assert_eq!(output.status.code(), Some(0), "{arguments:?}");
            for line in text(&output.stdout).lines() {
                assert!(line.width() <= 80, "{} columns: {line}", line.width());
            }
        }
    }
}

#[test]
fn reconcile_tells_what_would_explain_official_scores_and_writes_the_letter() {
    const SCORED: &str = "fixtures/scores/reconciled-2024";
    let output = cchc(&["reconcile", SCORED, "--round", "appraisal_1"]);
    check(
        &output,
        0,
        &[
            "2,92   2,63  +0,29",
            "bị tính là muộn: “Quý I” (hoàn thành 14/03/2024, hạn 15/03/2024)",
            "không tìm thấy cách hiểu nào của hồ sơ cho đúng số điểm này",
            "MINH HỌA, không phải chính thức",
        ],
    );
    // Three components are contested: 0.5 of 1.2.1, 0.01 of 1.5.2 and 0.2 of 7.1.1 are missing.
    let sums = "|  | Cộng | 3,00 | 0,42 | 1,13 | +0,71 |";
    let output = cchc(&["reconcile", SCORED, "--letter", "markdown"]);
    check(
        &output,
        0,
        &[
            "/BC-UBND",
            "**Giải trình điểm thẩm định lần 1 Chỉ số cải cách hành chính năm 2024**",
            sums,
            "bị tính là muộn: “Quý I” (hoàn thành 14/03/2024, hạn 15/03/2024). Đề nghị tính theo ngày hoàn thành",
            "- (1) báo cáo 12/BC-UBND ngày 12/03/2024 của UBND xã Sơn Thượng",
            "Đề nghị xem xét công nhận 0,50 điểm (thẩm định: 0,00, tối đa 2,00)",
            "TM. ỦY BAN NHÂN DÂN",
        ],
    );
    let output = cchc(&["reconcile", SCORED, "--letter", "text"]);
    check(&output, 0, &["Đề nghị xem xét công nhận 0,50 điểm"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().all(|line| line.width() <= 80), "{text}");
    let output = cchc(&["reconcile", SCORED, "--letter", "text", "--format", "json"]);
    check(&output, 3, &["contested"]);
    let output = cchc(&["reconcile", SCORED, "--format", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let contested = answer["components"].as_array().unwrap().iter();
    let contested = contested.filter(|it| it["contested"] == true);
    let contested: Vec<&str> = contested.map(|it| it["code"].as_str().unwrap()).collect();
    assert_eq!(contested, ["1.2.1", "1.5.2", "7.1.1"]);
    let output = cchc(&["reconcile", SCORED, "--round", "final"]);
    check(&output, 3, &["no-official-scores"]);
}

const PLAN: &str = "fixtures/documents/plans/ke-hoach-mau.md";

#[test]
fn tasks_of_a_plan_are_listed_in_both_formats() {
    let listed = cchc(&["tasks", PLAN, "--pack", "rules/son-ha-2024"]);
    check(
        &listed,
        0,
        &[
            "3 nhiệm vụ",
            "1.5.1 Có từ 02 - 03 cuộc đối thoại",
            "hạn 30/06/2024, 30/09/2024",
            "9.9.9: bộ chỉ số không có mã này",
        ],
    );
    let answer = cchc(&["tasks", PLAN, "--format", "json"]);
    let answer: Value = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!(answer["format"], "cchc-plan");
    assert_eq!(answer["tasks"][0]["code"], "1.5.1");
    assert_eq!(
        answer["tasks"][0]["time"]["periods"][1]["last_day"],
        "2024-09-30"
    );
    assert_eq!(answer["tasks"][2]["code"], Value::Null);
    check(
        &cchc(&["tasks", "README.md"]),
        1,
        &["không tìm thấy nhiệm vụ nào"],
    );
    check(
        &cchc(&["tasks", "no-such-plan.docx"]),
        3,
        &["no-such-plan.docx"],
    );
}

/// A file that is no document is to become one, not a sheet; a file that is no export a sheet.
#[test]
fn what_to_do_about_a_file_of_another_kind_is_what_its_reader_needs() {
    let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join("picture.docx");
    std::fs::write(&picture, b"GIF89a").unwrap();
    let picture = picture.display().to_string();
    let output = cchc(&["tasks", &picture, "--lang", "en"]);
    check(&output, 3, &["save it as DOCX"]);
    let output = cchc(&[
        "dossiers",
        "README.md",
        "--lang",
        "en",
        "--as-of",
        "2024-07-20",
    ]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!said.contains("DOCX"), "{said}");
}
