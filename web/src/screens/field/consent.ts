// On va plus loin ? The answers of the four screens as entries (R94, J03). Nothing is ticked in
// advance. No answer to a question of agreement is no; no answer about a mission of public interest
// is not recorded, because she did not object.
import type { Schemas } from '../../api/client.ts';
import type { Entry } from '../../sync/note.ts';
import { live_entries, type PersonState } from './person_view.ts';
import type { ConsentScreen } from './wording.ts';

export type Answers = Partial<Record<Schemas['Purpose'], boolean>>;

export interface Given {
  first_name: string;
  reach_kind: Schemas['ReachKind'] | null;
  reach: string;
}

export const nothing_given: Given = { first_name: '', reach_kind: null, reach: '' };

/** What is missing to go on from the screen about reaching her: only if she said yes. */
export function missing(answers: Answers, given: Given): 'first_name' | 'reach' | null {
  if (answers.contact_me !== true) return null;
  if (given.first_name.trim() === '') return 'first_name';
  const by_word = given.reach_kind !== null && given.reach_kind !== 'in_person';
  return by_word && given.reach.trim() === '' ? 'reach' : null;
}

interface Told {
  how: Schemas['HowExplained'];
  wording: string;
}

/** When she went through all the screens. */
export function all_answered(
  id: string,
  person: PersonState,
  screens: readonly ConsentScreen[],
  answers: Answers,
  given: Given,
  told: Told & { receipt_number: string; receipt: Schemas['ReceiptForm'] },
): Entry[] {
  const entries: Entry[] = [];
  if (answers.contact_me === true) {
    const { reach_kind } = given;
    const reach = reach_kind === 'in_person' ? '' : given.reach.trim();
    entries.push({
      kind: 'identity_given',
      subject: id,
      body: {
        first_name: given.first_name.trim(),
        ...(reach_kind ? { reach_kind } : {}),
        ...(reach_kind && reach ? { reach } : {}),
        replaces: [
          ...live_entries(person.first_name),
          ...(reach_kind ? live_entries(person.reach) : []),
        ],
      },
    });
  }
  const heard = screens.flatMap(({ purpose, basis }) => {
    const answer = answers[purpose];
    if (answer === undefined && basis === 'public_interest') return [];
    return [{ purpose, basis, agreed: answer ?? false }];
  });
  entries.push(recorded(id, person, heard, told));
  return entries;
}

/** When she stopped on the way: nothing is kept but what she refused in so many words. */
export function only_refusals(
  id: string,
  person: PersonState,
  screens: readonly ConsentScreen[],
  answers: Answers,
  told: Told,
): Entry[] {
  const refused = screens
    .filter(({ purpose }) => answers[purpose] === false)
    .map(({ purpose, basis }) => ({ purpose, basis, agreed: false }));
  if (refused.length === 0) return [];
  return [recorded(id, person, refused, { ...told, receipt_number: '', receipt: 'refused' })];
}

function recorded(
  id: string,
  person: PersonState,
  answers: Schemas['PurposeAnswer'][],
  told: Told & { receipt_number: string; receipt: Schemas['ReceiptForm'] },
): Entry {
  const about = new Set(answers.map(({ purpose }) => purpose));
  const replaces = [
    ...new Set(person.consents.filter((one) => about.has(one.purpose)).map(({ entry }) => entry)),
  ];
  const body: Schemas['ConsentRecorded'] = { answers, ...told, replaces };
  return { kind: 'consent_recorded', subject: id, body };
}
