// The answer of an organisation outside the platform stands alone: no account, no store.
import { mount } from 'svelte';
import '../../styles/fonts.css';
import '../../styles/tokens.css';
import '../../styles/components.css';
import '../../styles/app.css';
import { take_token } from '../secret.ts';
import { of_browser, speak } from '../tongue.ts';
import Outside from './Outside.svelte';

const token = take_token();
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
await speak(of_browser());
mount(Outside, { target: document.getElementById('app')!, props: { token } });
