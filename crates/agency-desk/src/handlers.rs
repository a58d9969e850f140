//! What each route does, one file a page. A handler is called only by who may.

mod account;
mod admin;
mod ask;
mod check;
mod circle;
mod consents;
mod control;
mod opening;
mod privacy;
mod review;

pub(crate) use account::*;
pub(crate) use admin::*;
pub(crate) use ask::*;
pub(crate) use check::*;
pub(crate) use circle::*;
pub(crate) use consents::*;
pub(crate) use control::*;
pub(crate) use opening::*;
pub(crate) use privacy::*;
pub(crate) use review::*;
