/* On every page: the CSRF header for htmx, words when the network fails, reading aloud. Words come from the page. */
(function () {
  'use strict';
  function csrf() {
    var found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return found ? decodeURIComponent(found[1]) : '';
  }
  window.elderlearn = { csrf: csrf, say: say };

  document.addEventListener('htmx:configRequest', function (event) {
    if (event.detail.verb !== 'get') event.detail.headers['X-CSRFToken'] = csrf();
  });
  ['htmx:sendError', 'htmx:timeout'].forEach(function (name) {
    document.addEventListener(name, function () { say(document.body.dataset.offline); });
  });
  document.addEventListener('htmx:responseError', function () { say(document.body.dataset.busy); });

  /* Shows one sentence above the page and lets screen readers say it. */
  function say(sentence) {
    var place = document.getElementById('flash');
    if (!place || !sentence) return;
    var note = document.createElement('div');
    note.className = 'note no';
    note.setAttribute('role', 'alert');
    note.textContent = sentence;
    place.replaceChildren(note);
    note.scrollIntoView({ block: 'nearest' });
  }

  /* After an answer with errors the first thing to read is the error. */
  document.addEventListener('htmx:afterSettle', function (event) {
    var status = event.detail.xhr && event.detail.xhr.status;
    if (status !== 422) return;
    var first = event.detail.elt.querySelector('[role=alert]');
    if (first) { first.tabIndex = -1; first.focus(); }
  });
  /* A slow network and an impatient finger: a form without htmx is sent once. */
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (form.method !== 'post' || event.defaultPrevented || form.hasAttribute('hx-post')) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
  });
  window.addEventListener('pageshow', function () {
    document.querySelectorAll('form[data-sent]').forEach(function (form) { delete form.dataset.sent; });
  });
  document.addEventListener('click', function (event) {
    if (event.target.closest('[data-print]')) window.print();
  });
  document.querySelectorAll('[data-print]').forEach(function (button) { button.hidden = false; });

  /* Filters marked data-autosend are sent when something is chosen; their button stays for everybody else. */
  document.addEventListener('change', function (event) {
    var form = event.target.closest('form[data-autosend]');
    if (form && event.target.matches('select, [type=checkbox], [type=radio]')) form.requestSubmit();
  });

  if (!('speechSynthesis' in window)) return;
  document.querySelectorAll('[data-read]').forEach(function (button) {
    var start = button.textContent;
    function rest() { button.textContent = start; button.setAttribute('aria-pressed', 'false'); }
    button.hidden = false;
    button.addEventListener('click', function () {
      if (speechSynthesis.speaking) { speechSynthesis.cancel(); rest(); return; }
      var words = new SpeechSynthesisUtterance(document.getElementById(button.dataset.read).innerText);
      words.lang = document.documentElement.lang;
      words.rate = 0.9;
      words.onend = words.onerror = rest;
      button.textContent = button.dataset.stop;
      button.setAttribute('aria-pressed', 'true');
      speechSynthesis.speak(words);
    });
  });
  window.addEventListener('pagehide', function () { speechSynthesis.cancel(); });
})();
