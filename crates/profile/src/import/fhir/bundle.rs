//! The resources of a bundle and how they refer to each other (FHIR R4, "Resolving references in Bundles").

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::values::PartialDate;

/// The text at a member.
pub(super) fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value
        .get(member)?
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// The items at a member: of a list, or the one object that should have been a list.
pub(super) fn items<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    match value.get(member) {
        Some(Value::Array(items)) => items,
        Some(one @ (Value::Object(_) | Value::String(_))) => std::slice::from_ref(one),
        _ => &[],
    }
}

/// One resource of a bundle, or one contained in such.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resource<'a> {
    /// Place of the bundle's entry, also for what it contains.
    pub(super) index: usize,
    pub(super) kind: &'a str,
    pub(super) value: &'a Value,
    full_url: &'a str,
    /// The outer resource, where this one is contained.
    pub(super) contained: Option<&'a Value>,
}

impl<'a> Resource<'a> {
    /// What it contains and nothing in it refers to: nobody would see it otherwise.
    pub(super) fn unreferenced(&self) -> Vec<Resource<'a>> {
        let inside = items(self.value, "contained");
        let mut named = HashSet::new();
        if !inside.is_empty() {
            references(self.value, &mut named);
        }
        inside
            .iter()
            .filter(|inner| !text(inner, "id").is_some_and(|id| named.contains(id)))
            .filter_map(|inner| self.containing(inner))
            .collect()
    }

    fn containing(&self, inner: &'a Value) -> Option<Resource<'a>> {
        Some(Resource {
            kind: text(inner, "resourceType")?,
            value: inner,
            contained: Some(self.contained.unwrap_or(self.value)),
            full_url: "",
            index: self.index,
        })
    }

    /// Whether a reference that leads nowhere in the file names another patient than this one: by an id where this
    /// one has an id, by a UUID where this one has a UUID.
    pub(super) fn is_surely_not(&self, reference: &str) -> bool {
        let target = reference.split("/_history/").next().unwrap_or_default();
        if target.starts_with("urn:uuid:") {
            return self.full_url.starts_with("urn:uuid:")
                && !self.full_url.eq_ignore_ascii_case(target);
        }
        let mut parts = target.rsplit('/');
        let (id, kind) = (parts.next().unwrap_or_default(), parts.next());
        kind == Some("Patient") && !self.id().is_empty() && self.id() != id
    }

    fn id(&self) -> &'a str {
        text(self.value, "id").unwrap_or_default()
    }

    fn full_url_without_version(&self) -> &'a str {
        self.full_url.split("/_history/").next().unwrap_or_default()
    }

    /// The server's address, with its last slash, where the resource has one of the form `…/Type/id`.
    fn base(&self) -> Option<&str> {
        let url = self.full_url_without_version();
        let (rest, _id) = url.rsplit_once('/').filter(|_| is_absolute(url))?;
        rest.strip_suffix(self.kind)
            .filter(|base| base.ends_with('/'))
    }

    /// Type and id for the citizen to find it again.
    pub(super) fn name(&self) -> String {
        let id = if self.id().is_empty() {
            self.full_url.rsplit(['/', ':']).next().unwrap_or_default()
        } else {
            self.id()
        };
        if id.is_empty() {
            format!("{} {}", self.kind, self.index + 1)
        } else {
            format!("{}/{id}", self.kind)
        }
    }
}

