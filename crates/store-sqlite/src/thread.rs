//! A connection on a thread of its own: jobs go in by a channel, answers come back by another.

use std::{sync::mpsc, thread};

use rusqlite::Connection;
use tokio::sync::oneshot;
use verifier_store::StoreError;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The thread ends when this is dropped and its last job is done.
pub(crate) struct DatabaseThread {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl DatabaseThread {
    pub(crate) fn start(name: &str, mut db: Connection) -> Self {
        let (jobs, queue) = mpsc::channel::<Job>();
        let run = move || queue.into_iter().for_each(|job| job(&mut db));
        let thread = thread::Builder::new().name(name.to_owned()).spawn(run);
        DatabaseThread {
            jobs: Some(jobs),
            thread: thread.ok(),
        }
    }

    /// Runs `job` there and waits for its answer.
    pub(crate) async fn call<A: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> A + Send + 'static,
    ) -> Result<A, StoreError> {
        let (answer, answered) = oneshot::channel();
        // A caller that has gone away does not need the answer.
        let job: Job = Box::new(move |db| drop(answer.send(job(db))));
        let sent = self.jobs.as_ref().map(|jobs| jobs.send(job));
        match sent {
            Some(Ok(())) => answered
                .await
                .map_err(|_| StoreError("the database thread has ended".into())),
            _ => Err(StoreError("the database thread has ended".into())),
        }
    }
}

impl Drop for DatabaseThread {
    fn drop(&mut self) {
        self.jobs.take();
        if let Some(thread) = self.thread.take() {
            // A panic there was already reported by the panic hook.
            drop(thread.join());
        }
    }
}
