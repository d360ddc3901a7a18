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

start_theme();
wide.start();
here.start();
await Promise.all([language.start(), session.start()]);
mount(App, { target: document.getElementById('app')! });
update.start();
