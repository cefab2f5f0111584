/**
 * Keeps the page working without a network: precache.js, written by the build, lists every file of one version.
 * A new version waits until no page of the old one is open, so that a page never loses the files it may still ask for.
 */
importScripts('./precache.js');

// Several copies of the page may live under one origin: each looks after its own caches only.
const prefix = `sgdscope ${self.registration.scope} `;
const cacheName = prefix + self.precache.version;
const page = new URL('./index.html', self.registration.scope).href;

self.addEventListener('install', (event) => {
  // 'no-cache' asks the server again, because names without a hash may be stale in the HTTP cache.
  const requests = self.precache.files.map((file) => new Request(file, { cache: 'no-cache' }));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(requests)));
});

self.addEventListener('activate', (event) => {
  async function takeOver() {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(prefix) && name !== cacheName);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  }
  event.waitUntil(takeOver());
});

async function networkFirst(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(cacheName);
    const kept = await cache.match(page, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

async function cacheFirst(request) {
  const cache = await caches.open(cacheName);
  // Servers say `Vary: Origin`, and a page asks for its modules with an Origin that the install did not send.
  return (await cache.match(request, { ignoreSearch: true, ignoreVary: true })) ?? fetch(request);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(self.registration.scope)) return;
  event.respondWith(request.mode === 'navigate' ? networkFirst(request) : cacheFirst(request));
});
