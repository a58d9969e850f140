//! The resources of a bundle and how they refer to each other (FHIR R4, "Resolving references in Bundles").

use serde_json::Value;

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

impl Resource<'_> {
    fn id(&self) -> &str {
        text(self.value, "id").unwrap_or_default()
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
        Self {
            resources,
            without_resource,
        }
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
        let by_url = |resource: &&Resource<'a>| {
            resource
                .full_url
                .split("/_history/")
                .next()
                .is_some_and(|url| !url.is_empty() && url == target)
        };
        self.resources
            .iter()
            .find(by_url)
            .or_else(|| self.by_type_and_id(target))
            .copied()
    }

    /// `Type/id` alone or at the end of an address; a bare id of a `urn:uuid:`.
    fn by_type_and_id(&self, target: &str) -> Option<&Resource<'a>> {
        let mut parts = target.rsplit('/');
        let (id, kind) = (parts.next()?, parts.next());
        let Some(kind) = kind else {
            let id = target.rsplit(':').next()?;
            return self.resources.iter().find(|resource| resource.id() == id);
        };
        self.resources.iter().find(|resource| {
            resource.kind == kind
                && (resource.id() == id
                    || resource
                        .full_url
                        .rsplit('/')
                        .next()
                        .is_some_and(|last| last == id))
        })
    }
}

fn contained<'a>(from: &Resource<'a>, id: &str) -> Option<Resource<'a>> {
    let outer = from.contained.unwrap_or(from.value);
    let value = items(outer, "contained")
        .iter()
        .find(|inner| text(inner, "id") == Some(id))?;
    let kind = text(value, "resourceType")?;
    Some(Resource {
        kind,
        value,
        contained: Some(outer),
        full_url: "",
        index: from.index,
    })
}
