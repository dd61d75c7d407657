//! The command `cchc`: parses, asks the library, and maps the result to an exit code.

mod command;
mod exit;
mod files;
mod input;
mod output;
mod pack;
mod progress;
mod saving;

use std::panic;
use std::process::ExitCode;

use cchc_documents::sheet::panic_is_caught;
use clap::{Parser, Subcommand};

/// Which points of the administrative reform index are safe, which can still be won
#[derive(Parser, Debug)]
#[command(name = "cchc", version, about, after_help = exit::HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Assess(command::assess::AssessArgs),
    Explain(command::explain::ExplainArgs),
    Levers(command::levers::LeversArgs),
    Regain(command::regain::RegainArgs),
    WhatIf(command::what_if::WhatIfArgs),
    History(command::history::HistoryArgs),
    Check(command::check::CheckArgs),
    Test(command::test::TestArgs),
    Mutate(command::mutate::MutateArgs),
    Cases(command::cases::CasesArgs),
    Diff(command::diff::DiffArgs),
    Header(command::header::HeaderArgs),
    Reconcile(command::reconcile::ReconcileArgs),
    Plan(command::plan::PlanArgs),
    Register(command::register::RegisterArgs),
    Dossiers(command::dossiers::DossiersArgs),
    Schema(command::schema::SchemaArgs),
    Tasks(command::tasks::TasksArgs),
    Verify(command::verify::VerifyArgs),
}

fn main() -> ExitCode {
    let tells = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        // A damaged file that its parser does not stand: told as the fault it becomes.
        if !panic_is_caught() {
            tells(info);
        }
    }));
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to standard output; a closed pipe is no concern of ours.
            let _ = error.print();
            return if error.use_stderr() {
                exit::Exit::Usage
            } else {
                exit::Exit::Done
            }
            .into();
        }
    };
    let exit = match &cli.command {
        Command::Assess(args) => command::assess::run(args),
        Command::Explain(args) => command::explain::run(args),
        Command::Levers(args) => command::levers::run(args),
        Command::Regain(args) => command::regain::run(args),
        Command::WhatIf(args) => command::what_if::run(args),
        Command::History(args) => command::history::run(args),
        Command::Check(args) => command::check::run(args),
        Command::Test(args) => command::test::run(args),
        Command::Mutate(args) => command::mutate::run(args),
        Command::Cases(args) => command::cases::run(args),
        Command::Diff(args) => command::diff::run(args),
        Command::Header(args) => command::header::run(args),
        Command::Reconcile(args) => command::reconcile::run(args),
        Command::Plan(args) => command::plan::run(args),
        Command::Register(args) => command::register::run(args),
        Command::Dossiers(args) => command::dossiers::run(args),
        Command::Schema(args) => command::schema::run(args),
        Command::Tasks(args) => command::tasks::run(args),
        Command::Verify(args) => command::verify::run(args),
    };
    exit.into()
}
