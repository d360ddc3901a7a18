// A phone of the tests: it seals drafts to the node's key with the web app's own code, keeps what
// it sealed, and sends it with its write-only token, again as often as it is told.
//
//   const phone = await Phone.enrol(url, await session(url, account));
//   const person = await phone.person('Alias', team);
//   const [result] = await phone.send();            // all that is not acknowledged yet
import { randomBytes } from 'node:crypto';
import { seal } from '../../web/src/crypto/sealed_box.ts';
import { padded } from '../../web/src/sync/draft.ts';

export const new_id = () => randomBytes(16).toString('hex');

export function stamp(now) {
  const wall = new Date(now + 3_600_000);
  return { instant: now, date: wall.toISOString().slice(0, 10),
    minute: wall.getUTCHours() * 60 + wall.getUTCMinutes(), offset: 60 };
}

export class Phone {
  notes = []; // { id, subject, kind, sequence, sealed, result }
  counter = 0;

  static async enrol(url, signed) {
    const enrolled = await signed.post('/api/v1/devices', { label: 'essai' });
    if (enrolled.status !== 200) throw new Error(JSON.stringify(enrolled));
    const node = await (await fetch(`${url}/api/v1/node`)).json();
    const phone = new Phone();
    phone.url = url;
    phone.token = enrolled.body.token;
    phone.device = enrolled.body.device;
    phone.author = signed.info.account;
    phone.key = Uint8Array.from(Buffer.from(node.sealing_key, 'hex'));
    return phone;
  }

  note(kind, subject, body, { author = this.author } = {}) {
    const now = Date.now();
    const draft = { id: new_id(), subject, kind, version: 1, occurred: stamp(now),
      hlc: `${now}.${this.counter++}`, author, locked: false, body };
    const sealed = Buffer.from(seal(this.key, padded(JSON.stringify(draft)))).toString('base64');
    this.notes.push({ id: draft.id, subject, kind, sequence: this.notes.length + 1, sealed, result: null });
    return draft.id;
  }

  person(alias, team) {
    const id = new_id();
    this.note('person_created', id, { alias, team });
    return id;
  }

  contact(person, team, text) {
    return this.note('contact', person,
      { team, mode: 'street', services: [], barriers: [], ...(text ? { note: text } : {}) });
  }

  // A pathway of this person, with this phone's account as its référent.
  open_pathway(person, team, organisation) {
    return this.note('pathway_opened', person, { organisation, team, referent: this.author });
  }

  // Her agreement to share these fields with another organisation, and the relay that rests on it.
  relay(person, organisation, to, fields) {
    const consent = this.note('sharing_agreed', person, { purpose: 'relay', organisation: to, fields,
      how: 'shown', wording: 'partage-1', receipt_number: '', receipt: 'screen', replaces: [] });
    this.note('relay', person, { relay: new_id(), act: 'proposed', organisation, to, need: 'un logement', consent });
  }

  // Sends these notes in one batch; their results, or null when there was no answer.
  async post(notes) {
    const answer = await fetch(`${this.url}/api/v1/sync`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Device ${this.token}` },
      body: JSON.stringify({ entries: notes.map(({ id, sequence, sealed }) => ({ id, sequence, sealed })) }),
    }).catch(() => null);
    if (answer === null) return null;
    const body = await answer.json().catch(() => null);
    this.status = answer.status;
    if (answer.status !== 200 || body === null) return null;
    this.log = body.log;
    for (const result of body.results) {
      const note = notes.find((one) => one.id === result.id);
      if (note) note.result = result;
    }
    return body.results;
  }

  // Everything that waits, by batches; false when the node was away.
  async send(size = 100) {
    for (;;) {
      const waiting = this.notes.filter((note) => note.result === null).slice(0, size);
      if (waiting.length === 0) return true;
      if ((await this.post(waiting)) === null) return false;
    }
  }
}
