//! A folder of documents: what is listed, left out, matched and read.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and makes its own folder"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use cchc_documents::folder::{Walk, identical, walk};
use cchc_documents::{Format, Limits};

/// A folder that goes with its test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("cchc-folder-{}-{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> &Folder {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn walk(&self) -> Walk {
        walk(&self.0, &Limits::USUAL).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn names(walk: &Walk) -> Vec<&str> {
    walk.files.iter().map(|file| file.name.as_str()).collect()
}

fn notes(walk: &Walk) -> Vec<(&str, &str)> {
    let notes = walk.notes.iter();
    notes.map(|it| (it.name.as_str(), it.note.code)).collect()
}

#[test]
fn files_are_sorted_and_what_is_no_document_is_left_out() {
    let folder = Folder::new();
    folder
        .file("b.txt", b"b")
        .file("quet/a.pdf", b"")
        .file("a.txt", b"a")
        .file("~$a.docx", b"x")
        .file("Thumbs.db", b"x")
        .file(".DS_Store", b"x")
        .file(".git/config", b"x")
        .file("a.tmp", b"x");
    let walk = folder.walk();
    assert_eq!(names(&walk), ["a.txt", "b.txt", "quet/a.pdf"]);
    assert_eq!(
        notes(&walk),
        [
            (".DS_Store", "temporary_left_out"),
            (".git", "hidden_left_out"),
            ("Thumbs.db", "temporary_left_out"),
            ("a.tmp", "temporary_left_out"),
            ("~$a.docx", "temporary_left_out"),
        ]
    );
}

#[test]
fn one_bad_file_never_stops_the_rest_and_twins_are_found() {
    let folder = Folder::new();
    folder
        .file("1.txt", "Số".as_bytes())
        .file("2.pdf", b"%PDF-1.7 cut off")
        .file("3.docx", b"")
        .file("4.txt", "Số".as_bytes())
        .file("5.png", b"\x89PNG\r\n\x1a\n")
        .file("6.txt", b"");
    let walk = folder.walk();
    let mut told = Vec::new();
    let all = walk.open_all(|done, file| told.push((done, file.name.clone())));
    assert_eq!(told.len(), 6);
    assert_eq!(told[5], (6, "6.txt".to_owned()));
    let codes: Vec<&str> = all
        .iter()
        .map(|file| file.text.as_ref().map_or_else(|it| it.code(), |_| "text"))
        .collect();
    assert_eq!(
        codes,
        [
            "text",
            "file_damaged",
            "file_empty",
            "text",
            "file_format_unknown",
            "file_empty"
        ]
    );
    assert_eq!(all[4].format, Some(Format::Png));
    assert_eq!(all[0].size, 4);
    // Empty files are not told of.
    assert_eq!(identical(&all), [[0, 3]]);
}

#[test]
fn files_are_opened_from_several_threads() {
    let folder = Folder::new();
    for index in 0..20 {
        folder.file(&format!("{index:02}.txt"), format!("{index}").as_bytes());
    }
    let walk = folder.walk();
    let texts: Vec<String> = std::thread::scope(|scope| {
        let walk = &walk;
        let threads: Vec<_> = (0..20)
            .map(|index| scope.spawn(move || walk.open(index).unwrap()))
            .collect();
        let opened = threads.into_iter().map(|thread| thread.join().unwrap());
        opened
            .map(|file| file.text.unwrap().lines[0].text.clone())
            .collect()
    });
    let expected: Vec<String> = (0..20).map(|index| index.to_string()).collect();
    assert_eq!(texts, expected);
    assert!(walk.open(20).is_none());
}

