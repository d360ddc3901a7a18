// What the role opens on a person's page (core/access/rules.policy). It hides only: the node decides.
import { session } from '../../app/session.svelte.ts';

export const may = {
  read: () => session.may('pathway.read'),
  write: () => session.may('pathway.write'),
  step: () => session.may('step.write'),
  name: () => session.may('referent.name'),
  share: () => session.may('consent.write'),
  relay: () => session.may('relay.write'),
};
