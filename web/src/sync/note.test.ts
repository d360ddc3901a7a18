import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptied, enrolled_phone, everything_kept, ids, type Phone } from '../../test/phone.ts';
import { text_of } from '../crypto/bytes.ts';
import { open } from '../crypto/sealed_box.ts';
import { database } from '../store/db.ts';
import * as keyring from '../store/keyring.ts';
import { open_offline, vault_of_login } from '../store/vault.ts';
import type { Draft } from './draft.ts';
import { confirm_entry, note, NotEnrolled, TooLong, undo_entry } from './note.ts';
import { outbox } from './outbox.svelte.ts';
import { own } from './own.svelte.ts';

let phone: Phone;

async function sealed_drafts(): Promise<Draft[]> {
  const records = await (await database()).getAll('outbox');
  return records.map(({ sealed }) => JSON.parse(text_of(open(phone.node, sealed)!)) as Draft);
}

const contact = (text: string) => ({
  kind: 'contact',
  subject: 'ab'.repeat(16),
  body: { team: ids.team, mode: 'street', services: ['listening'], barriers: [], note: text },
});

describe('writing an entry', () => {
  beforeEach(async () => {
    own.close();
    phone = await enrolled_phone();
  });

  it('keeps a draft that only the node can open, with all that it needs', async () => {
    const [draft] = await note(contact('Repasse vendredi'));
    const [read] = await sealed_drafts();
    expect(read).toEqual(draft);
    expect(read!.id).toMatch(/^[0-9a-f]{32}$/);
    expect(read!.author).toBe(ids.account);
    expect(read!.locked).toBe(false);
    expect(read!.hlc).toMatch(/^\d+\.\d+$/);
    expect(await everything_kept()).not.toContain('vendredi');
    expect(await everything_kept()).not.toContain('listening');
  });

  it('shows a row only with its state: never as sent before it is', async () => {
    const add = vi.spyOn(own, 'add').mockImplementationOnce(([draft]) => {
      expect(outbox.state_of(draft!.id)).toBe('on_device');
    });
    await note(contact('Repasse vendredi'));
    expect(add).toHaveBeenCalledOnce();
    add.mockRestore();
  });

  it('several at once are kept together and in order', async () => {
    const person = {
      kind: 'person_created',
      subject: 'ab'.repeat(16),
      body: { alias: 'Momo', team: ids.team },
    };
    await note(person, contact('x'));
    await note(contact('y'));
    const read = await sealed_drafts();
    expect(read.map(({ kind }) => kind)).toEqual(['person_created', 'contact', 'contact']);
    const stamps = read.map(({ hlc }) => hlc.split('.').map(Number) as [number, number]);
    for (let i = 1; i < stamps.length; i += 1) {
      const [a, b] = [stamps[i - 1]!, stamps[i]!];
      expect(b[0] > a[0] || (b[0] === a[0] && b[1] > a[1])).toBe(true);
    }
  });

  it('works locked: noted as such, held by this page, then by the next sign-in', async () => {
    await note(contact('avant'));
    keyring.drop();
    own.close();
    await note(contact('verrouillé'));
    expect((await sealed_drafts()).map(({ locked }) => locked)).toEqual([false, true]);
    expect(own.drafts.map(({ body }) => body.note)).toEqual(['verrouillé']);
    own.close(); // a reload
    await own.open();
    expect(own.drafts).toEqual([]);
    await open_offline((await vault_of_login('samira'))!, 'un mot de passe long');
    await own.open();
    expect(own.drafts.map(({ body }) => body.note).sort()).toEqual(['avant', 'verrouillé']);
  });

  it('undoing and confirming are entries that name the other', async () => {
    const [draft] = await note(contact('x'));
    await undo_entry(draft!, 'person');
    await confirm_entry(draft!, 'person');
    const [, undone, confirmed] = await sealed_drafts();
    expect(undone).toMatchObject({
      kind: 'undone',
      subject: draft!.subject,
      body: { entry: draft!.id, collection: 'person' },
    });
    expect(confirmed).toMatchObject({ kind: 'confirmed', body: { entry: draft!.id } });
  });

  it('refuses before keeping: nobody enrolled, or too long', async () => {
    await expect(note(contact('é'.repeat(5_000)))).rejects.toBeInstanceOf(TooLong);
    expect(await sealed_drafts()).toEqual([]);
    await emptied();
    await expect(note(contact('x'))).rejects.toBeInstanceOf(NotEnrolled);
  });

  it('lets go of past days that the node has, and of nothing else', async () => {
    const old = { instant: 1_700_000_000_000, date: '2023-11-14', minute: 1380, offset: 60 };
    const [sent] = await note({ ...contact('ancien'), occurred: old });
    await note({ ...contact('pas envoyé'), occurred: old });
    await note(contact('aujourd’hui'));
    await own.sweep((id) => id === sent!.id);
    expect(own.drafts.map(({ body }) => body.note)).toEqual(['aujourd’hui', 'pas envoyé']);
    expect(await (await database()).count('own')).toBe(2);
  });
});
