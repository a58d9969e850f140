//! When a person or the service manager ends a command: Ctrl-C, or SIGTERM.

/// Waits until the command is to end.
pub struct Stop {
    #[cfg(unix)]
    signals: Option<[tokio::signal::unix::Signal; 2]>,
}

impl Stop {
    /// Listens from now on: the program does not end by itself any more.
    pub fn listen() -> Self {
        Stop {
            #[cfg(unix)]
            signals: {
                use tokio::signal::unix::{SignalKind, signal};
                let interrupt = signal(SignalKind::interrupt());
                interrupt
                    .and_then(|interrupt| Ok([interrupt, signal(SignalKind::terminate())?]))
                    .ok()
            },
        }
    }

    /// Comes back once it is asked for.
    pub async fn asked(&mut self) {
        #[cfg(unix)]
        if let Some([interrupt, terminate]) = &mut self.signals {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// Waits until the command is to end.
pub async fn asked() {
    Stop::listen().asked().await;
}
