//! HL7 FHIR R4 bundles into the profile, by the International Patient Summary's sections where there are some.
//!
//! Every element of the patient, every section entry and every further resource is used or listed.

mod address;
mod blood;
mod bundle;
mod clinical;
mod concept;
mod dosage;
mod entries;
mod leftovers;
mod narrative;
mod patient;
mod people;
mod plans;
mod summary;
mod timing;
mod unsaid;

use std::collections::HashSet;

use serde_json::Value;

use bundle::{Bundle, Resource, items, text};
use clinical::Clinical;

use super::collect::Collector;
use super::{Format, ImportError, Imported, Reason, json};

/// Resources that serve others: who wrote, where, with what.
const SUPPORTING: [&str; 14] = [
    "Composition",
    "Organization",
    "Practitioner",
    "PractitionerRole",
    "Location",
    "Encounter",
    "Provenance",
    "Medication",
    "Specimen",
    "Substance",
    "Binary",
    "OperationOutcome",
    "EpisodeOfCare",
    "HealthcareService",
];

pub(super) fn import(text_of_file: &str) -> Result<Imported, ImportError> {
    if text_of_file.trim_start().starts_with('<') {
        return Err(if text_of_file.contains("http://hl7.org/fhir") {
            ImportError::FhirXml
        } else {
            ImportError::Xml
        });
    }
    let mut value = json::parse(text_of_file)?;
    json::tidy(&mut value);
    let beside = unwrap(&mut value);
    match text(&value, "resourceType") {
        Some("Bundle") => {}
        Some(other) => return Err(ImportError::NotABundle(crate::error::excerpt(other))),
        None => return Err(ImportError::UnknownJson),
    }
    let bundle = Bundle::new(&value);
    let composition = bundle.all("Composition").next();
    let patient = subject(&bundle, composition).ok_or(ImportError::NoPatient)?;
    let mut walk = Walk {
        bundle: &bundle,
        patient,
        seen: HashSet::from([patient.index]),
        retracted: composition
            .is_some_and(|one| text(one.value, "status") == Some("entered-in-error")),
        clinical: Clinical::default(),
        collector: Collector::new(Format::FhirIps),
    };
    for (place, other) in beside.iter().enumerate() {
        let words = summary::all_words(other).join(", ");
        let location = format!("beside the summary {}", place + 1);
        walk.collector
            .unmapped(location, &words, Reason::Administrative);
    }
    walk.run(composition);
    Ok(walk.collector.finish())
}

/// Takes the one bundle out of what a server wraps it in (a search set, the parameters of an operation), and returns
/// what lay beside it. A bundle with a patient of its own stays as it is.
fn unwrap(value: &mut Value) -> Vec<Value> {
    let member = match text(value, "resourceType") {
        Some("Bundle") => "entry",
        Some("Parameters") => "parameter",
        _ => return Vec::new(),
    };
    let is = |part: &Value, wanted: &str| {
        part.get("resource")
            .and_then(|resource| text(resource, "resourceType"))
            == Some(wanted)
    };
    let parts = items(value, member);
    let mut bundles = parts
        .iter()
        .enumerate()
        .filter(|(_, part)| is(part, "Bundle"));
    let (Some((place, _)), None) = (bundles.next(), bundles.next()) else {
        return Vec::new();
    };
    if parts.iter().any(|part| is(part, "Patient")) {
        return Vec::new();
    }
    let Some(Value::Array(mut parts)) = value.get_mut(member).map(Value::take) else {
        return Vec::new();
    };
    *value = parts
        .remove(place)
        .get_mut("resource")
        .map(Value::take)
        .unwrap_or_default();
    parts
}

/// The patient that the composition is about, else the first.
fn subject<'a>(
    bundle: &'a Bundle<'a>,
    composition: Option<&Resource<'a>>,
) -> Option<&'a Resource<'a>> {
    composition
        .and_then(|composition| bundle.resolve(composition, composition.value.get("subject")?))
        .and_then(|found| bundle.resources.get(found.index))
        .filter(|found| found.kind == "Patient")
        .or_else(|| bundle.all("Patient").next())
}

struct Walk<'a> {
    bundle: &'a Bundle<'a>,
    patient: &'a Resource<'a>,
    seen: HashSet<usize>,
    /// The whole document is marked as a mistake.
    retracted: bool,
    clinical: Clinical,
    collector: Collector,
}

impl<'a> Walk<'a> {
    fn run(&mut self, composition: Option<&Resource<'a>>) {
        patient::import(self.bundle, self.patient, &mut self.collector);
        if let Some(composition) = composition {
            for section in items(composition.value, "section") {
                self.section(composition, section, "");
            }
        }
        self.remaining(composition.is_some());
        std::mem::take(&mut self.clinical).finish(&mut self.collector);
    }

    fn section(&mut self, composition: &Resource<'a>, section: &'a Value, parent: &str) {
        // A section may carry codes of its maker beside LOINC's, in any order.
        let codes = concept::codes(section.get("code"));
        let title = text(section, "title").map(str::to_owned);
        let title = title
            .or_else(|| concept::words(section.get("code")))
            .unwrap_or_else(|| "section".to_owned());
        let location = if parent.is_empty() {
            title
        } else {
            format!("{parent}, {title}")
        };
        let (entries, inner) = (items(section, "entry"), items(section, "section"));
        let mut resolved = false;
        for reference in entries {
            resolved |= self.entry(composition, reference, &location, &codes);
        }
        for nested in inner {
            self.section(composition, nested, &location);
        }
        let speaks_for_itself = !resolved && !entries.is_empty()
            || section.pointer("/text/status").and_then(Value::as_str) == Some("additional");
        if entries.is_empty() && inner.is_empty() {
            self.words_only(section, &location, &codes);
        } else if speaks_for_itself && section.get("text").is_some() {
            let words = narrative::of(section.get("text"));
            self.collector.detail(location, &words, Reason::WordsOnly);
        }
    }

