//! Asking for a consent.

use std::sync::Arc;

use consent_token::id::Jti;
use profile::{Lang, PathEntry};

use crate::{ApiError, Code, api::*, asks, call::Call, desk::Desk, file::File, words};

type Done<T> = Result<T, ApiError>;

pub(crate) async fn catalogue(desk: &Arc<Desk>, _: &Call, ask: InLanguage) -> Done<Catalogue> {
    let lang: Lang = ask.lang.into();
    let registry = desk.registry();
    let own = &desk.own().id;
    let circles = registry.iter().flat_map(|registry| &registry.circles);
    let mine = circles.filter_map(|circle| {
        let tier = agency::circle_tier(registry.as_ref()?, &circle.id, own)?;
        let member = circle.members.iter().find(|member| member.agency == *own)?;
        let open = circle
            .tiers
            .iter()
            .filter(|known| member.tiers.contains(&known.tier));
        Some(CircleWords {
            id: circle.id.clone(),
            name: words::named(&circle.name, &circle.names, lang),
            tier,
            items: open.flat_map(|known| known.datatypes.clone()).collect(),
        })
    });
    let others = desk
        .agency_names(lang)
        .into_values()
        .filter(|agency| agency.id != own.as_str());
    let paths = profile::paths().iter().filter_map(PathEntry::to_path);
    Ok(Catalogue {
        purposes: profile::purposes()
            .iter()
            .map(|one| words::purpose_words(one, lang))
            .collect(),
        items: paths.map(|path| words::item(&path, lang)).collect(),
        circles: mine.collect(),
        agencies: others.collect(),
        bases: words::BASES.map(str::to_owned).to_vec(),
        answer_within_at_most: 24 * 60,
    })
}

pub(crate) async fn templates(desk: &Arc<Desk>, _: &Call, _: InLanguage) -> Done<Templates> {
    let names = words::in_both(desk.own());
    Ok(Templates {
        templates: desk.templates()?.list(&names),
    })
}

pub(crate) async fn template_save(desk: &Arc<Desk>, call: &Call, ask: Template) -> Done<Template> {
    // What could not be asked is no template.
    asks::terms(
        &ask.draft,
        &desk.own().id,
        desk.registry().as_deref(),
        call.now,
    )?;
    desk.templates()?.save(&desk.agency, ask)
}

pub(crate) async fn template_remove(desk: &Arc<Desk>, call: &Call, ask: ById) -> Done<Templates> {
    desk.templates()?.remove(&desk.agency, &ask.id)?;
    templates(desk, call, InLanguage { lang: ask.lang }).await
}

pub(crate) async fn readability(_: &Arc<Desk>, _: &Call, ask: ReadText) -> Done<Readability> {
    Ok(asks::readability(&ask))
}

pub(crate) async fn preview(desk: &Arc<Desk>, call: &Call, ask: PreviewDraft) -> Done<Preview> {
    asks::preview(
        &ask.draft,
        desk.own(),
        desk.registry().as_deref(),
        ask.lang,
        call.now,
    )
}

pub(crate) async fn request_make(desk: &Arc<Desk>, call: &Call, ask: Draft) -> Done<RequestView> {
    let registry = desk.registry();
    let mut terms = asks::terms(&ask, &desk.own().id, registry.as_deref(), call.now)?;
    // The address is part of what is signed, and so is made up first; the id that is signed names the request.
    let place = crate::secret::generate_plain(26)?;
    let request_uri = format!("{}/r/{place}", desk.place.url);
    terms.response_uri = Some(request_uri.parse().map_err(|_| Code::Internal)?);
    let signed = terms.sign(&desk.agency, call.now, i64::from(ask.answer_within) * 60)?;
    let mut draft = ask;
    draft.notice_version = asks::notice_version(&draft, call.now);
    let mut asks = desk.asks()?;
    let id = asks.keep(&desk.agency, signed, draft, &request_uri, call.actor()?)?;
    let made = asks.get(&id)?.shown(&id, call.now);
    drop(asks);
    desk.tell(Live::Request {
        id: made.id.clone(),
        state: made.state,
    });
    Ok(made)
}

pub(crate) async fn requests(desk: &Arc<Desk>, call: &Call, _: InLanguage) -> Done<Requests> {
    Ok(Requests {
        requests: desk.asks()?.list(call.now),
    })
}

pub(crate) async fn request(desk: &Arc<Desk>, call: &Call, ask: ById) -> Done<RequestView> {
    let id = request_id(&ask.id)?;
    Ok(desk.asks()?.get(&id)?.shown(&id, call.now))
}

pub(crate) async fn request_qr(desk: &Arc<Desk>, _: &Call, ask: ById) -> Done<File> {
    let id = request_id(&ask.id)?;
    let link = desk.asks()?.get(&id)?.link().to_owned();
    let bytes = agency::qr_png(&link).map_err(|_| Code::TooLarge)?;
    Ok(File {
        media: "image/png".into(),
        name: format!("request-{id}.png"),
        bytes,
    })
}

pub(crate) async fn request_close(desk: &Arc<Desk>, call: &Call, ask: ById) -> Done<RequestView> {
    let id = request_id(&ask.id)?;
    let mut asks = desk.asks()?;
    asks.close(&desk.agency, &id, call.now)?;
    let closed = asks.get(&id)?.shown(&id, call.now);
    drop(asks);
    desk.tell(Live::Request {
        id: closed.id.clone(),
        state: closed.state,
    });
    Ok(closed)
}

fn request_id(text: &str) -> Done<Jti> {
    text.parse().map_err(|_| Code::UnknownRequest.into())
}
