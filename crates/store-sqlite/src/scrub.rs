//! What was destroyed leaves the disk. `secure_delete` overwrites it where it stood; what the journal holds of it goes
//! with a checkpoint that empties the journal. That is done on a thread and a connection of its own, so that no
//! commit waits for it, and at most once a second.

use std::{
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;

/// The shortest time from one emptying to the next.
const EVERY: Duration = Duration::from_secs(1);
/// How long an emptying waits for a reader, such as a backup, while commits wait for it; then it is tried again.
const PATIENCE: Duration = Duration::from_millis(20);

enum Message {
    /// Something was destroyed.
    Destroyed,
    /// Whatever is due is wanted now; the answer says whether nothing is due any more.
    #[cfg(test)]
    Settle(mpsc::Sender<bool>),
}

/// The thread ends when this is dropped.
pub(crate) struct Scrubber {
    messages: Option<mpsc::Sender<Message>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Scrubber {
    /// Starts with what a program that was killed may have left.
    pub(crate) fn start(db: Connection) -> Self {
        let (messages, queue) = mpsc::channel();
        let run = move || run(&db, &queue);
        let thread = thread::Builder::new().name("db-scrub".into()).spawn(run);
        Scrubber {
            messages: Some(messages),
            thread: thread.ok(),
        }
    }

    /// Says that something was destroyed; does not wait.
    pub(crate) fn destroyed(&self) {
        if let Some(messages) = &self.messages {
            // Without the thread it stays in the journal until SQLite empties that by itself.
            let _ = messages.send(Message::Destroyed);
        }
    }

    /// Has what is due done now; whether it could be.
    #[cfg(test)]
    pub(crate) fn settle(&self) -> bool {
        let (answer, answered) = mpsc::channel();
        let messages = self.messages.as_ref().expect("it is not dropped");
        messages.send(Message::Settle(answer)).expect("it runs");
        answered.recv().expect("it answers")
    }
}

impl Drop for Scrubber {
    fn drop(&mut self) {
        self.messages.take();
        if let Some(thread) = self.thread.take() {
            // A panic there was already reported by the panic hook.
            drop(thread.join());
        }
    }
}

fn run(db: &Connection, messages: &Receiver<Message>) {
    let (mut is_due, mut not_before) = (true, Instant::now());
    loop {
        let message = match is_due {
            true => messages.recv_timeout(not_before.saturating_duration_since(Instant::now())),
            false => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match message {
            Ok(Message::Destroyed) => is_due = true,
            #[cfg(test)]
            Ok(Message::Settle(answer)) => {
                is_due = is_due && !empty_journal(db);
                let _ = answer.send(!is_due);
            }
            Err(RecvTimeoutError::Timeout) => {
                is_due = !empty_journal(db);
                not_before = Instant::now() + EVERY;
            }
            Err(RecvTimeoutError::Disconnected) => {
                let _done = is_due && empty_journal(db);
                return;
            }
        }
    }
}

/// Most of it while others write, and the rest alone. Whether the journal is empty now.
fn empty_journal(db: &Connection) -> bool {
    let checkpoint = |mode| {
        let pragma = format!("PRAGMA wal_checkpoint({mode})");
        db.query_row(&pragma, [], |row| row.get::<_, i64>(0))
    };
    let patient = db.busy_timeout(PATIENCE);
    patient.is_ok() && checkpoint("PASSIVE").is_ok() && checkpoint("TRUNCATE") == Ok(0)
}
