//! `schema`: the JSON Schema of a format.

use cchc_core::json::schema;
use cchc_core::{question, wire};

use crate::exit::Exit;
use crate::output::write_json;

/// Print the JSON Schema of a format
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  cchc schema pack > pack.schema.json")]
pub(crate) struct SchemaArgs {
    /// Which format
    #[arg(value_enum, value_name = "KIND")]
    kind: Kind,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Kind {
    Pack,
    Submission,
    Case,
    Assessment,
    Request,
    /// A question about one pack
    PackRequest,
    /// A question about two packs
    DiffRequest,
    /// A question about official scores
    ReconcileRequest,
    /// The answer of `verify`
    Verification,
    /// The answer of `mutate`
    Mutation,
    /// The answer of `cases`
    Drafts,
    /// The answer of `diff`
    Diff,
    /// The answer of `levers`
    Levers,
    /// The answer of `what-if`
    WhatIf,
    /// The answer of `history`
    History,
    /// The answer of `regain`
    Regain,
    /// The answer of `reconcile`
    Reconciliation,
    /// A question about a remediation plan
    TasksRequest,
    /// The answer of `tasks` about a plan alone
    Plan,
    /// The answer of `tasks` with a submission
    Progress,
    /// A question for a remediation plan
    PlanRequest,
    /// The answer of `plan`
    Remediation,
}

pub(crate) fn run(args: &SchemaArgs) -> Exit {
    write_json(&schema(&match args.kind {
        Kind::Pack => wire::pack_format(),
        Kind::Submission => wire::submission_format(),
        Kind::Case => wire::case_format(),
        Kind::Assessment => wire::assessment_format(),
        Kind::Request => question::request_format(),
        Kind::PackRequest => question::pack_request_format(),
        Kind::DiffRequest => question::diff_request_format(),
        Kind::ReconcileRequest => question::reconcile_request_format(),
        Kind::Verification => wire::verification_format(),
        Kind::Mutation => wire::mutation_format(),
        Kind::Drafts => wire::drafts_format(),
        Kind::Diff => wire::diff_format(),
        Kind::Levers => question::levers_format(),
        Kind::WhatIf => question::what_if_format(),
        Kind::History => question::history_format(),
        Kind::Regain => question::regain_format(),
        Kind::Reconciliation => question::reconciliation_format(),
        Kind::TasksRequest => cchc_documents::plan::tasks_request_format(),
        Kind::Plan => question::plan_format(),
        Kind::Progress => question::progress_format(),
        Kind::PlanRequest => cchc_report::plan_request_format(),
        Kind::Remediation => cchc_report::remediation_format(),
    }))
}
