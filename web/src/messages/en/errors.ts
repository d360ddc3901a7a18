import type { Catalogue } from '../../app/i18n.svelte.ts';
import type fr from '../fr/errors.ts';

const en: Catalogue<typeof fr> = {
  codes: {
    network: 'The network does not answer. Nothing is lost; try again in a moment.',
    invalid: 'A value does not fit.',
    malformed: 'The request could not be read.',
    unauthenticated: 'The session has ended. Sign in again.',
    forbidden: 'Your role does not open this.',
    not_found: 'Not found, or not for this account.',
    conflict: 'Someone changed it meanwhile. Reload and start again.',
    too_large: 'Too long or too heavy.',
    refused: 'A rule forbids it.',
    throttled: 'Too many tries. Wait a little.',
    quarantined: 'Received, but set aside: someone must check it.',
    unsupported: 'This version cannot do that.',
    unavailable: 'The service is busy. Try again in a moment.',
    full: 'No space left on the server. Tell the administration.',
    timeout: 'The answer took too long. Try again.',
    internal: 'Our fault. What was noted is kept.',
  },
  reference: (code) => `Code to tell support: ${code}`,
};

export default en;
