//! `assess`: which points are secured, stand, can still be won and are lost.

use cchc_core::question;

use crate::exit::Exit;
use crate::input::{AskArgs, names};
use crate::output::{Format, write_text};

/// Which points are secured, stand, can still be won and are lost, as of a date
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Example:\n  cchc assess fixtures/submissions/son-thuong-2024 --as-of 2024-10-01 --lang en"
)]
pub(crate) struct AssessArgs {
    #[command(flatten)]
    ask: AskArgs,
}

pub(crate) fn run(args: &AssessArgs) -> Exit {
    let look = &args.ask.look;
    let asked = match args.ask.read() {
        Ok(asked) => asked,
        Err(faults) => return look.faults(&faults),
    };
    if look.format == Format::Json {
        return match asked.request(&args.ask, None) {
            Ok(request) => look.reply(&question::assess_json(&request)).0,
            Err(faults) => look.faults(&faults),
        };
    }
    match question::assess(&asked.question(&args.ask)) {
        Ok(answer) => {
            let pack = asked.titles();
            write_text(&cchc_report::assess(
                &answer,
                &args.ask.view(names(pack.as_ref())),
            ))
        }
        Err(faults) => look.faults(&faults),
    }
}
