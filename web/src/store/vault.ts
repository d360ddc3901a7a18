// An account's own box on this phone. Anyone holding the phone can seal into it (a locked phone
// does); only the password opens it. The vault keeps the wrapped secret half, the profile and the
// list of the day.
import type { components } from '../api/schema.ts';
import { boxes } from '../crypto/boxes.ts';
import { from_hex, hex, text_of, utf8, type Bytes } from '../crypto/bytes.ts';
import { decrypt, derive, encrypt, type DayKey } from '../crypto/day_key.ts';
import { database, type VaultRecord } from './db.ts';
import { held, hold } from './keyring.ts';

export type Profile = components['schemas']['SessionInfo'];

export async function vault_of_login(login: string): Promise<VaultRecord | null> {
  const wanted = login.trim().toLowerCase();
  const all = await (await database()).getAll('vaults');
  return all.find((vault) => vault.login.toLowerCase() === wanted) ?? null;
}

/** Opens with the password alone, without network. Null: another password. */
export async function open_offline(vault: VaultRecord, password: string): Promise<Profile | null> {
  const key = await derive(password, from_hex(vault.salt));
  if (!(await unwrap(vault, key))) return null;
  const profile = await decrypt(key, `profile ${vault.account}`, vault.profile);
  return profile && (JSON.parse(text_of(profile)) as Profile);
}

/**
 * Opens after the node has accepted the password; makes the vault the first time. False when an
 * older password had closed it (it was changed on another device): a new secret is made, and the
 * old one is kept closed as long as unfinished forms are sealed to it; see recover().
 */
export async function open_signed_in(
  profile: Profile,
  password: string,
  early: { salt: string; key: Promise<DayKey> } | null,
): Promise<boolean> {
  const same = early !== null && early.salt === profile.day_salt;
  const key = same ? await early.key : await derive(password, from_hex(profile.day_salt));
  const db = await database();
  const found = await db.get('vaults', profile.account);
  const opened = found !== undefined && (await unwrap(found, key));
  let public_key = found?.public_key ?? '';
  let wrapped = found?.wrapped as Bytes;
  let older = found?.older ?? [];
  if (!opened) {
    const waiting = await db.countFromIndex('drafts', 'account', profile.account);
    if (found && waiting > 0) older = [...older, { salt: found.salt, wrapped: found.wrapped }];
    const keys = (await boxes()).box_keys();
    public_key = hex(keys.public_key);
    wrapped = await encrypt(key, `secret ${profile.account}`, keys.secret_key);
    hold({ account: profile.account, day: key, box: keys });
  }
  const kept: VaultRecord = {
    account: profile.account,
    login: profile.login,
    salt: profile.day_salt,
    public_key,
    wrapped,
    profile: await encrypt(key, `profile ${profile.account}`, utf8(JSON.stringify(profile))),
    day: opened ? (found?.day ?? null) : null,
    older,
  };
  await db.put('vaults', kept);
  return opened || found === undefined;
}

async function unwrap(vault: VaultRecord, key: DayKey): Promise<boolean> {
  const secret = await decrypt(key, `secret ${vault.account}`, vault.wrapped);
  if (secret === null) return false;
  hold({ account: vault.account, day: key, box: (await boxes()).box_keys(secret) });
  return true;
}

/** After a change of password made here: the same secret, wrapped by the new one. */
export async function rewrap(profile: Profile, password: string): Promise<void> {
  const keys = held();
  const db = await database();
  const vault = keys && (await db.get('vaults', keys.account));
  if (!keys || !vault) return;
  const key = await derive(password, from_hex(profile.day_salt));
  const day = vault.day && (await decrypt(keys.day, `day ${vault.account}`, vault.day));
  await db.put('vaults', {
    ...vault,
    salt: profile.day_salt,
    wrapped: await encrypt(key, `secret ${vault.account}`, keys.box.secret_key),
    profile: await encrypt(key, `profile ${vault.account}`, utf8(JSON.stringify(profile))),
    day: day && (await encrypt(key, `day ${vault.account}`, day)),
  });
  hold({ ...keys, day: key });
}

/** Are there forms that only an older password opens? */
export async function has_older(): Promise<boolean> {
  const keys = held();
  const vault = keys && (await (await database()).get('vaults', keys.account));
  return (vault?.older?.length ?? 0) > 0;
}

/** Seals what an older password had closed to the secret of today. False: not that password. */
export async function recover(password: string): Promise<boolean> {
  const keys = held();
  const db = await database();
  const vault = keys && (await db.get('vaults', keys.account));
  if (!keys || !vault) return false;
  const { box_keys, open, seal } = await boxes();
  let recovered = false;
  const left: NonNullable<VaultRecord['older']> = [];
  for (const closed of vault.older ?? []) {
    const key = await derive(password, from_hex(closed.salt));
    const secret = await decrypt(key, `secret ${vault.account}`, closed.wrapped);
    if (secret === null) {
      left.push(closed);
      continue;
    }
    recovered = true;
    for (const record of await db.getAllFromIndex('drafts', 'account', vault.account)) {
      const text = open(box_keys(secret), record.sealed);
      if (text) await db.put('drafts', { ...record, sealed: seal(keys.box.public_key, text) });
    }
  }
  await db.put('vaults', { ...vault, older: left });
  return recovered;
}

/** The author gives up what an older password closed. */
export async function give_up_older(): Promise<void> {
  const keys = held();
  const db = await database();
  const vault = keys && (await db.get('vaults', keys.account));
  if (!keys || !vault) return;
  const { open } = await boxes();
  for (const record of await db.getAllFromIndex('drafts', 'account', vault.account)) {
    if (open(keys.box, record.sealed) === null) await db.delete('drafts', record.id);
  }
  await db.put('vaults', { ...vault, older: [] });
}

/** The list of the day, kept for a start without network. */
export async function keep_day(value: unknown): Promise<void> {
  const keys = held();
  if (!keys) return;
  const sealed = await encrypt(keys.day, `day ${keys.account}`, utf8(JSON.stringify(value)));
  const db = await database();
  const tx = db.transaction('vaults', 'readwrite');
  const vault = await tx.store.get(keys.account);
  if (vault) await tx.store.put({ ...vault, day: sealed });
  await tx.done;
}

export async function kept_day<T>(): Promise<T | null> {
  const keys = held();
  const vault = keys && (await (await database()).get('vaults', keys.account));
  if (!keys || !vault?.day) return null;
  const text = await decrypt(keys.day, `day ${keys.account}`, vault.day);
  return text && (JSON.parse(text_of(text)) as T);
}
