// A phone for the tests: a fresh store, a node with known keys, and an account that signed in.
import { box_keys, type BoxKeys } from '../src/crypto/sealed_box.ts';
import { hex } from '../src/crypto/bytes.ts';
import { database, put_meta } from '../src/store/db.ts';
import * as keyring from '../src/store/keyring.ts';
import { open_signed_in, type Profile } from '../src/store/vault.ts';

export const ids = {
  account: '0a'.repeat(16),
  organisation: '0b'.repeat(16),
  team: '0c'.repeat(16),
  round: '0d'.repeat(16),
  device: '0e'.repeat(16),
};

export const profile: Profile = {
  account: ids.account,
  login: 'samira',
  display_name: 'Samira',
  role: 'outreach_worker',
  organisation: { id: ids.organisation, name: 'Médiation' },
  teams: [{ id: ids.team, name: 'Sanitas' }],
  person_word: 'jeune',
  csrf: 'c',
  day_salt: '5a'.repeat(16),
  expires: 0,
  rules: [],
  epoch: 'one',
};

export interface Phone {
  node: BoxKeys;
}

/** Empties every store, then enrols: the list is open. */
export async function enrolled_phone(password = 'un mot de passe long'): Promise<Phone> {
  await emptied();
  const node = box_keys();
  await put_meta('node', { sealing_key: hex(node.public_key), version: '1', demo: false });
  await put_meta('device', { id: ids.device, token: 'jeton', kind: 'phone' });
  await open_signed_in(profile, password, null);
  keyring.set_open(true);
  await put_meta('context', {
    account: ids.account,
    public_key: hex(keyring.held()!.box.public_key),
    organisation: ids.organisation,
    team: ids.team,
    person_word: 'jeune',
    crip: null,
    round: null,
  });
  return { node };
}

export async function emptied(): Promise<void> {
  keyring.drop();
  localStorage.clear();
  const db = await database();
  await Promise.all(
    (['meta', 'outbox', 'own', 'drafts', 'vaults'] as const).map((store) => db.clear(store)),
  );
}

/** Every byte of every store as one text: to look for what must not be readable there. */
export async function everything_kept(): Promise<string> {
  const db = await database();
  const parts: unknown[] = [];
  for (const store of ['meta', 'outbox', 'own', 'drafts', 'vaults'] as const) {
    parts.push(...(await db.getAll(store)));
  }
  return JSON.stringify(parts, (_key, value: unknown) =>
    value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value,
  );
}
