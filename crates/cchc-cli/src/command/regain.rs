//! `regain`: the best plan for a goal.

use cchc_core::question;
use cchc_core::regain::{ActKind, Goal, MAX_EFFORT, Target};
use cchc_core::values::Points;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::exit::Exit;
use crate::input::{AskArgs, names};
use crate::output::{Format, write_text};

/// The best set of levers for a target, or for the most points; exit 1 where it falls short
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Least effort that reaches the target comes first, then most points, the earliest last day, and the order of the pack.\n\nExample:\n  cchc regain fixtures/submissions/son-thuong-2024 --target 12 --by 2024-09-30"
)]
pub(crate) struct RegainArgs {
    /// Only the levers of this component; the target is then its own
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Standing points that are to be reached
    #[arg(long, value_name = "POINTS", conflicts_with = "class", value_parser = points)]
    target: Option<Points>,
    /// Class that is to be reached, by its name in the pack
    #[arg(long, value_name = "CLASS", conflicts_with = "code")]
    class: Option<String>,
    /// Leave out what cannot be begun by this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    by: Option<NaiveDate>,
    /// Most effort
    #[arg(long, value_name = "N")]
    at_most: Option<u64>,
    /// Effort of one act of a kind, such as `mend_event=2`; 1 unless given
    #[arg(long, value_name = "KIND=N", value_parser = effort)]
    effort: Vec<(ActKind, u64)>,
    #[command(flatten)]
    ask: AskArgs,
}

fn points(text: &str) -> Result<Points, String> {
    Points::parse(&text.replace(',', ".")).map_err(|error| error.to_string())
}

fn effort(text: &str) -> Result<(ActKind, u64), String> {
    let known = || {
        let kinds: Vec<&str> = ActKind::ALL.iter().map(|it| it.code()).collect();
        format!(
            "expected one of {} with `=` and an effort",
            kinds.join(", ")
        )
    };
    let (name, units) = text.split_once('=').ok_or_else(known)?;
    let kind = ActKind::ALL.iter().find(|it| it.code() == name);
    let units = units
        .parse()
        .ok()
        .filter(|it| (1..=MAX_EFFORT).contains(it));
    match (kind, units) {
        (None, _) => Err(known()),
        (_, None) => Err(format!("expected an effort from 1 to {MAX_EFFORT}")),
        (Some(kind), Some(units)) => Ok((*kind, units)),
    }
}

impl RegainArgs {
    fn goal(&self) -> Goal {
        let class = self.class.clone().map(Target::Class);
        Goal {
            code: self.code.clone(),
            target: self.target.clone().map(Target::Points).or(class),
            by: self.by,
            at_most: self.at_most,
            effort: self.effort.iter().copied().collect(),
        }
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        let effort = self.effort.iter();
        let effort: Map<String, Value> = effort
            .map(|(kind, units)| (kind.code().to_owned(), json!(units)))
            .collect();
        let target = self.target.as_ref().map(ToString::to_string);
        let fields = [
            ("code", json!(self.code)),
            ("target", json!(target)),
            ("class", json!(self.class)),
            ("by", json!(self.by)),
            ("at_most", json!(self.at_most)),
            ("effort", json!(effort)),
        ];
        fields.into_iter().filter(|(_, it)| !it.is_null()).collect()
    }
}

pub(crate) fn run(args: &RegainArgs) -> Exit {
    let look = &args.ask.look;
    let asked = match args.ask.read() {
        Ok(asked) => asked,
        Err(faults) => return look.faults(&faults),
    };
    let (written, short) = if look.format == Format::Json {
        match asked.request_with(&args.ask, args.fields()) {
            Ok(request) => {
                let (exit, answer) = look.reply(&question::regain_json(&request));
                let short = answer.is_some_and(|it| it.get("short").is_some());
                (exit, short)
            }
            Err(faults) => return look.faults(&faults),
        }
    } else {
        match question::regain(&asked.question(&args.ask), &args.goal()) {
            Ok(answer) => {
                let pack = asked.titles();
                let view = args.ask.view(names(pack.as_ref()));
                let text = cchc_report::regain(&answer, &view);
                (write_text(&text), answer.short.is_some())
            }
            Err(faults) => return look.faults(&faults),
        }
    };
    if written == Exit::Done && short {
        Exit::Problems
    } else {
        written
    }
}
