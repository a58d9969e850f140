//! The commands the window may ask for, one line each.

use crate::{AppInfo, AppInfoError};

#[tauri::command]
pub(crate) fn app_info() -> Result<AppInfo, AppInfoError> {
    AppInfo::of_this_user()
}
