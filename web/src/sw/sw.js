// The worker of the shell, written by hand. The build fills the version and the list of files.
// It serves the app's own files from its cache first, answers any navigation with the shell, and
// never touches /api. It waits when it is new: the page says when to take over ('apply').
const version = '__VERSION__';
const files = '__FILES__';
const shell_cache = `shell-${version}`;
const alone = ['/mon-carnet', '/reponse']; // pages of somebody else's: never kept, never the shell
const asset_cache = 'assets'; // hashed names: what was fetched once stays true

addEventListener('install', (event) => {
  event.waitUntil(fill());
});

async function fill() {
  const cache = await caches.open(shell_cache);
  await Promise.all(
    files.map(async (path) => {
      // Hashed files of the last version are taken over instead of fetched again.
      const old = path.startsWith('/assets/') ? await caches.match(path) : undefined;
      const fresh = path.startsWith('/assets/') ? 'default' : 'no-cache';
      const response = old ?? (await fetch(path, { cache: fresh, credentials: 'omit' }));
      if (!response.ok) throw new Error(path);
      await cache.put(path, response);
    }),
  );
}

addEventListener('activate', (event) => {
  event.waitUntil(sweep());
});

async function sweep() {
  for (const name of await caches.keys()) {
    if (name !== shell_cache && name !== asset_cache) await caches.delete(name);
  }
  await clients.claim();
}

addEventListener('message', (event) => {
  if (event.data === 'apply') skipWaiting();
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (url.pathname.startsWith('/api/') || alone.includes(url.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(shell());
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request, url.pathname));
  else if (files.includes(url.pathname)) event.respondWith(kept(request, url.pathname));
});

async function shell() {
  const cache = await caches.open(shell_cache);
  return (await cache.match('/')) ?? fetch('/');
}

async function kept(request, path) {
  const cache = await caches.open(shell_cache);
  return (await cache.match(path)) ?? fetch(request);
}

async function asset(request, path) {
  const have = await caches.match(path);
  if (have) return have;
  const response = await fetch(request);
  if (response.ok) {
    const cache = await caches.open(asset_cache);
    await cache.put(path, response.clone());
  }
  return response;
}
