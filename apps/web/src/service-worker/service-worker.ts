/*
 * Keeps the app itself on the device, so that it starts without a network: people read, search and write, and what
 * they wrote goes out later. It never touches /api, and knows nothing of messages or keys.
 *
 * A page is asked for from the server first, so that a new version is seen at once, and comes from the cache when the
 * server does not answer soon. Everything else comes from the cache first: files under /assets have their hash in their
 * name and never change, and the few others are replaced together with this worker. A network that swallows what it is
 * given must not hold up a page that has all it needs.
 *
 * A new worker takes over at once, also from the tabs that run an earlier version. Those still load parts of theirs,
 * which the server may not have any more: earlier caches stay for as long as one of these tabs does.
 */
declare const self: ServiceWorkerGlobalScope;
/** Put in by the build: a hash over all of it, and what a start without a network needs. */
declare const BUILD: string;
declare const FILES: string[];

const cacheName = `sotto-${BUILD}`;
const pageTimeoutMs = 3_000;
/** Where the ids of the tabs are noted that were there before this version; in its cache, since workers come and go. */
const earlierTabsPath = "/earlier-tabs";

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
    noteEarlierTabs()
      .then(dropEarlierCaches)
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(answerPage(request));
    event.waitUntil(dropEarlierCaches());
  } else if (pathname.startsWith("/assets/")) event.respondWith(answerAsset(request));
  else if (FILES.includes(pathname)) event.respondWith(answerFile(request, pathname));
});

async function listTabs(): Promise<string[]> {
  const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return tabs.map(({ id }) => id);
}

async function noteEarlierTabs(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.put(earlierTabsPath, Response.json(await listTabs()));
}

async function dropEarlierCaches(): Promise<void> {
  const cache = await caches.open(cacheName);
  const noted = await cache.match(earlierTabsPath);
  const earlier = noted ? ((await noted.json()) as string[]) : [];
  const open = new Set(await listTabs());
  if (earlier.some((id) => open.has(id))) return;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)));
}

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
  return (await findFile(path)) ?? fetch(request);
}

async function cached(path: string): Promise<Response> {
  return (await findFile(path)) ?? Response.error();
}

/** Of this version: the same path may be in the cache of an earlier one. */
async function findFile(path: string): Promise<Response | undefined> {
  return (await caches.open(cacheName)).match(path);
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
