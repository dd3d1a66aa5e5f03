/*
 * Keeps the app itself on the device, so that it starts without a network: people read, search and write, and what
 * they wrote goes out later. It never touches /api, and knows nothing of messages or keys.
 *
 * A page is asked for from the server first, so that a new version is seen at once, and comes from the cache when the
 * server does not answer soon. Everything else comes from the cache first: files under /assets have their hash in their
 * name and never change, and the few others are replaced together with this worker. A network that swallows what it is
 * given must not hold up a page that has all it needs.
 */
declare const self: ServiceWorkerGlobalScope;
/** Put in by the build: a hash over all of it, and what a start without a network needs. */
declare const BUILD: string;
declare const FILES: string[];

const cacheName = `sotto-${BUILD}`;
const pageTimeoutMs = 3_000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll(FILES))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(answerPage(request));
  else if (pathname.startsWith("/assets/")) event.respondWith(answerAsset(request));
  else if (FILES.includes(pathname)) event.respondWith(answerFile(request, pathname));
});

async function answerPage(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(pageTimeoutMs) });
  } catch {
    return cached("/");
  }
}

async function answerAsset(request: Request): Promise<Response> {
  const known = await caches.match(request);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(cacheName)).put(request, response.clone());
  return response;
}

async function answerFile(request: Request, path: string): Promise<Response> {
  return (await caches.match(path)) ?? fetch(request);
}

async function cached(path: string): Promise<Response> {
  return (await caches.match(path)) ?? Response.error();
}

/* A press on a notification goes to a tab that is there, or opens one. */
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPath((event.notification.data as { path: string }).path));
});

async function openPath(path: string): Promise<void> {
  const [tab] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!tab) {
    await self.clients.openWindow(path);
    return;
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows; a client has one origin
  tab.postMessage({ openPath: path });
  await tab.focus();
}
