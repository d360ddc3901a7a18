import { beforeEach, describe, expect, it, vi } from 'vitest';
import { enrolled_phone, everything_kept } from '../../test/phone.ts';
import { database } from './db.ts';
import * as keyring from './keyring.ts';
import { unfinished } from './unfinished.svelte.ts';
import { open_offline, vault_of_login } from './vault.ts';

const password = 'un mot de passe long';
const unlock = async () => {
  await open_offline((await vault_of_login('samira'))!, password);
};
const rows = async () => (await database()).count('drafts');

describe('forms begun and not saved', () => {
  beforeEach(async () => {
    unfinished.forget();
    await enrolled_phone(password);
  });

  it('is durable after a pause, and given back to its author', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const form = unfinished.form<{ note: string }>('noter');
    form.save({ note: 'Cherche un CFA' });
    expect(form.kept).toBe(false);
    expect(await rows()).toBe(0);
    vi.advanceTimersByTime(300);
    vi.useRealTimers();
    await form.flush();
    expect(form.kept).toBe(true);
    expect(await everything_kept()).not.toContain('CFA');
    unfinished.forget(); // a reload
    expect((await form.find())?.value).toEqual({ note: 'Cherche un CFA' });
    await form.drop();
    expect(await rows()).toBe(0);
  });

  it('locked: kept without being readable, beside what was begun before', async () => {
    const form = unfinished.form<{ note: string }>('noter');
    form.save({ note: 'avant' });
    await unfinished.flush();
    unfinished.forget();
    keyring.drop();
    expect(await form.find()).toBeNull();
    form.save({ note: 'verrouillé' });
    await unfinished.flush();
    expect((await form.find())?.value.note).toBe('verrouillé'); // this page still holds it
    unfinished.forget();
    expect(await form.find()).toBeNull();
    expect(await rows()).toBe(2);
    await unlock();
    const given: (string | undefined)[] = [];
    for (let i = 0; i < 2; i += 1) {
      given.push((await form.find())?.value.note);
      await form.drop();
    }
    expect(given.sort()).toEqual(['avant', 'verrouillé']);
    expect(await form.find()).toBeNull();
  });

  it('going on with what was given back replaces it, not doubles it', async () => {
    const form = unfinished.form<{ note: string }>('tournee');
    form.save({ note: 'un' });
    await form.flush();
    unfinished.forget();
    await form.find();
    form.save({ note: 'un, deux' });
    await form.flush();
    expect(await rows()).toBe(1);
    unfinished.forget();
    expect((await form.find())?.value.note).toBe('un, deux');
  });

  it('what is begun while an older one is looked for stays, and both are kept', async () => {
    const form = unfinished.form<{ note: string }>('noter');
    form.save({ note: 'avant' });
    await form.flush();
    unfinished.forget();
    const looking = form.find();
    form.save({ note: 'devant moi' });
    expect(await looking).toBeNull();
    await form.flush();
    expect((await form.find())?.value.note).toBe('devant moi');
    expect(await rows()).toBe(2);
  });

  it('a list that is closed while one is read does not give it back', async () => {
    const form = unfinished.form<{ note: string }>('noter');
    form.save({ note: 'un' });
    await form.flush();
    unfinished.forget();
    const parse = JSON.parse.bind(JSON);
    const read = vi.spyOn(JSON, 'parse').mockImplementation((text: string) => {
      if (text.includes('"un"')) keyring.drop();
      return parse(text);
    });
    expect(await form.find()).toBeNull();
    expect(read).toHaveBeenCalled();
    read.mockRestore();
    expect(keyring.held()).toBeNull();
  });

  it('looked for twice at once, it is found twice', async () => {
    const form = unfinished.form<{ note: string }>('noter');
    form.save({ note: 'un' });
    await form.flush();
    unfinished.forget();
    const found = await Promise.all([form.find(), form.find()]);
    expect(found.map((one) => one?.value.note)).toEqual(['un', 'un']);
  });
});
