//! Clinical resources into `health.*`: only what is active now; the rest is for the list.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::Value;

use super::blood::Blood;
use super::bundle::{Bundle, Resource, text};
use super::concept::{Nothing, codings, notes, nothing, start, states, words};
use super::entries::{
    allergy, condition, device, ingredients, medicine_period, reasons, status_note, used_device,
};
use super::leftovers::{is_modified, said_in};
use super::plans::{advance_decision, care_plan};
use super::{dosage, people, summary};
use crate::MAX_ITEMS;
use crate::import::Reason;
use crate::import::collect::Collector;
use crate::values::{Absent, Allergy, Condition, Equipment, Medicine, Person, Plan};

/// LOINC code of the section "History of Past Problems": what is in it has passed.
const PAST_PROBLEMS: &str = "11348-0";
/// LOINC code of the section "Advance Directives".
const ADVANCE_DIRECTIVES: &str = "42348-3";

/// Entries with the place in the file that each came from.
type Found<T> = Vec<(String, T)>;

/// Adds an entry, and returns all that it says.
fn keep<T: Serialize>(entries: &mut Found<T>, location: &str, entry: T) -> String {
    let said = said_in(&serde_json::to_value(&entry).unwrap_or_default());
    entries.push((location.to_owned(), entry));
    said
}

/// Everything clinical that has a place in the profile.
#[derive(Debug, Default)]
pub(super) struct Clinical {
    conditions: Found<Condition>,
    medication: Found<Medicine>,
    allergies: Found<Allergy>,
    equipment: Found<Equipment>,
    decisions: Found<Plan>,
    plans: Found<Plan>,
    contacts: Found<Person>,
    blood: Blood,
    /// Bundle entries that another resource was completed with.
    pub(super) served: HashSet<usize>,
}

