// What a relay and an agreement need from the page and from the catalogues.
import type { SharedField } from '../../api/pathway.ts';
import { t as field_words } from '../../messages/field.ts';
import { t } from '../../messages/handing.ts';
import { subjects } from './subjects.ts';
import type { PathwayPage } from './page.svelte.ts';
import type { SummaryWords } from './summary.ts';

/** Version of the words shown with an agreement to share: it is noted with the act. */
export const sharing_wording = 'partage-1';

export const summary_words = (): SummaryWords => ({
  barrier: (barrier) => subjects([barrier]),
  age: (band) => (field_words.m.ages_long as Record<string, string>)[band] ?? '',
  reach: (kind, value) =>
    [(t.m.reach_kinds as Record<string, string>)[kind], value].filter(Boolean).join(' '),
  contacts: t.m.sum_contacts,
  steps: t.m.sum_steps,
  appointments: t.m.sum_appointments,
  exits: t.m.sum_exits,
  restricted: t.m.restricted,
});

/** Organisations that are on her thread already. */
export function known_organisations(page: PathwayPage): Set<string> {
  const on_thread = (page.thread?.organisations ?? []).map(({ id }) => id);
  const in_steps = (page.told?.steps ?? []).map(({ set }) => set.organisation);
  return new Set([...on_thread, ...in_steps]);
}

/** Withdrawals that this worker has before the eyes: a new agreement says that it knew of them. */
export const withdrawn_before = (page: PathwayPage, organisation: string): string[] =>
  (page.sharing?.withdrawals ?? [])
    .filter((one) => one.organisation === undefined || one.organisation === organisation)
    .map(({ entry }) => entry);

/** "Son prénom, son projet, dans ses mots": what may be read, or that they only meet. */
export function say_fields(fields: readonly SharedField[]): string {
  if (fields.length === 0) return t.m.meets_only;
  const words = fields.map((one) => t.m.fields[one]);
  return words
    .map((one, n) => (n === 0 ? one : one.charAt(0).toLowerCase() + one.slice(1)))
    .join(' · ');
}
