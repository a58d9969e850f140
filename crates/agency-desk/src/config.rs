//! `desk.toml` in the agency's folder: how the console is reached, how long sessions last, and the agency's own
//! identity provider. Nothing in it is secret: the client secret stands in a file of its own.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;
use url::Url;

use crate::{StartError, api::Role};

const FILE: &str = "desk.toml";

/// How the console is set up.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where staff, wallets and call-handling software reach it; the listening address unless given.
    pub public_url: Option<Url>,
    /// A reverse proxy stands in front and says in `X-Forwarded-For` who calls.
    pub behind_proxy: bool,
    /// Minutes after which an idle session ends.
    pub idle_minutes: u32,
    /// Hours after which a session ends in any case.
    pub longest_hours: u32,
    /// The agency's identity provider.
    pub oidc: Option<Oidc>,
    /// Where else call-handling software may ask, when the caller is not known here.
    pub adr_next: Option<Url>,
}

/// The agency's identity provider (OpenID Connect Discovery).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    /// What its sign-in is called.
    pub name: String,
    /// Its issuer URL, letter by letter as the provider writes it.
    pub issuer: String,
    /// This console's name there.
    pub client_id: String,
    /// A file with the client secret, from the agency's folder; none for a public client.
    pub client_secret_file: Option<String>,
    /// The claim of the ID token that names groups.
    #[serde(default = "groups")]
    pub roles_claim: String,
    /// Which group has which roles. Who is in none cannot sign in.
    pub roles: BTreeMap<String, Vec<Role>>,
}

fn groups() -> String {
    "groups".into()
}

impl Default for Config {
    fn default() -> Self {
        Config {
            public_url: None,
            behind_proxy: false,
            idle_minutes: 15,
            longest_hours: 10,
            oidc: None,
            adr_next: None,
        }
    }
}

impl Config {
    /// Reads `desk.toml`; the defaults where there is none.
    ///
    /// # Errors
    /// [`StartError::Config`] says what its author has to mend.
    pub fn read(folder: &Path) -> Result<Self, StartError> {
        let path = folder.join(FILE);
        let fault = |what: String| StartError::Config(format!("{}: {what}", path.display()));
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Config::default());
            }
            Err(error) => return Err(fault(error.to_string())),
        };
        let config: Config = toml::from_str(&text).map_err(|e| fault(e.message().to_owned()))?;
        config.check().map_err(|what| fault(what.to_owned()))?;
        Ok(config)
    }

    fn check(&self) -> Result<(), &'static str> {
        if self.idle_minutes == 0 || self.longest_hours == 0 {
            return Err("a session has to last for some time");
        }
        let unsafe_url = |url: &Url| !protocol::transport::is_safe(url);
        if self.public_url.as_ref().is_some_and(unsafe_url) {
            return Err("public_url has to be https (plain http is for this computer only)");
        }
        match &self.oidc {
            Some(oidc) if !Url::parse(&oidc.issuer).is_ok_and(|url| !unsafe_url(&url)) => {
                Err("the identity provider has to be at an https address")
            }
            Some(oidc) if oidc.roles.values().all(Vec::is_empty) => {
                Err("[oidc.roles] gives nobody a role")
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, StartError> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), text).unwrap();
        Config::read(folder.path())
    }

    #[test]
    fn no_file_means_the_defaults() {
        let config = Config::read(tempfile::tempdir().unwrap().path()).unwrap();
        assert_eq!((config.idle_minutes, config.longest_hours), (15, 10));
    }

    #[test]
    fn a_provider_with_its_groups_is_read() {
        let config = read(
            "idle_minutes = 5\n[oidc]\nname = 'Fire account'\nissuer = 'https://id.fire.example'\nclient_id = 'desk'\n\
             [oidc.roles]\n'desk-cr' = ['control-room']\n",
        )
        .unwrap();
        let oidc = config.oidc.unwrap();
        assert_eq!(oidc.roles_claim, "groups");
        assert_eq!(oidc.roles["desk-cr"], [Role::ControlRoom]);
    }

    #[test]
    fn what_cannot_work_is_told_at_the_start() {
        for text in [
            "idle_minutes = 0",
            "no_such = 1",
            "public_url = 'http://desk.example'",
            "[oidc]\nname = 'x'\nissuer = 'http://id.example'\nclient_id = 'd'\nroles = { a = ['admin'] }",
            "[oidc]\nname = 'x'\nissuer = 'https://id.example'\nclient_id = 'd'\nroles = {}",
        ] {
            assert!(matches!(read(text), Err(StartError::Config(_))), "{text}");
        }
    }
}
