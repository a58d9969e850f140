// What each role is called.
import type { Role } from '../host/types';
import { m } from '../words/messages';

export const ROLE_NAMES: Record<Role, () => string> = {
  caseworker: m.role_caseworker,
  'control-room': m.role_control_room,
  'privacy-officer': m.role_privacy_officer,
  admin: m.role_admin,
};
