//! `what-if`: the numbers with and without some facts supposed.

use cchc_core::question;
use cchc_core::regain::Supposition;
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::input::{AskArgs, names};
use crate::output::{Format, write_text};

/// What if some facts were so: the numbers before and after, and which components move
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Several facts can be supposed at once; they are taken as proved.\n\nExample:\n  cchc what-if fixtures/submissions/son-thuong-2024 --set dossiers.on_time=420/430 --add dialogue@2024-09-10"
)]
pub(crate) struct WhatIfArgs {
    /// A figure: `q=388/400`, `q.won=7`, `q.lost=2`, `q=yes`, `q=85.5`, with `@DATE` behind it
    #[arg(long, value_name = "FIGURE")]
    set: Vec<String>,
    /// An event: `kind`, `kind@DATE`, `kind@DATE:obligation`, `kind*2@DATE`
    #[arg(long, value_name = "EVENT")]
    add: Vec<String>,
    /// A recorded event, a document or a quantity whose evidence is as asked
    #[arg(long, value_name = "NAME")]
    mend: Vec<String>,
    #[command(flatten)]
    ask: AskArgs,
}

impl WhatIfArgs {
    fn supposed(&self) -> Vec<Supposition> {
        let set = self.set.iter().cloned().map(Supposition::Set);
        let add = self.add.iter().cloned().map(Supposition::Add);
        let mend = self.mend.iter().cloned().map(Supposition::Mend);
        set.chain(add).chain(mend).collect()
    }
}

pub(crate) fn run(args: &WhatIfArgs) -> Exit {
    let look = &args.ask.look;
    let asked = match args.ask.read() {
        Ok(asked) => asked,
        Err(faults) => return look.faults(&faults),
    };
    let supposed = args.supposed();
    if look.format == Format::Json {
        let list = supposed.iter().map(|it| json!({ it.name(): it.text() }));
        let list: Vec<Value> = list.collect();
        return match asked.request_with(&args.ask, [("suppose", json!(list))]) {
            Ok(request) => look.reply(&question::what_if_json(&request)).0,
            Err(faults) => look.faults(&faults),
        };
    }
    match question::what_if(&asked.question(&args.ask), &supposed) {
        Ok(answer) => {
            let pack = asked.titles();
            write_text(&cchc_report::what_if(
                &answer,
                &args.ask.view(names(pack.as_ref())),
            ))
        }
        Err(faults) => look.faults(&faults),
    }
}
