// Day, night, or as the system says (outreach happens after dark).
export type Theme = 'system' | 'day' | 'night';

export function theme(): Theme {
  const kept = localStorage.getItem('theme');
  return kept === 'day' || kept === 'night' ? kept : 'system';
}

export function choose_theme(wanted: Theme): void {
  if (wanted === 'system') {
    localStorage.removeItem('theme');
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem('theme', wanted);
    document.documentElement.dataset.theme = wanted;
  }
}

export function start_theme(): void {
  const now = theme();
  if (now !== 'system') document.documentElement.dataset.theme = now;
}
