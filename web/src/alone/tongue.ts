// The language of a page that stands alone: that of the browser, changed by a button, kept nowhere.
import { language, type Language } from '../app/i18n.svelte.ts';

export async function speak(wanted: Language): Promise<void> {
  await language.ready(wanted);
  language.now = wanted;
  document.documentElement.lang = wanted;
}

export const of_browser = (): Language =>
  /^en\b/i.test(navigator.language) ? 'en' : 'fr';