/// A bundle with its resources in order.
#[derive(Debug)]
pub(super) struct Bundle<'a> {
    pub(super) resources: Vec<Resource<'a>>,
    /// How many entries carry no resource.
    pub(super) without_resource: usize,
    /// The day, month or year as of which the file speaks: of its composition, else of the bundle.
    pub(super) as_of: Option<&'a str>,
    /// Places in `resources` by full URL without its version.
    by_url: HashMap<&'a str, usize>,
    /// Places in `resources` by id, and by the last part of the full URL.
    by_id: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Bundle<'a> {
    pub(super) fn new(value: &'a Value) -> Self {
        let entries = items(value, "entry");
        let resources: Vec<_> = entries
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| {
                let value = entry.get("resource")?;
                let kind = text(value, "resourceType")?;
                Some(Resource {
                    index,
                    kind,
                    value,
                    full_url: text(entry, "fullUrl").unwrap_or_default(),
                    contained: None,
                })
            })
            .enumerate()
            .map(|(index, resource)| Resource { index, ..resource })
            .collect();
        let without_resource = entries.len() - resources.len();
        let composed = resources
            .iter()
            .find(|resource| resource.kind == "Composition");
        let stated = composed
            .and_then(|composition| text(composition.value, "date"))
            .or_else(|| text(value, "timestamp"))
            .or_else(|| text(value.get("meta")?, "lastUpdated"));
        let (mut by_url, mut by_id) = (HashMap::new(), HashMap::<_, Vec<_>>::new());
        for resource in &resources {
            let url = resource.full_url_without_version();
            by_url.entry(url).or_insert(resource.index);
            let last = url.rsplit('/').next().unwrap_or_default();
            by_id.entry(resource.id()).or_default().push(resource.index);
            if last != resource.id() {
                by_id.entry(last).or_default().push(resource.index);
            }
        }
        Self {
            by_url,
            by_id,
            resources,
            without_resource,
            as_of: stated
                .map(|stated| stated.get(..10).unwrap_or(stated))
                .filter(|day| PartialDate::from_text(day).is_some()),
        }
    }

    /// Whether an element's period was over when the file was made; a file that does not say when says nothing.
    pub(super) fn is_over(&self, element: &Value) -> bool {
        self.has_passed(element.get("period"))
    }

    /// As [`Bundle::is_over`], of a Period.
    pub(super) fn has_passed(&self, period: Option<&Value>) -> bool {
        let end = period.and_then(|period| text(period, "end"));
        let (Some(end), Some(as_of)) = (end, self.as_of) else {
            return false;
        };
        // Dates may end with the year or the month, and what has not all passed is not over.
        let length = end.len().min(as_of.len());
        end.get(..length) < as_of.get(..length)
    }

    pub(super) fn all<'s>(&'s self, kind: &'s str) -> impl Iterator<Item = &'s Resource<'a>> {
        self.resources
            .iter()
            .filter(move |resource| resource.kind == kind)
    }

    /// The resource that `reference`, a Reference of `from`, points to, where it is in the file.
    pub(super) fn resolve(&self, from: &Resource<'a>, reference: &Value) -> Option<Resource<'a>> {
        let target = text(reference, "reference")?;
        if let Some(id) = target.strip_prefix('#') {
            return contained(from, id);
        }
        let target = target.split("/_history/").next()?;
        self.by_url(target)
            .or_else(|| self.by_url(&format!("{}{target}", from.base()?)))
            .or_else(|| self.by_type_and_id(from, target))
            .copied()
    }

    fn by_url(&self, url: &str) -> Option<&Resource<'a>> {
        let place = self.by_url.get(url).filter(|_| !url.is_empty())?;
        self.resources.get(*place)
    }

    /// Resources whose id or last part of the full URL this is.
    fn with_id(&self, id: &str) -> impl Iterator<Item = &Resource<'a>> {
        let places = self.by_id.get(id).into_iter().flatten();
        places.filter_map(|place| self.resources.get(*place))
    }

    /// `Type/id` alone or at the end of an address; a bare id of a `urn:uuid:`. Where two could be meant, none is:
    /// two servers may both have a `Medication/1`.
    fn by_type_and_id(&self, from: &Resource<'a>, target: &str) -> Option<&Resource<'a>> {
        let mut parts = target.rsplit('/');
        let (id, kind) = (parts.next()?, parts.next());
        let Some(kind) = kind else {
            let id = target.rsplit(':').next()?;
            return only(self.with_id(id).filter(|resource| resource.id() == id));
        };
        let elsewhere = |resource: &Resource<'a>| match resource.base() {
            Some(base) => is_absolute(target) || from.base().is_some_and(|own| own != base),
            None => false,
        };
        only(
            self.with_id(id)
                .filter(|resource| resource.kind == kind && !elsewhere(resource)),
        )
    }
}

fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    found.next().filter(|_| found.next().is_none())
}

fn is_absolute(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

fn contained<'a>(from: &Resource<'a>, id: &str) -> Option<Resource<'a>> {
    let outer = from.contained.unwrap_or(from.value);
    let value = items(outer, "contained")
        .iter()
        .find(|inner| text(inner, "id") == Some(id))?;
    from.containing(value)
}

/// The ids of what is contained that References in `value` name.
fn references<'a>(value: &'a Value, named: &mut HashSet<&'a str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, named)),
        Value::Object(members) => {
            let target = members.get("reference").and_then(Value::as_str);
            named.extend(target.and_then(|target| target.strip_prefix('#')));
            members
                .values()
                .for_each(|member| references(member, named));
        }
        _ => {}
    }
}
