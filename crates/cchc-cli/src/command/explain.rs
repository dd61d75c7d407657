//! `explain`: why one component has its numbers.

use cchc_core::question;

use crate::exit::Exit;
use crate::input::{AskArgs, names};
use crate::output::{Format, write_text};

/// Why one component has its numbers: reasons, evidence, findings, sources
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  cchc explain 3.4.1 fixtures/submissions/son-thuong-2024")]
pub(crate) struct ExplainArgs {
    /// Code of the component, such as `3.4.1`
    #[arg(value_name = "CODE")]
    code: String,
    #[command(flatten)]
    ask: AskArgs,
}

pub(crate) fn run(args: &ExplainArgs) -> Exit {
    let look = &args.ask.look;
    let asked = match args.ask.read() {
        Ok(asked) => asked,
        Err(faults) => return look.faults(&faults),
    };
    if look.format == Format::Json {
        return match asked.request(&args.ask, Some(&args.code)) {
            Ok(request) => look.reply(&question::explain_json(&request)).0,
            Err(faults) => look.faults(&faults),
        };
    }
    match question::explain(&asked.question(&args.ask), &args.code) {
        Ok(answer) => {
            let pack = asked.titles();
            write_text(&cchc_report::explain(
                &answer,
                &args.ask.view(names(pack.as_ref())),
            ))
        }
        Err(faults) => look.faults(&faults),
    }
}
