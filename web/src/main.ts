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

start_theme();
wide.start();
if (isSecureContext) {
  here.start();
  const started = session.start();
  // Nobody was ever here: the sign-in is drawn at once, the store opens meanwhile.
  if (localStorage.getItem('store-born') === null) session.phase = 'absent';
  // A desk that resumes its session asks the node first; a slow node must not leave a blank page.
  const late = new Promise((done) => setTimeout(done, soon_ms));
  const ready = session.phase === 'absent' ? null : Promise.race([started, late]);
  await Promise.all([language.start(), ready]);
  mount(App, { target: document.getElementById('app')! });
  update.start();
  void started.then(() => session.work());
} else {
  // Without HTTPS the browser gives neither keys nor a store that lasts.
  document.getElementById('app')!.textContent =
    'Cette adresse n’est pas sûre : ouvrez Fil rouge en https://. · Open Fil rouge over https://.';
}
