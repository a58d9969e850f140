//! Every route and every role: who may not is told so, and nothing more.

use agency_desk::api::{Kind, Method, ROUTES, Role, Route};
use serde_json::json;

use crate::{Browser, County};

const USERS: [(&str, &[Role]); 4] = [
    ("caseworker", &[Role::Caseworker]),
    ("control-room", &[Role::ControlRoom]),
    ("privacy-officer", &[Role::PrivacyOfficer]),
    ("admin", &[Role::Admin]),
];

async fn code(browser: &Browser, route: &Route) -> String {
    let answer = match route.method {
        Method::Get => browser.get(route.path).await,
        // Not what any route asks: who may is told that it is not understood, and changes nothing.
        Method::Post => browser.post(route.path, json!(1)).await,
    };
    answer.code()
}

#[tokio::test]
async fn each_route_refuses_each_role_that_it_does_not_name() {
    let desk = County::open().await.console("fire").await;
    let mut tried = 0;
    for (user, roles) in USERS {
        let browser = desk.signed_in(user).await;
        for route in ROUTES.iter().filter(|route| route.kind != Kind::Stream) {
            let told = code(&browser, route).await;
            let refused = told == "not_allowed";
            assert_eq!(
                refused,
                !route.allows(Some(roles)),
                "{user} {}: {told}",
                route.path
            );
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
}

#[tokio::test]
async fn who_is_not_signed_in_gets_no_further_than_signing_in() {
    let desk = County::open().await.console("fire").await;
    let browser = desk.browser();
    for route in ROUTES {
        let told = code(&browser, route).await;
        assert_eq!(
            told == "signed_out",
            !route.allows(None),
            "{}: {told}",
            route.path
        );
    }
}

#[test]
fn who_manages_users_reads_nothing() {
    let admin = [Role::Admin];
    let open: Vec<&str> = ROUTES
        .iter()
        .filter(|route| route.allows(Some(&admin)))
        .map(|route| route.path)
        .collect();
    for path in [
        "consents",
        "consent",
        "consent/read",
        "incident/open",
        "journal",
        "subject-access",
    ] {
        assert!(!open.contains(&path), "{path}");
    }
}
