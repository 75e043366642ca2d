/* The service worker: opens the scanner without a network. What it may promise is said on the page. */
(function () {
  'use strict';
  var container = navigator.serviceWorker;

  /* Pages of these sessions are kept for the hall; [] when there are none, null when the sign-in has ended. */
  document.addEventListener('pack', function (event) {
    if (!container) return;
    container.ready.then(function (registration) {
      if (!event.detail) { registration.active.postMessage({ forget: true }); return; }
      var paths = /\/scan$/.test(location.pathname) ? [location.pathname] : [];
      if (document.getElementById('scans-here').dataset.pack === '/lead/pack') {
        paths = paths.concat('/lead/scan', event.detail.map(function (id) { return '/lead/sessions/' + id + '/scan'; }));
      }
      registration.active.postMessage({ keep: Array.from(new Set(paths)) });
    });
  });
  if (container) container.addEventListener('message', function () { document.dispatchEvent(new Event('kept')); });
  if (container && window.isSecureContext) container.register('/sw.js').catch(function () { container = null; });

  /* Whether this very page opens again without a network. */
  async function reloads() {
    try {
      if (!container || !(await container.getRegistration())) return false;
      return Boolean(await caches.match(location.pathname));
    } catch (error) {
      return false;
    }
  }

  /* Whether the phone promises to keep what it has. Some browsers ask the person first: only once she has scanned. */
  async function keeps(asks) {
    try { return await navigator.storage.persisted() || (asks && await navigator.storage.persist()); } catch (error) { return false; }
  }

  async function forgetPages() {
    try {
      var names = await caches.keys();
      await Promise.all(names.filter(function (name) { return name.indexOf('pages-') === 0; }).map(function (name) { return caches.delete(name); }));
    } catch (error) { /* a browser without it has kept no page */ }
  }

  window.elderlearn.offline = { reloads: reloads, keeps: keeps, forgetPages: forgetPages };
})();
