//! Files beside the information (`documents.*`): taken in piece by piece from the window, which alone can read
//! what the person chose, and kept once the last piece is there. A file that is begun and not finished changes nothing.

use base64::{Engine, prelude::BASE64_STANDARD};
use profile::{Path, TypedValue, values::Attachment};
use protocol::share::attachment::MAX_BYTES;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{Saved, data};
use crate::{App, Code, CommandError, paper};

/// A piece of a file that the person chose.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop, TS)]
pub struct AttachPiece {
    /// The path below `documents.` at which the file is kept, in place of what was there.
    pub path: String,
    /// What the person calls it.
    pub title: String,
    /// Its media type.
    pub media_type: String,
    /// How many bytes the whole file has.
    pub size: u64,
    /// How many bytes came before this piece; none begins anew.
    pub from: u64,
    /// The piece, in base64.
    pub piece: String,
}

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Attached {
    /// How many bytes are there.
    pub received: u64,
    /// It is whole, and kept.
    pub kept: bool,
}

/// A kept file to be written.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SaveAttachment {
    /// Its path.
    pub path: String,
    /// Ask where it goes.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub choose: bool,
}

/// A file of which the last piece has not come.
pub(crate) struct Coming {
    path: Path,
    size: u64,
    bytes: Zeroizing<Vec<u8>>,
}

impl App {
    /// Takes the next piece of a file; with the last one the file is kept.
    ///
    /// # Errors
    /// `attachment_size`, `attachment_cut` where a piece does not follow the one before, `unknown_path`, `value`,
    /// `locked`, and what the vault says.
    pub async fn attachment_add(&self, ask: AttachPiece) -> Result<Attached, CommandError> {
        let path = data::path(&ask.path)?;
        let piece = BASE64_STANDARD.decode(&ask.piece).map(Zeroizing::new);
        let piece = piece.map_err(|_| Code::AttachmentCut.at("file"))?;
        let mut desk = self.desk().await;
        desk.wallet()?;
        let before = desk.coming.take();
        let mut coming = match ask.from {
            0 => Coming::begin(path, ask.size)?,
            from => before
                .filter(|coming| coming.goes_on(&path, ask.size, from))
                .ok_or(Code::AttachmentCut.at("file"))?,
        };
        let received = coming.take(&piece)?;
        if received < coming.size {
            desk.coming = Some(coming);
            return Ok(Attached {
                received,
                kept: false,
            });
        }
        let named = (ask.title.as_str(), ask.media_type.as_str());
        let wallet = desk.wallet()?;
        wallet.attach(&coming.path, named, &mut coming.bytes.as_slice())?;
        Ok(Attached {
            received,
            kept: true,
        })
    }

    /// Writes a kept file for the person, as it was chosen.
    ///
    /// # Errors
    /// `unknown_path`, `attachment_gone` where the item has no file here, `storage`, `disk_full`, `cancelled`, `locked`.
    pub async fn attachment_save(&self, ask: SaveAttachment) -> Result<Saved, CommandError> {
        let path = data::path(&ask.path)?;
        let profile = self.desk().await.wallet()?.profile()?;
        let Some(TypedValue::Attachment(kept)) = profile.typed(&path) else {
            return Err(Code::UnknownPath.into());
        };
        let (name, ending) = (path.document().unwrap_or_default(), ending(kept));
        let to = match self.chosen(ask.choose.into(), name, ending).await? {
            Some(chosen) => chosen,
            None => paper::fresh(self.papers()?, name, ending)?,
        };
        let mut desk = self.desk().await;
        let wallet = desk.wallet()?;
        paper::replace(&to, |new| {
            let mut file = paper::create_new(new)?;
            if !wallet.save_attachment(&path, &mut file)? {
                return Err(Code::AttachmentGone.into());
            }
            Ok(file.sync_all()?)
        })?;
        Ok(paper::saved(&to))
    }
}

