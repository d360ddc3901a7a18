import { beforeEach, describe, expect, it } from 'vitest';
import { emptied, enrolled_phone, everything_kept, ids, profile } from '../../test/phone.ts';
import { check_vanished, database, meta } from './db.ts';
import * as keyring from './keyring.ts';
import { unfinished } from './unfinished.svelte.ts';
import {
  give_up_older,
  has_older,
  keep_day,
  kept_day,
  open_offline,
  open_signed_in,
  recover,
  rewrap,
  vault_of_login,
} from './vault.ts';

const password = 'un mot de passe long';

describe('the vault of an account on this phone', () => {
  beforeEach(() => enrolled_phone(password));

  it('opens without network with the same password, and with no other', async () => {
    keyring.drop();
    const vault = (await vault_of_login(' Samira '))!;
    expect(await open_offline(vault, 'un mot de passe lonG')).toBeNull();
    expect(keyring.held()).toBeNull();
    expect((await open_offline(vault, password))?.display_name).toBe('Samira');
    expect(keyring.held()?.account).toBe(ids.account);
    expect(await vault_of_login('yann')).toBeNull();
  });

  it('keeps the list of the day readable by the password alone', async () => {
    await keep_day({ people: ['Momo casquette rouge'] });
    expect(await everything_kept()).not.toContain('Momo');
    expect(await everything_kept()).not.toContain('Médiation');
    keyring.drop();
    expect(await kept_day()).toBeNull();
    await open_offline((await vault_of_login('samira'))!, password);
    expect(await kept_day()).toEqual({ people: ['Momo casquette rouge'] });
  });

  it('follows a change of password made here', async () => {
    await keep_day({ people: ['Momo'] });
    const before = keyring.held()!.box.public_key;
    await rewrap({ ...profile, day_salt: '77'.repeat(16) }, 'un autre mot de passe');
    keyring.drop();
    const vault = (await vault_of_login('samira'))!;
    expect(await open_offline(vault, password)).toBeNull();
    expect(await open_offline(vault, 'un autre mot de passe')).not.toBeNull();
    expect(keyring.held()!.box.public_key).toEqual(before);
    expect(await kept_day()).toEqual({ people: ['Momo'] });
  });

  it('says when an older password had closed it, and keeps no stale list', async () => {
    await keep_day({ people: ['Momo'] });
    keyring.drop();
    expect(await open_signed_in(profile, 'changé ailleurs', null)).toBe(false);
    expect(keyring.held()).not.toBeNull();
    expect(await kept_day()).toBeNull();
  });

  it('gives back, with the older password, the forms that it had closed', async () => {
    const form = unfinished.form<{ note: string }>('noter');
    form.save({ note: 'avant le changement' });
    await unfinished.flush();
    unfinished.forget();
    keyring.drop();
    await open_signed_in(profile, 'changé ailleurs', null);
    expect(await has_older()).toBe(true);
    expect(await form.find()).toBeNull();
    expect(await recover('pas celui-là non plus')).toBe(false);
    expect(await recover(password)).toBe(true);
    expect(await has_older()).toBe(false);
    expect((await form.find())?.value).toEqual({ note: 'avant le changement' });
    unfinished.forget();
  });

  it('or lets them go, when their author says so', async () => {
    unfinished.form('noter').save({ note: 'oublié' });
    await unfinished.flush();
    unfinished.forget();
    keyring.drop();
    await open_signed_in(profile, 'changé ailleurs', null);
    await give_up_older();
    expect(await has_older()).toBe(false);
    expect(await (await database()).count('drafts')).toBe(0);
  });

  it('lets go of the keys after twelve hours', () => {
    const keys = keyring.held()!;
    keyring.hold(keys, 0);
    expect(keyring.held(12 * 3_600_000 - 1)).not.toBeNull();
    expect(keyring.held(12 * 3_600_000)).toBeNull();
    expect(keyring.is_open()).toBe(false);
    expect([...keys.box.secret_key].every((byte) => byte === 0)).toBe(true);
  });
});

describe('a store that the browser threw away', () => {
  it('is told once', async () => {
    await emptied();
    expect(await check_vanished()).toBe(false);
    expect(await check_vanished()).toBe(false);
    await (await database()).clear('meta');
    expect(await check_vanished()).toBe(true);
    expect(await meta('vanished')).toBe(true);
    expect(await check_vanished()).toBe(false);
  });
});
