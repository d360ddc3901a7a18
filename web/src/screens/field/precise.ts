// What was counted with one touch is made more precise afterwards.
import type { Draft } from '../../sync/draft.ts';
import type { Entry } from '../../sync/note.ts';
import { said, taken_back, type Precision } from './entries.ts';

/** What was counted is made more precise: the first is taken back, another stands at its moment. */
export function made_precise(
  line: Pick<Draft, 'id' | 'subject' | 'kind' | 'occurred' | 'body'>,
  more: Precision,
): Entry[] {
  const { sex: _s, age_band: _a, acquaintance: _k, ...rest } = line.body;
  return [
    taken_back(line),
    {
      kind: 'encounter',
      subject: line.subject,
      occurred: line.occurred,
      body: said({ ...rest, ...more }),
    },
  ];
}
