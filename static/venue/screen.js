/* The code of the hall changes by the server's clock. Times here are only lengths; the clock of this computer may
   be hours wrong. A code that is over does not stay: without network the picture goes and a sentence says why. */
(function () {
  'use strict';
  var LOOK = 250, AGAIN = 2000, PATIENCE = 6000, AFTER = 150, BEFORE = 500;
  var place = document.getElementById('code');
  if (!place) return;
  var since = stopwatch(performance.now()), asking = false, tryAt = 0;

  /* Two clocks: one may stand still while the computer sleeps, the other may be set anew. The later one counts. */
  function stopwatch(ahead) {
    var steady = performance.now(), wall = Date.now();
    return function () { return (ahead || 0) + Math.max(performance.now() - steady, Date.now() - wall); };
  }

  function look() {
    var gone = since();
    var good = Number(place.dataset.good), next = Number(place.dataset.next);
    if (good && gone >= good - BEFORE) place.classList.add('is-over');
    if (!asking && gone >= Math.max(next + AFTER, tryAt)) ask();
  }

  function ask() {
    var started = stopwatch(0), stop = new AbortController();
    var patience = setTimeout(function () { stop.abort(); }, PATIENCE);
    asking = true;
    fetch(location.pathname, { headers: { 'HX-Request': 'true' }, cache: 'no-store', signal: stop.signal })
      .then(function (answer) {
        if (answer.status >= 400 && answer.status < 500) { location.reload(); throw new Error('not ours any more'); }
        if (!answer.ok) throw new Error('busy');
        return answer.text();
      })
      .then(function (text) {
        var found = new DOMParser().parseFromString(text, 'text/html').getElementById('code');
        if (!found) throw new Error('no code');
        place.replaceWith(found);
        place = found;
        since = started;
        tryAt = 0;
      })
      .catch(function () {
        tryAt = since() + AGAIN;
        place.querySelector('[data-part=trying]').hidden = false;
      })
      .then(function () { clearTimeout(patience); asking = false; });
  }

  setInterval(look, LOOK);
  document.addEventListener('visibilitychange', function () { look(); stayAwake(); });
  window.addEventListener('online', function () { tryAt = 0; look(); });
  window.addEventListener('pageshow', look);

  /* The screen stays on where the browser can promise it. */
  function stayAwake() {
    if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return;
    navigator.wakeLock.request('screen').catch(function () {});
  }
  stayAwake();

  var full = document.querySelector('[data-part=full]');
  if (full && document.fullscreenEnabled) {
    full.hidden = false;
    full.addEventListener('click', function () {
      if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen();
    });
  }
})();
