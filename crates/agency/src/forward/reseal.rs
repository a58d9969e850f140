//! A file on its way from one agency to another: what is opened is sealed again at once, chunk by chunk.

use std::io;

use protocol::share::{
    KemKey, ShareError,
    attachment::{Attached, SealError, Writer},
};
use zeroize::Zeroizing;

use crate::{AgencyError, attachment::broken, random};

/// Takes a file in the clear and writes it sealed.
pub(super) struct Resealing<'a, W> {
    writer: Writer<'a>,
    sealed: Vec<u8>,
    to: W,
}

impl<'a, W: io::Write> Resealing<'a, W> {
    pub(super) fn start(attached: Attached<'a>, key: &KemKey, to: W) -> Result<Self, AgencyError> {
        let randomness = Zeroizing::new(random::bytes()?);
        let mut sealed = Vec::new();
        let writer = Writer::start(attached, key, &randomness, &mut sealed)?;
        Ok(Resealing { writer, sealed, to })
    }

    /// Seals the rest; what was written is whole.
    pub(super) fn finish(mut self) -> Result<W, AgencyError> {
        match self.writer.finish(&mut self.sealed) {
            Ok(()) => {}
            Err(SealError::Share(error)) => return Err(error.into()),
            Err(SealError::Changed) => return Err(ShareError::Forged.into()),
        }
        let written = self.to.write_all(&self.sealed);
        let flushed = written.and_then(|()| self.to.flush());
        flushed.map_err(|error| broken(&error))?;
        Ok(self.to)
    }
}

impl<W: io::Write> io::Write for Resealing<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.writer.take(bytes, &mut self.sealed);
        taken.map_err(io::Error::other)?;
        self.to.write_all(&self.sealed)?;
        self.sealed.clear();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