impl Clinical {
    /// Takes a resource and returns all that its entry says, or says why it has no place.
    pub(super) fn take<'a>(
        &mut self,
        bundle: &Bundle<'a>,
        resource: &Resource<'a>,
        location: &str,
        section: &[String],
    ) -> Result<String, Reason> {
        let value = resource.value;
        let is_in = |code: &str| section.iter().any(|own| own == code);
        match resource.kind {
            "Condition" if is_in(PAST_PROBLEMS) => Err(Reason::NotActive),
            "Condition" => Ok(keep(&mut self.conditions, location, condition(value)?)),
            "AllergyIntolerance" => Ok(keep(&mut self.allergies, location, allergy(value)?)),
            "MedicationStatement" | "MedicationRequest" => {
                let medicine = self.medicine(bundle, resource)?;
                Ok(keep(&mut self.medication, location, medicine))
            }
            "DeviceUseStatement" => {
                let equipment = self.device_use(bundle, resource)?;
                Ok(keep(&mut self.equipment, location, equipment))
            }
            "Device" => Ok(keep(&mut self.equipment, location, device(value, value)?)),
            "Observation" => self.blood.take(value, location).map(|()| said_in(value)),
            "CarePlan" => Ok(keep(&mut self.plans, location, care_plan(value)?)),
            "Consent" => {
                let decision = advance_decision(bundle, value, is_in(ADVANCE_DIRECTIVES))?;
                Ok(keep(&mut self.decisions, location, decision))
            }
            "RelatedPerson" => {
                let person = people::related(bundle, value)?;
                Ok(keep(&mut self.contacts, location, person))
            }
            _ => Err(Reason::NoPlace),
        }
    }

    /// "Nil known" of an empty section; false where the section has no place.
    pub(super) fn none_known(&mut self, section: &[String], location: &str) -> bool {
        section
            .iter()
            .any(|code| self.none_known_of(code, location))
    }

    fn none_known_of(&mut self, section: &str, location: &str) -> bool {
        let (at, absent) = (location.to_owned(), Some(Absent::NoneKnown));
        match section {
            "11450-4" => self.conditions.push((
                at,
                Condition {
                    text: "No known problems".into(),
                    absent,
                    ..Condition::default()
                },
            )),
            "10160-0" => self.medication.push((
                at,
                Medicine {
                    text: "No known medicines".into(),
                    absent,
                    ..Medicine::default()
                },
            )),
            "48765-2" => self.allergies.push((
                at,
                Allergy {
                    text: "No known allergies".into(),
                    absent,
                    ..Allergy::default()
                },
            )),
            "46264-8" => self.equipment.push((
                at,
                Equipment {
                    text: "No known devices".into(),
                    absent,
                    ..Equipment::default()
                },
            )),
            _ => return false,
        }
        true
    }

    /// Words of a section without entries, where the item is itself in words.
    pub(super) fn words(&mut self, section: &[String], location: &str, words: &str) -> bool {
        let plan = Plan {
            text: words.to_owned(),
            ..Plan::default()
        };
        let is = |code: &str| section.iter().any(|own| own == code);
        if is("18776-5") {
            self.plans.push((location.to_owned(), plan));
        } else if is(ADVANCE_DIRECTIVES) {
            self.decisions.push((location.to_owned(), plan));
        } else {
            return false;
        }
        true
    }

    pub(super) fn finish(self, collector: &mut Collector) {
        list(
            self.conditions,
            "health.conditions",
            |entry| entry.absent,
            collector,
        );
        list(
            self.medication,
            "health.medication",
            |entry| entry.absent,
            collector,
        );
        list(
            self.allergies,
            "health.allergies",
            |entry| entry.absent,
            collector,
        );
        list(
            self.equipment,
            "health.equipment",
            |entry| entry.absent,
            collector,
        );
        plan(self.decisions, "health.advance_decision", collector);
        plan(self.plans, "health.care_plan", collector);
        self.blood.finish(collector);
        people::add(self.contacts, collector);
    }

    fn medicine<'a>(
        &mut self,
        bundle: &Bundle<'a>,
        resource: &Resource<'a>,
    ) -> Result<Medicine, Reason> {
        let value = resource.value;
        let status = text(value, "status").unwrap_or("active");
        // "Active" stands even past its end, which the note tells; another state does not.
        if status != "active" && bundle.has_passed(value.get("effectivePeriod")) {
            return Err(Reason::NotActive);
        }
        // Release 5 of FHIR calls every statement that stands "recorded".
        if !["active", "intended", "on-hold", "unknown", "recorded"].contains(&status)
            || is_not_taken(value)
            || value.get("doNotPerform") == Some(&Value::Bool(true))
            || ["proposal", "plan", "option"].contains(&text(value, "intent").unwrap_or_default())
        {
            return Err(Reason::NotActive);
        }
        let reference = value
            .get("medicationReference")
            .or_else(|| value.pointer("/medication/reference"));
        let stated = value
            .get("medicationCodeableConcept")
            .or_else(|| value.pointer("/medication/concept"));
        let target = reference.and_then(|reference| bundle.resolve(resource, reference));
        if target.is_some_and(|target| is_modified(target.value)) {
            return Err(Reason::NotUnderstood);
        }
        if target.is_some_and(|target| text(target.value, "status") == Some("entered-in-error")) {
            return Err(Reason::NotActive);
        }
        self.served.extend(target.map(|target| target.index));
        let named = target.and_then(|target| target.value.get("code"));
        let concept = stated.or(named);
        let made_of = target.and_then(|target| ingredients(target.value));
        let absent = match concept.and_then(nothing) {
            Some(Nothing::Known(absent)) => Some(absent),
            Some(Nothing::Unknown) if made_of.is_none() => return Err(Reason::NoInformation),
            Some(Nothing::Unknown) | None => None,
        };
        let form = target
            .and_then(|target| words(target.value.get("form")))
            .map(|form| format!("form: {form}"));
        let contains = made_of.as_ref().map(|parts| format!("contains: {parts}"));
        let display = reference
            .and_then(|reference| text(reference, "display"))
            .map(str::to_owned);
        Ok(Medicine {
            text: words(concept)
                .or(display)
                .or(made_of)
                .ok_or(if reference.is_some() {
                    Reason::NotInFile
                } else {
                    Reason::NotUnderstood
                })?,
            codings: codings(concept),
            absent,
            dose: dosage::of(value),
            route: dosage::route(value),
            reason: reasons(bundle, resource),
            since: start(value, "effective"),
            note: notes(
                value,
                [form, contains, medicine_period(value), status_note(status)],
            ),
        })
    }

    fn device_use<'a>(
        &mut self,
        bundle: &Bundle<'a>,
        resource: &Resource<'a>,
    ) -> Result<Equipment, Reason> {
        let value = resource.value;
        if !["active", "intended", "on-hold", "unknown"]
            .contains(&text(value, "status").unwrap_or("active"))
        {
            return Err(Reason::NotActive);
        }
        let reference = value.get("device").ok_or(Reason::NotUnderstood)?;
        match bundle.resolve(resource, reference) {
            Some(target) if is_modified(target.value) => Err(Reason::NotUnderstood),
            Some(target) => {
                self.served.insert(target.index);
                device(target.value, value)
            }
            None => {
                let display = text(reference, "display").ok_or(Reason::NotInFile)?;
                let mut equipment = used_device(value);
                display.clone_into(&mut equipment.text);
                Ok(equipment)
            }
        }
    }
}

