//! `levers`: what brings points back, and what is still enough if more goes wrong.

use cchc_core::question;

use crate::exit::Exit;
use crate::input::{AskArgs, names};
use crate::output::{Format, write_text};

/// The smallest changes that bring points back, exactly, and what the points survive
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Example:\n  cchc levers fixtures/submissions/son-thuong-2024 --code 3.4.1 --lang en"
)]
pub(crate) struct LeversArgs {
    /// Only this component, such as `3.4.1`
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    #[command(flatten)]
    ask: AskArgs,
}

pub(crate) fn run(args: &LeversArgs) -> Exit {
    let look = &args.ask.look;
    let asked = match args.ask.read() {
        Ok(asked) => asked,
        Err(faults) => return look.faults(&faults),
    };
    let code = args.code.as_deref();
    if look.format == Format::Json {
        return match asked.request(&args.ask, code) {
            Ok(request) => look.reply(&question::levers_json(&request)).0,
            Err(faults) => look.faults(&faults),
        };
    }
    match question::levers(&asked.question(&args.ask), code) {
        Ok(answer) => {
            let pack = asked.titles();
            write_text(&cchc_report::levers(
                &answer,
                &args.ask.view(names(pack.as_ref())),
            ))
        }
        Err(faults) => look.faults(&faults),
    }
}
