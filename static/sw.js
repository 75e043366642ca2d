/* Opens the scanner without a network. VERSION and FILES stand before this text (web/shell/service_worker.py).
   Only GET: files under /static/, and pages whose address ends in /scan; everything else goes past it untouched. */
var STATIC = 'static-' + VERSION, PAGES = 'pages-' + VERSION, PATIENCE = 4000, AN_HOUR = 3600000;
var START = '/lead/scan', INSTEAD = ['/', '/lead'];

self.addEventListener('install', function (event) {
  event.waitUntil(caches.open(STATIC).then(function (cache) { return cache.addAll(FILES); })
    .then(keptBefore).then(keep).then(function () { return self.skipWaiting(); }));
});

self.addEventListener('activate', function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return name !== STATIC && name !== PAGES; }).map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});

self.addEventListener('message', function (event) {
  if (event.data.forget) event.waitUntil(forget());
  if (event.data.keep) event.waitUntil(keep(event.data.keep));
});

self.addEventListener('fetch', function (event) {
  var request = event.request, path = new URL(request.url).pathname;
  if (new URL(request.url).origin !== location.origin) return;
  if (request.method === 'POST' && path === '/sign-out') event.waitUntil(forget());
  if (request.method !== 'GET' || request.headers.get('HX-Request')) return;
  if (path.indexOf('/static/') === 0) event.respondWith(file(request));
  else if (request.mode === 'navigate' && /\/scan$/.test(path)) event.respondWith(open(event, path));
  else if (request.mode === 'navigate' && INSTEAD.includes(path)) event.respondWith(start(request));
});

function file(request) {
  return caches.match(request, { ignoreVary: true }).then(function (kept) { return kept || fetch(request); });
}

/* The network first, for a short while; then what is kept. */
async function open(event, path) {
  var kept = await caches.match(path, { ignoreVary: true });
  var asked = fetch(event.request).then(function (answer) { return look(answer, path); });
  event.waitUntil(asked.catch(function () {}));
  if (!kept) return asked;
  var late = new Promise(function (resolve) { setTimeout(resolve, PATIENCE); });
  var answer = await Promise.race([asked.catch(function () {}), late]);
  return answer && answer.status < 500 ? answer : kept;
}

/* A page is kept anew; being led elsewhere means that nobody is signed in any more. */
async function look(answer, path) {
  if (answer.ok && !answer.redirected) await put(path, answer.clone());
  else if (answer.type === 'opaqueredirect' || answer.redirected || answer.status === 401) await forget();
  else if (answer.status === 404) await (await caches.open(PAGES)).delete(path);
  return answer;
}

/* Opened from the home screen in a hall: the list of sessions instead of nothing. */
async function start(request) {
  try {
    return await fetch(request);
  } catch (error) {
    var kept = await caches.match(START, { ignoreVary: true });
    return kept ? Response.redirect(START) : Response.error();
  }
}

async function put(path, answer) {
  return (await caches.open(PAGES)).put(path, answer);
}

async function keptBefore() {
  var names = (await caches.keys()).filter(function (name) { return name.indexOf('pages-') === 0 && name !== PAGES; });
  var caught = await Promise.all(names.map(function (name) { return caches.open(name).then(function (cache) { return cache.keys(); }); }));
  return caught.flat().map(function (request) { return new URL(request.url).pathname; });
}

/* Pages of these addresses, unless they were fetched within the hour. */
async function keep(paths) {
  var cache = await caches.open(PAGES);
  await Promise.all(paths.map(async function (path) {
    var kept = await cache.match(path, { ignoreVary: true });
    if (kept && Date.now() - Date.parse(kept.headers.get('date') || 0) < AN_HOUR) return;
    try {
      var answer = await fetch(path, { credentials: 'same-origin', redirect: 'error' });
      if (answer.ok) await cache.put(path, answer);
    } catch (error) { /* what was kept stays */ }
  }));
  (await self.clients.matchAll({ includeUncontrolled: true })).forEach(function (one) { one.postMessage({ kept: true }); });
}

/* The sign-in has ended: pages and pack go. Scans that wait stay. */
async function forget() {
  var names = await caches.keys();
  await Promise.all(names.filter(function (name) { return name.indexOf('pages-') === 0; }).map(function (name) { return caches.delete(name); }));
  await new Promise(function (resolve) {
    var request = indexedDB.open('elderlearn-scans');
    request.onupgradeneeded = function () { request.transaction.abort(); };
    request.onerror = resolve;
    request.onsuccess = function () {
      var db = request.result, names = ['pack', 'seen'].filter(function (name) { return db.objectStoreNames.contains(name); });
      if (!names.length) { db.close(); resolve(); return; }
      var work = db.transaction(names, 'readwrite');
      names.forEach(function (name) { work.objectStore(name).clear(); });
      work.oncomplete = work.onerror = work.onabort = function () { db.close(); resolve(); };
    };
  });
}