/// Whether an active statement says that the person does not take the medicine: `wasNotTaken` of release 2 of FHIR,
/// `taken` of release 3, `adherence` of release 5.
fn is_not_taken(statement: &Value) -> bool {
    let adherence = statement.get("adherence");
    let adherence = states(adherence.and_then(|adherence| adherence.get("code")));
    statement.get("wasNotTaken") == Some(&Value::Bool(true))
        || text(statement, "taken") == Some("n")
        || adherence
            .iter()
            .any(|state| state.starts_with("not-taking") || state.starts_with("stopped"))
}

/// Sets a list; "none known" gives way to entries that contradict it.
fn list<T: Serialize>(
    entries: Found<T>,
    path: &str,
    absent: impl Fn(&T) -> Option<Absent>,
    collector: &mut Collector,
) {
    let is_none = |entry: &T| absent(entry) == Some(Absent::NoneKnown);
    let only_none = entries.iter().all(|(_, entry)| absent(entry).is_some())
        && entries.iter().any(|(_, entry)| is_none(entry));
    let mut kept: Vec<Value> = Vec::new();
    for (location, entry) in entries {
        let second = if only_none {
            !is_none(&entry) || !kept.is_empty()
        } else {
            is_none(&entry)
        };
        if second || kept.len() >= MAX_ITEMS {
            collector.unmapped(location, &as_text(&entry), Reason::AnotherTaken);
        } else if let Some(fitting) = fitting(&location, &entry, path, collector) {
            collector.used();
            kept.push(fitting);
        } else {
            collector.unmapped(location, &as_text(&entry), Reason::NotUnderstood);
        }
    }
    if !kept.is_empty() {
        collector
            .set(path, &kept)
            .expect("every entry was tried alone and their number is bounded");
    }
}

/// The entry as it fits, at need without the members that are too long for the profile, the longest first: what is
/// known of an allergy must not be lost with the story of it.
fn fitting(
    location: &str,
    entry: &impl Serialize,
    path: &str,
    collector: &mut Collector,
) -> Option<Value> {
    let mut value = serde_json::to_value(entry).ok()?;
    let mut removed = Vec::new();
    while !Collector::fits(path, &[&value]) {
        let members = value.as_object_mut()?;
        let longest = members
            .iter()
            .filter(|(name, _)| !["text", "absent"].contains(&name.as_str()))
            .max_by_key(|(_, member)| member.to_string().len())
            .map(|(name, _)| name.clone())?;
        removed.extend(members.remove_entry(&longest));
    }
    for (name, member) in removed {
        let words = match &member {
            Value::String(words) => words.clone(),
            other => summary::all_texts(other).join(", "),
        };
        collector.detail(format!("{location} ({name})"), &words, Reason::WordsOnly);
    }
    Some(value)
}

/// What an entry says, its name first and its codes left out.
fn as_text(entry: &impl Serialize) -> String {
    let value = serde_json::to_value(entry).unwrap_or_default();
    let others = value.as_object().into_iter().flatten();
    let others = others
        .filter(|(name, _)| !["text", "absent", "codings"].contains(&name.as_str()))
        .flat_map(|(_, member)| summary::all_texts(member));
    let name = text(&value, "text").map(str::to_owned);
    name.into_iter()
        .chain(others)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Sets a plan; several become one text, as long as it fits.
fn plan(plans: Found<Plan>, path: &str, collector: &mut Collector) {
    let mut merged: Option<Plan> = None;
    for (location, plan) in plans {
        let next = match &merged {
            None => plan.clone(),
            Some(before) => Plan {
                text: format!("{}\n\n{}", before.text, plan.text),
                ..before.clone()
            },
        };
        if collector.set(path, &next).is_ok() {
            collector.used();
            merged = Some(next);
        } else {
            collector.unmapped(location, &plan.text, Reason::WordsOnly);
        }
    }
}