    /// Takes the resource that a section names; false where it is not in the file.
    fn entry(
        &mut self,
        composition: &Resource<'a>,
        reference: &'a Value,
        location: &str,
        section: &[String],
    ) -> bool {
        let Some(resource) = self.bundle.resolve(composition, reference) else {
            let what = text(reference, "display")
                .or_else(|| text(reference, "reference"))
                .unwrap_or("an entry");
            self.collector.unmapped(location, what, Reason::NotInFile);
            return false;
        };
        let location = format!("{location}, {}", resource.name());
        self.resource(&resource, &location, section);
        true
    }

    /// A section without entries: nothing known, no information, or words.
    fn words_only(&mut self, section: &'a Value, location: &str, codes: &[String]) {
        let words = narrative::of(section.get("text"));
        let reasons = concept::codes(section.get("emptyReason"));
        let said = concept::words(section.get("emptyReason"));
        if reasons.iter().any(|reason| reason == "nilknown")
            && self.clinical.none_known(codes, location)
        {
            return;
        }
        // Some programs write the title again where there is nothing to say.
        let is_title =
            text(section, "title").is_some_and(|title| title.eq_ignore_ascii_case(&words));
        if !reasons.is_empty() || words.is_empty() || is_title {
            let what = [said.unwrap_or_default(), words].join(" ");
            self.collector
                .unmapped(location, &what, Reason::NoInformation);
        } else if !self.clinical.words(codes, location, &words) {
            self.collector.unmapped(location, &words, Reason::WordsOnly);
        }
    }

    /// Resources that no section names: those of a bundle without sections, and members of panels.
    fn remaining(&mut self, is_document: bool) {
        let (devices, others): (Vec<&Resource<'a>>, Vec<&Resource<'a>>) = self
            .bundle
            .resources
            .iter()
            .partition(|resource| resource.kind == "Device");
        for resource in others
            .into_iter()
            .filter(|resource| !SUPPORTING.contains(&resource.kind))
        {
            self.resource(resource, &resource.name(), &[]);
        }
        // Devices come last: one that a statement of use names is no entry of its own, and what neither
        // a section nor a patient's reference claims may be the program that wrote the file.
        for resource in devices {
            let is_claimed = !is_document && resource.value.get("patient").is_some();
            if is_claimed && !self.clinical.served.contains(&resource.index) {
                self.resource(resource, &resource.name(), &[]);
            }
        }
        for resource in &self.bundle.resources {
            if self.seen.insert(resource.index) && !self.clinical.served.contains(&resource.index) {
                self.collector.unmapped(
                    resource.name(),
                    &summary::of(self.bundle, resource),
                    Reason::Administrative,
                );
            }
        }
        for index in 0..self.bundle.without_resource {
            self.collector.unmapped(
                format!("Bundle entry without content {}", index + 1),
                "",
                Reason::NotInFile,
            );
        }
    }

    fn resource(&mut self, resource: &Resource<'a>, location: &str, section: &[String]) {
        if resource.contained.is_none() && !self.seen.insert(resource.index) {
            return;
        }
        if resource.kind == "Patient" || self.is_about_another(resource) {
            let what = summary::of(self.bundle, resource);
            return self
                .collector
                .unmapped(location, &what, Reason::OtherPerson);
        }
        if leftovers::is_modified(resource.value) {
            let what = summary::of(self.bundle, resource);
            return self
                .collector
                .unmapped(location, &what, Reason::NotUnderstood);
        }
        let taken = match self.retracted {
            true => Err(Reason::NotActive),
            false => self.clinical.take(self.bundle, resource, location, section),
        };
        match taken {
            Ok(said) => self.details(resource, location, &said),
            Err(reason) => {
                let what = summary::of(self.bundle, resource);
                self.collector.unmapped(location, &what, reason);
            }
        }
    }

    /// What is left of a resource that was taken, and of the medicine or device that completes it.
    fn details(&mut self, resource: &Resource<'a>, location: &str, said: &str) {
        leftovers::list(self.bundle, resource, location, said, &mut self.collector);
        if resource.kind == "RelatedPerson" {
            people::further(self.bundle, resource.value, location, &mut self.collector);
        }
        let completing = ["medicationReference", "device"]
            .iter()
            .filter_map(|member| resource.value.get(member));
        for target in completing.filter_map(|reference| self.bundle.resolve(resource, reference)) {
            let location = format!("{location}, {}", target.name());
            leftovers::list(self.bundle, &target, &location, said, &mut self.collector);
        }
    }

    fn is_about_another(&self, resource: &Resource<'a>) -> bool {
        ["subject", "patient"]
            .iter()
            .filter_map(|name| resource.value.get(name))
            .any(|reference| match self.bundle.resolve(resource, reference) {
                Some(found) => {
                    found.kind == "Patient"
                        && found.contained.is_none()
                        && found.index != self.patient.index
                }
                None => self
                    .patient
                    .is_surely_not(text(reference, "reference").unwrap_or_default()),
            })
    }
}
