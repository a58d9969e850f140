//! Conversations with the verifier. The network makes nobody wait: whoever comes to the desk meanwhile ends
//! the conversation at its next pause, and it begins again afterwards. That is safe because the wallet keeps
//! everything in the vault and can stop at any moment, and because whatever is sent twice counts once.

use std::{pin::Pin, sync::OnceLock, time::Duration};

use protocol::HttpTransport;
use tokio::time::timeout;
use wallet::{Line, Wallet, WalletError};

use crate::{App, Code, CommandError};

/// What a conversation does; it may be begun several times.
pub(crate) type Words<'a, T> = Pin<Box<dyn Future<Output = Result<T, WalletError>> + Send + 'a>>;

/// For this long somebody who pressed a button waits for the verifier; then they are told that it is signed
/// and waits to be sent.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

impl App {
    /// A conversation with the verifier that was used before.
    pub(crate) async fn talk<T>(
        &self,
        words: impl for<'a> FnMut(&'a mut Wallet, &'a Line<HttpTransport>) -> Words<'a, T> + Send,
    ) -> Result<T, CommandError> {
        let url = self.desk().await.wallet()?.pinned()?.url;
        self.talk_to(&line_to(&url)?, words).await
    }

    /// A conversation with the verifier at the other end of this line.
    pub(crate) async fn talk_to<T>(
        &self,
        line: &Line<HttpTransport>,
        mut words: impl for<'a> FnMut(&'a mut Wallet, &'a Line<HttpTransport>) -> Words<'a, T> + Send,
    ) -> Result<T, CommandError> {
        let _turn = self.turn.lock().await;
        loop {
            let mut desk = self.desk_in_turn().await;
            let wallet = desk.wallet()?;
            tokio::select! {
                biased;
                said = words(wallet, line) => return Ok(said?),
                () = self.knock.notified() => {}
            }
        }
    }

    /// Sends what waits. Answers why some of it waits on; a fault of the vault is an error.
    pub(crate) async fn send(&self) -> Result<Option<Code>, CommandError> {
        let sent = self.talk(|wallet, line| Box::pin(wallet.send(line)));
        let Ok(sent) = timeout(ANSWER_WITHIN, sent).await else {
            return Ok(Some(Code::Unreachable));
        };
        match sent {
            Ok(summary) => Ok(summary
                .troubles
                .first()
                .map(|trouble| CommandError::from(trouble.error.clone()).code)),
            Err(error) if matches!(error.code, Code::VerifierChanged | Code::NoVerifier) => {
                Ok(Some(error.code))
            }
            Err(error) => Err(error),
        }
    }
}

/// The way to the verifier at `url`. Connections are kept open between conversations.
pub(crate) fn line_to(url: &str) -> Result<Line<HttpTransport>, CommandError> {
    static TRANSPORT: OnceLock<HttpTransport> = OnceLock::new();
    let transport = match TRANSPORT.get() {
        Some(transport) => transport.clone(),
        None => {
            let made = HttpTransport::new().map_err(|_| CommandError::from(Code::Unreachable))?;
            TRANSPORT.get_or_init(|| made).clone()
        }
    };
    Ok(Line::new(url, transport))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::{
        commands::{InLanguage, Nothing},
        testing::{PASSPHRASE, secret, unlocked},
    };

    /// A verifier that takes every call and never answers.
    struct Silent(TcpListener);

    impl Silent {
        async fn listen() -> (Self, Line<HttpTransport>) {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            (Silent(listener), line_to(&url).unwrap())
        }

        async fn called(&self) -> TcpStream {
            self.0.accept().await.unwrap().0
        }
    }

    #[tokio::test]
    async fn a_verifier_that_does_not_answer_holds_nobody_up() {
        let (_folder, app) = unlocked().await;
        let app = Arc::new(app);
        let (silent, line) = Silent::listen().await;
        let talking = app.clone();
        let talk = tokio::spawn(async move {
            let connect = talking.talk_to(&line, |wallet, line| Box::pin(wallet.connect(line)));
            connect.await.map(drop)
        });
        let _first = silent.called().await;
        app.data_list(InLanguage::default()).await.unwrap();
        // The conversation begins again, and ends where the wallet is locked.
        let _second = silent.called().await;
        app.lock(Nothing {}).await.unwrap();
        assert_eq!(talk.await.unwrap(), Err(Code::Locked.into()));
        app.unlock(secret(PASSPHRASE)).await.unwrap();
    }
}
