use jiff::civil::date;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::Lang;

const TODAY: Date = date(2026, 7, 20);

fn profile() -> Profile {
    let mut profile = Profile::new();
    for (path, value) in [
        ("identity.birth_date", json!("1947-11-03")),
        (
            "home.address",
            json!({"lines": ["3 Heol y Nant"], "postcode": "ld99 3qx"}),
        ),
        ("needs.power_dependent", json!([{"code": "04"}])),
    ] {
        profile.set(path.parse().unwrap(), value).unwrap();
    }
    profile
}

fn fits(rule: Value) -> bool {
    Rule::parse(&rule).unwrap().fits(&profile(), TODAY)
}

#[test]
fn every_node_says_yes_and_no() {
    for (rule, expected) in [
        (json!({"has": "home.address"}), true),
        (json!({"has": "home.pets"}), false),
        (json!({"code": ["needs.power_dependent", "03", "04"]}), true),
        (json!({"code": ["needs.power_dependent", "03"]}), false),
        (json!({"code": ["needs.mobility", "04"]}), false),
        (json!({"age": {"min": 78}}), true),
        (json!({"age": {"min": 79}}), false),
        (json!({"age": {"max": 78}}), true),
        (json!({"age": {"min": 18, "max": 77}}), false),
        (json!({"area": ["CF", "LD99"]}), true),
        (json!({"area": ["LD99 3"]}), true),
        (json!({"area": ["D99"]}), false),
        (
            json!({"during": {"from": "2026-07-20", "to": "2026-07-20"}}),
            true,
        ),
        (
            json!({"during": {"from": "2026-07-21", "to": "2026-08-01"}}),
            false,
        ),
        (json!({"not": {"has": "home.pets"}}), true),
        (
            json!({"all": [{"has": "home.address"}, {"has": "home.pets"}]}),
            false,
        ),
        (
            json!({"any": [{"has": "home.address"}, {"has": "home.pets"}]}),
            true,
        ),
    ] {
        assert_eq!(fits(rule.clone()), expected, "{rule}");
    }
}

#[test]
fn nothing_written_down_fits_nothing() {
    let nobody = Profile::new();
    for rule in [
        json!({"age": {"min": 0}}),
        json!({"area": ["L"]}),
        json!({"has": "home.geo"}),
    ] {
        assert!(!Rule::parse(&rule).unwrap().fits(&nobody, TODAY), "{rule}");
    }
}

#[test]
fn a_year_of_birth_alone_counts_from_its_last_day() {
    let mut profile = Profile::new();
    profile
        .set("identity.birth_date".parse().unwrap(), json!("1961"))
        .unwrap();
    let rule = |min: u16| Rule::parse(&json!({"age": {"min": min}})).unwrap();
    assert!(rule(64).fits(&profile, TODAY) && !rule(65).fits(&profile, TODAY));
}

#[test]
fn what_is_not_known_makes_the_rule_unusable() {
    for bad in [
        json!({}),
        json!([]),
        json!("has"),
        json!({"near": "home"}),
        json!({"has": "home.address", "all": []}),
        json!({"has": "home.castle"}),
        json!({"has": 4}),
        json!({"all": []}),
        json!({"any": {"has": "home.address"}}),
        json!({"not": []}),
        json!({"code": ["needs.mobility"]}),
        json!({"code": ["nowhere", "04"]}),
        json!({"code": ["needs.mobility", 4]}),
        json!({"age": {}}),
        json!({"age": {"min": 70, "max": 60}}),
        json!({"age": {"min": 5, "sex": "f"}}),
        json!({"age": {"min": -1}}),
        json!({"area": []}),
        json!({"area": [" "]}),
        json!({"during": {"from": "2026-08-01", "to": "2026-07-01"}}),
        json!({"during": {"from": "2026-02-30", "to": "2026-07-01"}}),
        json!({"during": {"from": "2026-07-01"}}),
    ] {
        let refused = Rule::parse(&bad);
        assert!(
            matches!(refused, Err(RuleError::UnknownNode(_))),
            "{bad}: {refused:?}"
        );
    }
}

#[test]
fn a_rule_is_bounded() {
    let leaf = json!({"has": "home.address"});
    let nested = |depth| (1..depth).fold(leaf.clone(), |rule, _| json!({"not": rule}));
    assert!(Rule::parse(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(Rule::parse(&nested(MAX_DEPTH + 1)), Err(RuleError::TooDeep));
    let wide = |count| json!({"any": vec![leaf.clone(); count]});
    assert!(Rule::parse(&wide(MAX_NODES - 1)).is_ok());
    assert_eq!(Rule::parse(&wide(MAX_NODES)), Err(RuleError::TooLarge));
}

#[test]
fn a_rule_says_in_words_whom_it_is_for() {
    let rule = Rule::parse(&json!({"all": [
        {"code": ["needs.power_dependent", "04"]},
        {"area": ["LD"]},
        {"age": {"min": 65}},
    ]}))
    .unwrap();
    let en = rule.explain(Lang::En);
    assert!(
        en.contains("Oxygen concentrator") && en.contains("LD") && en.contains("65 or older"),
        "{en}"
    );
    assert!(rule.explain(Lang::Cy).contains("Crynodydd ocsigen"));
    assert_eq!(Rule::parse(&rule.to_json()).as_ref(), Ok(&rule));
}

fn anything() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(vec![
        "all", "any", "not", "has", "code", "age", "area", "during", "x",
    ]);
    let leaf = prop_oneof![
        Just(json!({"has": "home.address"})),
        Just(json!({"age": {"min": 3}})),
        any::<i32>().prop_map(Value::from),
        "[a-z.]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 5, move |inner| {
        let list = prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from);
        prop_oneof![
            list.clone(),
            (names.clone(), prop_oneof![inner, list])
                .prop_map(|(name, content)| json!({name: content})),
        ]
    })
}

proptest! {
    #[test]
    fn reading_and_evaluating_never_fail(value in anything()) {
        if let Ok(rule) = Rule::parse(&value) {
            let says = rule.fits(&profile(), TODAY);
            prop_assert_eq!(rule.fits(&profile(), TODAY), says);
            prop_assert_eq!(Rule::parse(&rule.to_json()).unwrap(), rule);
        }
    }
}
