// Passkeys (Web Authentication): the browser's own calls, between two questions to the server.
import type { Host } from '../host/host';
import { Refusal } from '../host/refusal';
import type { Account, JsonValue, Session } from '../host/types';

/** Signs in with a passkey that the person chooses. */
export async function passkeySession(host: Host): Promise<Session> {
  const { ceremony, options } = await host.ask('sign-in/passkey', {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON);
  const credential = await chosen(navigator.credentials.get({ publicKey }));
  return host.ask('sign-in/passkey/done', { ceremony, credential });
}

/** Registers a new passkey for who is signed in. */
export async function newPasskey(host: Host, name: string): Promise<Account> {
  const { ceremony, options } = await host.ask('account/passkey', {});
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as unknown as PublicKeyCredentialCreationOptionsJSON);
  const credential = await chosen(navigator.credentials.create({ publicKey }));
  return host.ask('account/passkey/done', { ceremony, name, credential });
}

async function chosen(asked: Promise<Credential | null>): Promise<JsonValue> {
  const credential = await asked.catch(() => null);
  if (!(credential instanceof PublicKeyCredential)) throw new Refusal('passkey_cancelled');
  return credential.toJSON() as unknown as JsonValue;
}
