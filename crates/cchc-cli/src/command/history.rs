//! `history`: the three numbers over the year, and what closed on the way.

use cchc_core::question;
use cchc_core::regain::Pace;
use chrono::NaiveDate;
use serde_json::json;

use crate::exit::Exit;
use crate::input::{AskArgs, names};
use crate::output::{Format, write_text};

/// The year as a line: the numbers as of each date from the record as it stood then
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Example:\n  cchc history fixtures/submissions/son-thuong-2024 --from 2024-01-01 --to 2024-07-20"
)]
pub(crate) struct HistoryArgs {
    /// First date
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: NaiveDate,
    /// Last date
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: NaiveDate,
    /// Distance between the dates
    #[arg(long, value_enum, default_value_t = Distance::Month)]
    step: Distance,
    #[command(flatten)]
    ask: AskArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Distance {
    Week,
    Month,
    Quarter,
}

pub(crate) fn run(args: &HistoryArgs) -> Exit {
    let look = &args.ask.look;
    let asked = match args.ask.read() {
        Ok(asked) => asked,
        Err(faults) => return look.faults(&faults),
    };
    let pace = match args.step {
        Distance::Week => Pace::Week,
        Distance::Month => Pace::Month,
        Distance::Quarter => Pace::Quarter,
    };
    if look.format == Format::Json {
        let more = [
            ("from", json!(args.from)),
            ("to", json!(args.to)),
            ("step", json!(pace.code())),
        ];
        return match asked.request_with(&args.ask, more) {
            Ok(request) => look.reply(&question::history_json(&request)).0,
            Err(faults) => look.faults(&faults),
        };
    }
    match question::history(&asked.question(&args.ask), args.from, args.to, pace) {
        Ok(answer) => {
            let pack = asked.titles();
            write_text(&cchc_report::history(
                &answer,
                &args.ask.view(names(pack.as_ref())),
            ))
        }
        Err(faults) => look.faults(&faults),
    }
}
