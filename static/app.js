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
  /* Another text size at once, without drawing the page anew; the server is told for the next one. */
  var reading = document.getElementById('reading'), telling = null;
  document.addEventListener('click', function (event) {
    var button = event.target.closest('#reading button[name=size]');
    if (!button) return;
    event.preventDefault();
    document.documentElement.dataset.size = button.value;
    reading.querySelectorAll('[name=size]').forEach(function (one) { one.setAttribute('aria-pressed', String(one === button)); });
    telling = fetch('/preferences', { method: 'POST', keepalive: true, headers: { 'HX-Request': 'true', 'X-CSRFToken': csrf() }, body: new URLSearchParams({ size: button.value }) })
      .catch(function () { say(document.body.dataset.offline); }).then(function () { telling = null; });
  });
  /* Another language draws the page anew: the form typed into last goes along and comes back filled in. */
  document.addEventListener('input', function (event) {
    var form = event.target.form;
    if (!reading || !form || form.method !== 'post' || form.enctype !== 'application/x-www-form-urlencoded' || !form.closest('main')) return;
    if (!form.id) form.id = 'typing-now';
    reading.querySelectorAll('[name=language]').forEach(function (one) {
      one.setAttribute('form', form.id); one.formAction = '/preferences'; one.formMethod = 'post'; one.formNoValidate = true;
    });
  });
  document.addEventListener('submit', function (event) {  /* before htmx hears of it */
    var button = event.submitter;
    if (!button || !button.closest('#reading')) return;
    event.stopPropagation();
    if (!telling) return;
    event.preventDefault();
    telling.then(function () { event.target.requestSubmit(button); });
  }, true);

  /* A slow network and an impatient finger: a form without htmx is sent once. A download leaves its page open
     (data-stays), and the next one may be wanted a moment later. */
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (form.method !== 'post' || event.defaultPrevented || form.hasAttribute('hx-post') || form.hasAttribute('data-stays')) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
    /* An answer with errors was a POST: coming back to it later opens the form, and never asks to send it again. */
    var page = form.elements._page;
    if ('posted' in document.body.dataset && page && page.value.charAt(0) === '/') history.replaceState(history.state, '', page.value);
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
