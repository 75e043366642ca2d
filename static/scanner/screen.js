/* The scanning page: a code is kept first, sent after, and its verdict shown in words, colour and sound. */
(function () {
  'use strict';
  var root = document.getElementById('scanner'), queue = window.elderlearn.queue, sender = window.elderlearn.sender;
  if (!root || !sender) return;
  var AGAIN = 4000, PATIENCE = 1200, KEPT = 8, seen = new Map(), session = root.dataset.session;
  var TONES = { recorded: 'done', same_scan: 'done', already_present: 'done', flagged: 'wait', waiting: 'wait' };
  var part = function (name) { return root.querySelector('[data-part=' + name + ']'); };
  var word = function (name) { return root.getAttribute('data-say-' + String(name).replace(/_/g, '-')) || ''; };

  function say(verdict) { return word(verdict.reason) || word(verdict.verdict); }

  /* verdict: {verdict, reason?, name?}, also `waiting` for what is only kept yet */
  function show(verdict) {
    var last = part('last'), tone = TONES[verdict.verdict] || 'no';
    last.className = 'note last ' + tone;
    last.querySelectorAll('[data-tone]').forEach(function (one) { one.hidden = one.dataset.tone !== tone; });
    part('name').textContent = verdict.name || '';
    part('name').hidden = !verdict.name;
    part('verdict').textContent = say(verdict);
    last.hidden = false;
    if (navigator.vibrate) navigator.vibrate(tone === 'done' ? 80 : [80, 60, 80]);
    beep(tone);
  }

  var sound = null;
  function beep(tone) {
    try {
      sound = sound || new (window.AudioContext || window.webkitAudioContext)();
      var note = sound.createOscillator(), loud = sound.createGain();
      note.frequency.value = { done: 880, wait: 520, no: 220 }[tone];
      loud.gain.value = 0.15;
      note.connect(loud).connect(sound.destination);
      note.start();
      note.stop(sound.currentTime + (tone === 'no' ? 0.4 : 0.15));
    } catch (error) { /* a phone without sound still shows words and colour */ }
  }

  sender.listen(function (verdict, scan, here) {
    show(verdict);
    if (here && session in here) document.getElementById('here').textContent = here[session];
    var row = document.createElement('li'), list = part('log');
    row.textContent = [verdict.name, say(verdict)].filter(Boolean).join(' · ');
    list.prepend(row);
    while (list.children.length > KEPT) list.lastChild.remove();
    document.body.dispatchEvent(new Event('checked-in'));
  });

  /* A card held in front of the camera is one scan, until it was away for a while. */
  function sighted(code) {
    var now = Date.now(), last = seen.get(code) || 0;
    seen.set(code, now);
    if (now - last >= AGAIN) take(code, 'camera');
  }

  async function take(text, method) {
    var code = text.trim(), kept;
    if (!code) return;
    try {
      kept = await queue.add({ leader: sender.leader, session_id: session, code: code, method: method });
    } catch (error) {
      show({ verdict: 'refused', reason: 'not_kept' });
      return;
    }
    var slow = setTimeout(function () { show({ verdict: 'waiting' }); sender.paint(); }, PATIENCE);
    await sender.send();
    clearTimeout(slow);
    var left = (await queue.waiting(sender.leader)).own;
    if (left.some(function (one) { return one.scan_id === kept.scan_id; })) show({ verdict: 'waiting' });
  }

  var camera = window.elderlearn.camera({
    video: part('video'),
    worker: root.dataset.worker,
    ready: function () { root.dataset.ready = 'yes'; part('photos').hidden = false; },
    started: function () {
      part('frame').hidden = false;
      part('start').hidden = part('cannot').hidden = true;
      root.scrollIntoView();
    },
    found: function (text) { part('cannot').hidden = true; sighted(text); },
    cannot: function (reason) {
      part('cannot').hidden = false;
      part('reason').textContent = word('cannot-' + reason);
      if (reason === 'decode') part('start').hidden = true;
    },
  });

  part('start').addEventListener('click', camera.start);
  part('photo').addEventListener('change', function (event) {
    if (event.target.files[0]) camera.photo(event.target.files[0]);
    event.target.value = '';
  });
  part('camera').hidden = false;
  document.addEventListener('htmx:afterSwap', function () {
    document.getElementById('here').textContent = document.getElementById('people').dataset.here;
  });

  /* Only a phone that can keep a scan takes the form over; on any other the form is sent as it is. */
  queue.open().then(function () {
    part('typed').addEventListener('submit', function (event) {
      event.preventDefault();
      var field = event.target.elements.code;
      if (field.value.trim()) take(field.value, 'typed');
      else show({ verdict: 'refused', reason: 'empty' });
      field.value = '';
      field.focus();
    });
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
  }, function () { /* nothing is kept here, so nothing is taken over */ });
})();
