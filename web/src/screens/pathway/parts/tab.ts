// What each tab of a person's page receives.
import type { PersonState } from '../../field/person_view.ts';
import type { Me } from '../entries.ts';
import type { PathwayPage } from '../page.svelte.ts';

export interface TabProps {
  page: PathwayPage;
  person: PersonState;
  name: string;
  me: Me | null; // null: nothing can be written by this account
}
