// Her page stands alone: no account, no store, no worker, and a title that says nothing.
import { mount } from 'svelte';
import '../../styles/fonts.css';
import '../../styles/tokens.css';
import '../../styles/components.css';
import '../../styles/app.css';
import { take_token } from '../secret.ts';
import { of_browser, speak } from '../tongue.ts';
import { leave_fast } from './held.ts';
import Young from './Young.svelte';

const token = take_token();
window.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') leave_fast();
});
// A page that the browser kept to come back to shows nothing of before.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
await speak(of_browser());
mount(Young, { target: document.getElementById('app')!, props: { token } });
