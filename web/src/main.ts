import { mount } from 'svelte';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/components.css';
import './styles/app.css';
import App from './App.svelte';
import { language } from './app/i18n.svelte.ts';
import { here } from './app/location.svelte.ts';
import { session } from './app/session.svelte.ts';
import { start_theme } from './app/theme.ts';
import { update } from './app/update.svelte.ts';
import { wide } from './app/wide.svelte.ts';

const soon_ms = 1_500;
const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));

start_theme();
wide.start();
if (isSecureContext) {
  here.start();
  // Nobody was ever here: the sign-in is drawn at once, and the store is opened after it.
  const first_visit = localStorage.getItem('store-born') === null;
  if (first_visit) session.phase = 'absent';
  const early = first_visit ? null : session.start();
  // A desk that resumes its session asks the node first; a slow node must not leave a blank page.
  const late = new Promise((done) => setTimeout(done, soon_ms));
  await Promise.all([language.start(), early && Promise.race([early, late])]);
  mount(App, { target: document.getElementById('app')! });
  update.start();
  await (early ?? painted().then(() => session.start()));
  void session.work();
} else {
  // Without HTTPS the browser gives neither keys nor a store that lasts.
  document.getElementById('app')!.textContent =
    'Cette adresse n’est pas sûre : ouvrez Fil rouge en https://. · Open Fil rouge over https://.';
}
