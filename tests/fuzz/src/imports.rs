//! What a citizen imports: other people's files, and their own from elsewhere.

use profile::{
    Path, Profile,
    import::{self, Extent, ImportError, Imported},
};

/// vCards.
pub(crate) fn vcard(data: &[u8]) -> bool {
    honest(import::vcard(data))
}

/// FHIR bundles.
pub(crate) fn fhir(data: &[u8]) -> bool {
    honest(import::fhir_ips(data))
}

/// Wallet JSON.
pub(crate) fn wallet_json(data: &[u8]) -> bool {
    honest(import::wallet_json(data))
}

/// Whatever it is.
pub(crate) fn import_any(data: &[u8]) -> bool {
    let read = import::any(data);
    if let Ok(imported) = &read {
        assert_eq!(import::detect(data), Ok(imported.format));
    }
    honest(read)
}

/// Nothing is dropped in silence, and every value that was found has a place in the profile, as it is.
fn honest(read: Result<Imported, ImportError>) -> bool {
    let Ok(imported) = read else { return false };
    let whole = imported
        .unmapped
        .iter()
        .filter(|part| part.extent == Extent::Whole)
        .count();
    assert_eq!(
        imported.found,
        imported.used + whole,
        "a part was neither used nor listed"
    );
    let mut profile = Profile::new();
    for (path, value) in imported.fields {
        let before = profile
            .set(path.clone(), value.clone())
            .expect("an imported value is canonical");
        assert!(before.is_none(), "{path} twice");
        assert_eq!(
            profile.value(&path).as_ref(),
            Some(&value),
            "{path} is not canonical"
        );
    }
    true
}

/// A profile as JSON, and paths: what is read writes back.
pub(crate) fn profile(data: &[u8]) -> bool {
    if let Some(path) = std::str::from_utf8(data)
        .ok()
        .and_then(|text| text.parse::<Path>().ok())
    {
        assert_eq!(path.to_string().as_bytes(), data);
        return true;
    }
    let Ok(profile) = serde_json::from_slice::<Profile>(data) else {
        return false;
    };
    let text = serde_json::to_vec(&profile).expect("a profile is plain JSON");
    assert_eq!(
        serde_json::from_slice::<Profile>(&text).expect("what was written is read"),
        profile
    );
    for (path, _) in profile.iter() {
        let _ = profile.codes(path);
    }
    true
}
