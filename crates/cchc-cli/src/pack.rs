//! A pack with its worked cases, read from its folder.

use std::path::{Path, PathBuf};

use cchc_core::difference::Side;
use cchc_core::json::Fault;
use cchc_core::model::Pack;
use cchc_core::mutation::{NamedCase, Suite};
use cchc_core::values::Calendar;
use cchc_core::wire::Case;
use cchc_core::{read_case, read_pack, run_case};
use cchc_report::CaseRun;
use serde_json::Value;

use crate::input::{in_folder, read};

/// A pack as it was read.
pub(crate) struct PackFile {
    pub(crate) pack: Pack,
    pub(crate) json: Value,
    /// Folder that holds its cases.
    pub(crate) cases: PathBuf,
}

/// A pack, and its cases one by one.
pub(crate) struct Tested {
    pub(crate) file: PackFile,
    /// What came of each case.
    pub(crate) runs: Vec<CaseRun>,
    /// The cases that pass and are confirmed.
    pub(crate) sound: Vec<NamedCase>,
}

impl PackFile {
    /// Reads a pack from its folder or file.
    pub(crate) fn read(path: &Path) -> Result<PackFile, Vec<Fault>> {
        let file = in_folder(path, "pack.json");
        let content = read(&file)?;
        let pack = read_pack(&content.name, &content.bytes, Calendar::vietnam())?;
        let json = serde_json::from_slice(&content.bytes).unwrap_or_default();
        let cases = file.parent().unwrap_or(Path::new(".")).join("cases");
        Ok(PackFile { pack, json, cases })
    }

    /// The pack for a comparison.
    pub(crate) fn side(&self) -> Side<'_> {
        Side {
            pack: &self.pack,
            json: &self.json,
        }
    }
}

impl Tested {
    /// Reads a pack and runs its cases.
    pub(crate) fn read(path: &Path) -> Result<Tested, Vec<Fault>> {
        let file = PackFile::read(path)?;
        let mut tested = Tested {
            file,
            runs: Vec::new(),
            sound: Vec::new(),
        };
        for path in tested.paths() {
            tested.run(&path);
        }
        Ok(tested)
    }

    /// Files of the cases, in order of their names.
    fn paths(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(&self.file.cases).into_iter().flatten();
        let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
        let mut paths: Vec<PathBuf> = paths
            .filter(|path| path.extension().is_some_and(|it| it == "json"))
            .collect();
        paths.sort();
        paths
    }

    fn run(&mut self, path: &Path) {
        let name = path.file_name().unwrap_or_default();
        let file = name.to_string_lossy().into_owned();
        let pack = &self.file.pack;
        let read: Result<Case, Vec<Fault>> =
            read(path).and_then(|content| read_case(&content.name, &content.bytes, pack));
        let run = match &read {
            Ok(case) => run_case(pack, case, Calendar::vietnam()),
            Err(faults) => Err(faults.clone()),
        };
        let run = CaseRun {
            file: file.clone(),
            result: run,
        };
        if let (true, Ok(case)) = (run.passed(), read) {
            self.sound.push(NamedCase { file, case });
        }
        self.runs.push(run);
    }

    /// What mutants are held against.
    pub(crate) fn suite(&self) -> Suite<'_> {
        Suite {
            json: &self.file.json,
            pack: &self.file.pack,
            cases: &self.sound,
            calendar: Calendar::vietnam(),
        }
    }
}
