/* A course that is not open yet opens here at the server's time, without asking anybody at that moment.
   Only the page's own stopwatch counts: a telephone whose clock is wrong by hours opens like any other. The count
   begins when the answer comes, a little after the server wrote it: so it opens a little late, never too early. */
(function () {
  'use strict';
  var EARLIEST = 90000, LATEST = 15000;  /* once more in these ms before the opening, everybody at another moment */
  var AT_MOST_EVERY = 20000;
  var SLEPT = 5000;  /* the telephone's clock went on without the stopwatch, or was set anew */
  var at = 0, asked = 0, asksAt = 0, apart = Date.now() - performance.now();

  function here() { return document.getElementById('opening'); }
  function passed() { return performance.now(); }

  function begin(since) {
    var box = here();
    if (!box) return;
    at = since + Number(box.dataset.opensIn);
    asked = since;
    asksAt = at - LATEST - Math.random() * (EARLIEST - LATEST);
    if (asksAt < since + AT_MOST_EVERY) asksAt = Infinity;  /* told a moment ago */
    show(box, '[data-by-itself]', true);
    show(box, '[data-by-hand]', false);
    tick();
  }

  function tick() {
    var box = here();
    if (!box || box.dataset.isOpen) return;
    var now = Date.now() - passed();
    if (Math.abs(now - apart) > SLEPT) { apart = now; ask(); }
    if (passed() >= asksAt) { asksAt = Infinity; ask(); }
    if (passed() >= at) open(box); else count(box, Math.ceil((at - passed()) / 1000));
  }

  function open(box) {
    box.dataset.isOpen = 'yes';
    show(box, '[data-until-open]', false);
    show(box, '[data-when-open]', true);
    var fields = box.querySelector('fieldset');
    fields.hidden = false;
    fields.disabled = false;
    var place = fields.getBoundingClientRect();
    if (place.top < 0 || place.bottom > window.innerHeight) fields.scrollIntoView({ block: 'center' });
  }

  function count(box, seconds) {
    var left = box.querySelector('[data-left]'), said = left.dataset.seconds;
    if (seconds >= 86400) { left.hidden = true; return; }
    if (seconds >= 60) said = seconds >= 3600 ? left.dataset.hours : left.dataset.minutes;
    var minutes = Math.floor(seconds / 60);
    said = said.replace('{h}', Math.floor(minutes / 60)).replace('{m}', seconds >= 3600 ? minutes % 60 : minutes)
      .replace('{s}', seconds >= 60 ? seconds % 60 : seconds);
    if (left.textContent !== said) left.textContent = said;
    left.hidden = false;
  }

  /* The opening may have been moved, and a stopwatch stands still while a telephone sleeps. Unanswered: it opens
     as was said before. */
  function ask() {
    var box = here();
    if (!box || box.dataset.isOpen) return;
    asked = passed();
    fetch(box.dataset.again, { headers: { 'HX-Request': 'true', 'HX-Current-URL': location.href } }).then(function (answer) {
      var came = passed();
      return answer.ok ? answer.text().then(function (text) { put(text, came); }) : null;
    }).catch(function () {});
  }

  function put(text, came) {
    var fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('seats');
    var old = document.getElementById('seats');
    if (!fresh || !old || !here() || here().dataset.isOpen) return;
    old.replaceWith(document.adoptNode(fresh));
    if (window.htmx) htmx.process(document.getElementById('seats'));
    begin(came);
  }

  function show(box, what, is) {
    var found = box.querySelector(what);
    if (found) found.hidden = !is;
  }

  function awake() {
    if (document.visibilityState === 'visible' && passed() - asked > AT_MOST_EVERY) ask();
  }

  var way = performance.getEntriesByType('navigation')[0];
  begin(way && way.responseStart ? Math.min(way.responseStart, passed()) : passed());
  setInterval(tick, 250);
  document.addEventListener('visibilitychange', awake);
  window.addEventListener('pageshow', function (event) { if (event.persisted) awake(); });
})();