impl Coming {
    /// Room for a file of this size, so that what it holds is in one place only.
    fn begin(path: Path, size: u64) -> Result<Self, CommandError> {
        if path.document().is_none() {
            return Err(Code::UnknownPath.into());
        }
        if size == 0 || size > MAX_BYTES {
            return Err(Code::AttachmentSize.at("file"));
        }
        let room = usize::try_from(size).map_err(|_| Code::AttachmentSize.at("file"))?;
        Ok(Coming {
            path,
            size,
            bytes: Zeroizing::new(Vec::with_capacity(room)),
        })
    }

    fn goes_on(&self, path: &Path, size: u64, from: u64) -> bool {
        self.path == *path && self.size == size && self.received() == from
    }

    /// Adds a piece; answers how many bytes are there.
    fn take(&mut self, piece: &[u8]) -> Result<u64, CommandError> {
        let after = self.received() + piece.len() as u64;
        if piece.is_empty() || after > self.size {
            return Err(Code::AttachmentCut.at("file"));
        }
        self.bytes.extend_from_slice(piece);
        Ok(after)
    }

    fn received(&self) -> u64 {
        self.bytes.len() as u64
    }
}

/// How the name of a written file ends: by the kind, else as the title does.
fn ending(kept: &Attachment) -> &str {
    let known = match kept.media_type.as_str() {
        "application/pdf" => "pdf",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "image/heic" => "heic",
        "text/plain" => "txt",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.oasis.opendocument.text" => "odt",
        _ => "",
    };
    let plain = |ending: &&str| {
        (1..=8).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let said = kept.title.rsplit_once('.').map(|(_, ending)| ending);
    [Some(known), said]
        .into_iter()
        .flatten()
        .find(plain)
        .unwrap_or("bin")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{
        commands::{InLanguage, ReadFile, RemoveData, SetData},
        testing::{PASSPHRASE, secret, unlocked},
    };

    fn piece(size: u64, from: u64, bytes: &[u8]) -> AttachPiece {
        AttachPiece {
            path: "documents.gp-letter".into(),
            title: "Letter from the surgery".into(),
            media_type: "application/pdf".into(),
            size,
            from,
            piece: BASE64_STANDARD.encode(bytes),
        }
    }

    async fn code(app: &App, ask: AttachPiece) -> Code {
        app.attachment_add(ask).await.unwrap_err().code
    }

    async fn documents(app: &App) -> Vec<(String, String)> {
        let data = app.data_list(InLanguage::default()).await.unwrap();
        let last = data.sections.into_iter().last().unwrap();
        let named = |item: data::DataItem| (item.path, item.label);
        last.items.into_iter().map(named).collect()
    }

    fn save() -> SaveAttachment {
        SaveAttachment {
            path: "documents.gp-letter".into(),
            choose: false,
        }
    }

    #[tokio::test]
    async fn a_file_comes_in_pieces_is_named_by_its_title_and_goes_out_as_it_was() {
        let (_folder, app) = unlocked().await;
        let begun = app.attachment_add(piece(9, 0, b"%PDF-")).await.unwrap();
        assert_eq!((begun.received, begun.kept), (5, false));
        assert!(documents(&app).await.is_empty(), "a part is no file");
        assert!(app.attachment_add(piece(9, 5, b"done")).await.unwrap().kept);
        let (path, label) = documents(&app).await.remove(0);
        assert_eq!(
            (path.as_str(), label.as_str()),
            ("documents.gp-letter", "Letter from the surgery")
        );
        let saved = app.attachment_save(save()).await.unwrap();
        assert!(saved.path.contains("assent-gp-letter-") && saved.path.ends_with(".pdf"));
        assert_eq!(fs::read(saved.path).unwrap(), b"%PDF-done");
    }

    #[tokio::test]
    async fn what_does_not_follow_changes_nothing() {
        let (_folder, app) = unlocked().await;
        app.attachment_add(piece(3, 0, b"old")).await.unwrap();
        app.attachment_add(piece(9, 0, b"new")).await.unwrap();
        assert_eq!(code(&app, piece(9, 5, b"er")).await, Code::AttachmentCut);
        assert_eq!(
            code(&app, piece(9, 3, b"er one")).await,
            Code::AttachmentCut,
            "it was given up"
        );
        app.attachment_add(piece(9, 0, b"new")).await.unwrap();
        assert_eq!(
            code(&app, piece(9, 3, b"too long")).await,
            Code::AttachmentCut
        );
        app.attachment_add(piece(9, 0, b"new")).await.unwrap();
        app.close().await;
        assert_eq!(code(&app, piece(9, 3, b"er one")).await, Code::Locked);
        app.unlock(secret(PASSPHRASE)).await.unwrap();
        assert_eq!(
            code(&app, piece(9, 3, b"er one")).await,
            Code::AttachmentCut,
            "locking forgets it"
        );
        let saved = app.attachment_save(save()).await.unwrap();
        assert_eq!(fs::read(saved.path).unwrap(), b"old");
    }

    #[tokio::test]
    async fn empty_and_too_large_files_and_other_paths_are_refused_at_once() {
        let (_folder, app) = unlocked().await;
        assert_eq!(code(&app, piece(0, 0, b"")).await, Code::AttachmentSize);
        assert_eq!(
            code(&app, piece(MAX_BYTES + 1, 0, b"x")).await,
            Code::AttachmentSize
        );
        assert_eq!(code(&app, piece(2, 0, b"")).await, Code::AttachmentCut);
        let mut elsewhere = piece(1, 0, b"x");
        elsewhere.path = "home.access".into();
        assert_eq!(code(&app, elsewhere).await, Code::UnknownPath);
    }

    #[tokio::test]
    async fn it_is_renamed_and_removed_like_any_item() {
        let (_folder, app) = unlocked().await;
        app.attachment_add(piece(3, 0, b"one")).await.unwrap();
        let data = app.data_list(InLanguage::default()).await.unwrap();
        let item = data.sections.into_iter().last().unwrap().items.remove(0);
        let mut value = item.value.unwrap();
        value["title"] = "Notes.odt".into();
        let path = item.path;
        app.data_set(SetData { path, value }).await.unwrap();
        assert_eq!(documents(&app).await.remove(0).1, "Notes.odt");
        let path = "documents.gp-letter".to_owned();
        app.data_remove(RemoveData { path }).await.unwrap();
        assert_eq!(
            app.attachment_save(save()).await.unwrap_err().code,
            Code::UnknownPath
        );
    }

    #[tokio::test]
    async fn an_item_whose_file_is_elsewhere_says_so_and_writes_nothing() {
        let (folder, app) = unlocked().await;
        app.attachment_add(piece(3, 0, b"one")).await.unwrap();
        let exported = app.export(Default::default()).await.unwrap();
        let text = fs::read_to_string(&exported.path).unwrap();
        let path = "documents.gp-letter".to_owned();
        app.data_remove(RemoveData { path }).await.unwrap();
        let read = ReadFile {
            text,
            lang: Default::default(),
        };
        app.data_import(read).await.unwrap();
        let refused = app.attachment_save(save()).await.unwrap_err();
        assert_eq!(refused.code, Code::AttachmentGone);
        let written = fs::read_dir(folder.path().join("papers")).unwrap();
        assert_eq!(written.count(), 1, "the export, and nothing else");
    }

    #[test]
    fn a_file_of_no_known_kind_ends_as_its_title_does() {
        let named = |title: &str| Attachment {
            digest: String::new(),
            media_type: "application/octet-stream".into(),
            size: 1,
            title: title.into(),
        };
        assert_eq!(ending(&named("Plan.pages")), "pages");
        assert_eq!(ending(&named("Plan")), "bin");
        assert_eq!(ending(&named("../../x.so/../y")), "bin");
    }
}
