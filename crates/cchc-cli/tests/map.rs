//! `crates/README.md` against the tree: every module has its floor, and imports go up only.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Modules of the floor table of a crate, in its order.
fn floors(of: &str) -> Vec<String> {
    let map = fs::read_to_string(crates().join("README.md")).unwrap();
    let (_, section) = map.split_once(&format!("## Floors of `{of}`")).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        cells.get(1)?.parse::<u32>().ok()?;
        Some(cells.get(2)?.trim_matches('`').to_owned())
    });
    rows.collect()
}

fn sources(path: &Path, list: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, list);
        } else if path.extension().is_some_and(|it| it == "rs") {
            list.push(path);
        }
    }
}

#[test]
fn every_module_has_a_floor_and_every_floor_a_module() {
    for name in ["cchc-core", "cchc-documents"] {
        let mut found: Vec<String> = fs::read_dir(crates().join(name).join("src"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|it| it == "rs"))
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .filter(|name| name != "lib")
            .collect();
        found.sort();
        let mut named = floors(name);
        named.sort();
        assert_eq!(named, found, "{name}");
    }
}

#[test]
fn every_crate_is_on_the_map_and_every_name_on_it_is_a_crate() {
    let map = fs::read_to_string(crates().join("README.md")).unwrap();
    for entry in fs::read_dir(crates()).unwrap() {
        let path = entry.unwrap().path();
        if path.join("Cargo.toml").exists() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(
                map.contains(&format!("| `{name}` |")),
                "`{name}` is not on the map"
            );
        }
    }
    let named = map.lines().filter_map(|line| line.strip_prefix("| `cchc-"));
    for name in named.filter_map(|rest| rest.split('`').next()) {
        assert!(
            crates().join(format!("cchc-{name}/Cargo.toml")).exists(),
            "no crate cchc-{name}"
        );
    }
}

#[test]
fn imports_inside_core_go_to_lower_floors_only() {
    let floors = floors("cchc-core");
    let floor: BTreeMap<&str, usize> = floors
        .iter()
        .enumerate()
        .map(|(index, name)| (name.as_str(), index))
        .collect();
    let root = crates().join("cchc-core/src");
    let mut list = Vec::new();
    sources(&root, &mut list);
    let mut wrong = Vec::new();
    for path in list {
        let inside = path.strip_prefix(&root).unwrap();
        let module = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_string_lossy()
            .into_owned();
        let module = module.trim_end_matches(".rs").to_owned();
        let Some(here) = floor.get(module.as_str()) else {
            continue;
        };
        let text = fs::read_to_string(&path).unwrap();
        // Tests at the foot of a file may look further.
        let code = text.split("#[cfg(test)]").next().unwrap();
        for line in code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            for used in line.split("crate::").skip(1) {
                let used: String = used
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                let pair = (module.as_str(), used.as_str());
                let allowed = matches!(pair, ("rules", "model"));
                if floor.get(used.as_str()).is_some_and(|there| there > here) && !allowed {
                    wrong.push(format!("{}: {module} uses {used}", inside.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
