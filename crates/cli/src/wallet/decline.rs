//! `decline`: a signed no to a request, sent to the agency or printed to be handed over.

use ::wallet::{Declined, Delivery};
use clap::Args;
use profile::Lang;
use serde_json::json;

use super::{
    desk::{Desk, busy},
    review,
};
use crate::outcome::{Answer, Outcome};

#[derive(Args)]
pub(crate) struct DeclineArgs {
    /// A link, an address, a file, the request itself, or - for standard input.
    request: String,
}

/// Says no, and tells the agency if it gave an address that can be reached.
pub(crate) async fn run(desk: &mut Desk, args: &DeclineArgs) -> Outcome {
    let reviewed = review::read(desk, &args.request).await?;
    let id = desk.wallet.decline(&reviewed)?.request;
    let line = desk.line()?;
    let busy = busy("Telling the agency …");
    let sent = desk.wallet.send(&line).await;
    busy.finish_and_clear();
    sent?;
    let declined = desk.wallet.declined()?;
    let Some(declined) = declined.into_iter().find(|one| one.request == id) else {
        return Err(::wallet::WalletError::NotARequest.into());
    };
    Ok(Answer::yes(
        in_words(&declined, desk.lang),
        json!({ "declined": declined }),
    ))
}

/// What became of a no; where the agency gave no address, the no itself.
pub(crate) fn in_words(declined: &Declined, lang: Lang) -> String {
    let agency = &declined.agency_name;
    match (&declined.delivery, lang) {
        (Delivery::Delivered { .. }, Lang::En) => {
            format!("You said no to {agency}, and they know. Nothing is shared.\n")
        }
        (Delivery::Delivered { .. }, Lang::Cy) => {
            format!("Dywedoch na wrth {agency}, ac maen nhw'n gwybod. Ni rennir dim.\n")
        }
        (Delivery::Waits { .. }, Lang::En) => format!(
            "You said no to {agency}. They are told with the next `assent wallet sync`. Nothing is shared.\n"
        ),
        (Delivery::Waits { .. }, Lang::Cy) => format!(
            "Dywedoch na wrth {agency}. Cânt wybod gyda'r `assent wallet sync` nesaf. Ni rennir dim.\n"
        ),
        (Delivery::TooLate, Lang::En) => format!(
            "You said no to {agency}. They had stopped waiting before they could be told. Nothing is shared.\n"
        ),
        (Delivery::TooLate, Lang::Cy) => format!(
            "Dywedoch na wrth {agency}. Roeddent wedi rhoi'r gorau i aros cyn cael gwybod. Ni rennir dim.\n"
        ),
        (_, Lang::En) => format!(
            "You said no to {agency}. They gave no address, so you may hand them this, or leave it:\n{}\n",
            declined.statement
        ),
        (_, Lang::Cy) => format!(
            "Dywedoch na wrth {agency}. Ni roddon nhw gyfeiriad, felly cewch roi hwn iddynt, neu beidio:\n{}\n",
            declined.statement
        ),
    }
}
