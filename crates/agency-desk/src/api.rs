//! What crosses between the console and its pages: the shapes of every ask and answer, the closed list of
//! routes with who may use each, and the closed list of codes. The TypeScript in `ui/agency/src/host/gen` is
//! written from these.

mod account;
mod ask;
mod check;
mod consents;
mod control;
mod live;
mod people;
mod privacy;
pub(crate) mod routes;
mod words;

pub use account::*;
pub use ask::*;
pub use check::*;
pub use consents::*;
pub use control::*;
pub use live::*;
pub use people::*;
pub use privacy::*;
pub use routes::{Access, Kind, Method, ROUTES, Route};
pub use words::*;