#[test]
fn names_match_however_their_letters_are_stored() {
    let folder = Folder::new();
    // `Kế hoạch` with its marks apart, as some systems store it.
    folder.file("Ke\u{302}\u{301} hoa\u{323}ch/a.txt", b"a");
    let walk = folder.walk();
    assert_eq!(names(&walk), ["Kế hoạch/a.txt"]);
    assert_eq!(walk.find("Kế hoạch/a.txt"), Some(0));
    assert_eq!(walk.find("./Ke\u{302}\u{301} hoạch\\a.txt"), Some(0));
    for outside in [
        "../a.txt",
        "/etc/passwd",
        "Kế hoạch/../Kế hoạch/a.txt",
        "a.txt",
        "",
    ] {
        assert_eq!(walk.find(outside), None, "{outside}");
    }
    assert!(walk.open(0).unwrap().text.is_ok());
    // Both ways in one folder: one of them is read, and it is told.
    folder.file("Kế hoạch/a.txt", b"b");
    let walk = folder.walk();
    assert_eq!(names(&walk), ["Kế hoạch/a.txt"]);
    assert_eq!(notes(&walk), [("Kế hoạch/a.txt", "same_name_twice")]);
}

#[test]
fn limits_are_faults() {
    let folder = Folder::new();
    folder.file("1.txt", b"a").file("2.txt", b"12345");
    let limits = Limits {
        files: 1,
        ..Limits::USUAL
    };
    assert_eq!(
        walk(&folder.0, &limits).unwrap_err().code(),
        "file_too_much"
    );
    let limits = Limits {
        bytes: 4,
        ..Limits::USUAL
    };
    let walk = walk(&folder.0, &limits).unwrap();
    assert!(walk.open(0).unwrap().text.is_ok());
    let large = walk.open(1).unwrap();
    assert_eq!(large.text.unwrap_err().code(), "file_too_much");
    assert_eq!((large.digest, large.size), (None, 5));
    let deep = vec!["d"; 20].join("/");
    folder.file(&format!("{deep}/a.txt"), b"a");
    let fault = cchc_documents::folder::walk(&folder.0, &Limits::USUAL).unwrap_err();
    assert_eq!(fault.code(), "file_too_much");
    let none = cchc_documents::folder::walk(Path::new("/no/such/folder"), &Limits::USUAL);
    assert_eq!(none.unwrap_err().code(), "file_not_opened");
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_and_no_device_opened() {
    use std::os::unix::fs::symlink;

    let outside = Folder::new();
    outside.file("secret.txt", b"secret");
    let folder = Folder::new();
    folder.file("a.txt", b"a").file("b.txt", b"b");
    symlink(outside.0.join("secret.txt"), folder.0.join("link.txt")).unwrap();
    symlink(&outside.0, folder.0.join("folder")).unwrap();
    symlink("..", folder.0.join("circle")).unwrap();
    symlink("a.txt", folder.0.join("inside.txt")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.0.join("socket")).unwrap();
    let walk = folder.walk();
    assert_eq!(names(&walk), ["a.txt", "b.txt"]);
    assert_eq!(
        notes(&walk),
        [
            ("circle", "link_left_out"),
            ("folder", "link_left_out"),
            ("inside.txt", "link_left_out"),
            ("link.txt", "link_left_out"),
            ("socket", "special_left_out"),
        ]
    );
    // A link that is put in the way after the listing is not followed either.
    fs::remove_file(folder.0.join("a.txt")).unwrap();
    symlink(outside.0.join("secret.txt"), folder.0.join("a.txt")).unwrap();
    assert_eq!(
        walk.open(0).unwrap().text.unwrap_err().code(),
        "file_not_opened"
    );
    // What is gone is told, and the rest is read.
    fs::remove_file(folder.0.join("b.txt")).unwrap();
    assert_eq!(
        walk.open(1).unwrap().text.unwrap_err().code(),
        "file_not_opened"
    );
}

#[test]
fn nothing_is_written() {
    let folder = Folder::new();
    folder.file("a.txt", b"a").file("b.docx", b"PK\x03\x04");
    let seen = || -> Vec<(String, u64)> {
        let mut seen: Vec<(String, u64)> = fs::read_dir(&folder.0)
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                let size = entry.metadata().unwrap().len();
                (entry.file_name().to_string_lossy().into_owned(), size)
            })
            .collect();
        seen.sort();
        seen
    };
    let before = seen();
    folder.walk().open_all(|_, _| ());
    assert_eq!(seen(), before);
}
