// The page from the browser's own cache: it opens without a network. Built with the list of files and a name that changes with any of them.
const FILES = self.ONWARD_FILES;
const CACHE = self.ONWARD_CACHE;
const LANGUAGES = self.ONWARD_WORDS;
const WORDS = LANGUAGES[self.location.search.slice(1)] ?? LANGUAGES.en; // of the page's language; an older page names none

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...FILES, WORDS])).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith('onward-page-') && name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || request.cache === 'no-store' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.mode === 'navigate' ? './' : request, { ignoreSearch: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.status === 200) await cache.put(request, response.clone()); // a recording that was opened once
  return response;
}
