/* The scanning page: a code is kept first, judged here at once, sent after; the server has the last word. */
(function () {
  'use strict';
  var root = document.getElementById('scanner'), tools = window.elderlearn, sender = tools.sender;
  if (!root || !sender) return;
  var AGAIN = 4000, REFRESH = 300000, PATIENCE = 1200;
  var queue = tools.queue, pack = tools.pack, session = root.dataset.session, seen = new Map(), mine = new Map(), line = Promise.resolve(), hasAsked = false;
  var part = function (name) { return root.querySelector('[data-part=' + name + ']'); };
  var word = function (name) { return name ? root.getAttribute('data-say-' + String(name).replace(/_/g, '-')) || '' : ''; };
  var verdict = tools.verdict({ part: part, word: word });

  /* One after the other, so that of two scans of one card the second is the second. */
  function take(text, method) { line = line.then(function () { return takeOne(text, method); }).catch(function () {}); return line; }

  async function takeOne(text, method) {
    var code = text.trim();
    if (!code) return;
    await pack.open();
    var known = await recognise(code, method), judged = judgedHere(known);
    if (method === 'typed' && judged.reason === 'unreadable') judged.says = 'number';
    var added = await queue.add({ who: sender.who, session_id: session, code: code, method: method, key: known.key });
    if (judged.verdict === 'recorded' || judged.verdict === 'already_present') await pack.mark(session, known.key, true);
    mine.set(added.scan.scan_id, judged);
    if (mine.size === 1 && !hasAsked) { hasAsked = true; promise(true); }
    if (!added.kept) return direct(added.scan, judged);
    await sender.paint();  /* what waits is told no later than the verdict */
    tell(judged, added.scan);
    send();
  }

  function tell(judged, scan) {
    /* Only the server knows a stranger's name: with a network it is waited for, a moment. */
    if (judged.isUnknown && !sender.problem() && navigator.onLine) {
      setTimeout(function () { if (mine.has(scan.scan_id)) { verdict.show(judged, scan.scan_id); offerName(judged, scan); } }, PATIENCE);
    } else {
      verdict.show(judged, scan.scan_id);
      offerName(judged, scan);
    }
    verdict.note(judged, scan.scan_id);
    paint();
  }

  /* This phone keeps nothing: it must go now, or somebody must write it down. */
  async function direct(scan, judged) {
    var problem = await sender.send();
    var lost = { verdict: 'refused', reason: 'not_kept', name: judged.name };
    if (problem) verdict.show(judged.verdict === 'refused' ? judged : lost, scan.scan_id);
    paint();
    promise();
  }

  /* Who it is, as far as this phone knows. */
  async function recognise(code, method) {
    if (method === 'tick') return { key: code, person: pack.find(session, code) };
    var read = tools.code.read(code, method);
    if (read.number) {
      var one = pack.findNumber(session, read.number);
      return { key: one ? one.key : 'number:' + read.number, person: one };
    }
    if (!read.code) return { key: '', person: null, problem: 'unreadable' };
    var key = await tools.code.key(read.code);
    return { key: key || 'code:' + read.code, person: key ? pack.find(session, key) : null };
  }

  /* The rules of the server with what is known here; without a pack nothing is judged but what is no code at all. */
  function judgedHere(known) {
    var here = pack.session(session), clocks = pack.clocks(), at = Date.now();
    if (!here && !known.problem) return { verdict: 'waiting', reason: null };
    var judged = tools.judgement.judge({
      known: null,
      code_problem: known.problem || null,
      at: clocks ? tools.judgement.corrected(at, clocks.phone, clocks.server) : at,
      received_at: clocks ? at + clocks.server - clocks.phone : at,
      is_clock_off: Boolean(clocks) && tools.judgement.isClockOff(clocks.phone, clocks.server),
      meeting: here && Object.assign({ is_yours: true }, here),
      is_card_replaced: false,
      is_elsewhere: false,
      is_present: pack.isHere(session, known.key),
      is_seated: Boolean(known.person && known.person.isSeated),
    });
    if (known.person) judged.name = known.person.name;
    /* Nobody is turned away: a code this phone does not know is kept and looked up later. */
    if (!known.person && judged.verdict === 'recorded') {
      return { verdict: root.hasAttribute('data-any') ? 'written' : 'waiting', reason: 'not_on_list', isUnknown: true };
    }
    return judged;
  }

  async function send() {
    await sender.send();
    paint();
  }

  /* What the server says of what was sent, from here or before. A hall of a thousand gets one sound, not a thousand. */
  sender.listen(async function (results, here) {
    var sounds = new Set();
    for (var at = 0; at < results.length; at += 1) {
      var its = results[at].verdict, scan = results[at].scan, before = mine.get(scan.scan_id);
      if (scan.session_id !== session) continue;
      if (before && before.name && !its.name) its.name = before.name;
      if (before && its.reason === before.reason) its.says = before.says;
      if (its.verdict === 'flagged' || its.verdict === 'refused') await pack.mark(session, scan.key, false);
      else if (before && isKey(scan.key) && !pack.isHere(session, scan.key)) await pack.mark(session, scan.key, true);
      if (before || its.verdict === 'flagged' || its.verdict === 'refused' || results.length < 20) verdict.note(its, scan.scan_id);
      var isSame = before && !before.isUnknown && verdict.looksSame(before, its), isLast = verdict.shown() === scan.scan_id;
      if (before && (isLast || before.isUnknown || verdict.shown() === null)) verdict.show(its, scan.scan_id, isSame);
      else if (!isSame) sounds.add(verdict.tone(its));
      if (isLast || (before && before.isUnknown)) part('naming').hidden = true;
      mine.delete(scan.scan_id);
    }
    if (sounds.has('no')) verdict.beep('no'); else if (sounds.has('wait')) verdict.beep('wait');
    names.paint();
    if (session in here) document.getElementById('here').textContent = here[session];
    document.body.dispatchEvent(new Event('checked-in'));
  });

  function isKey(text) { return /^[0-9a-f]{16}$/.test(text || ''); }

  /* An unknown card may be given a name, while its scan is still here. */
  var naming = null;
  function offerName(judged, scan) {
    naming = judged.isUnknown ? scan.scan_id : null;
    part('naming').hidden = !naming;
    document.getElementById('f-whose').value = '';
  }
  part('naming').addEventListener('submit', async function (event) {
    var words = document.getElementById('f-whose').value.trim();
    event.preventDefault();
    if (words && naming && await queue.name(naming, words)) {
      verdict.show({ verdict: 'waiting', reason: 'not_on_list', name: words }, naming, true);
      verdict.note({ verdict: 'waiting', reason: 'not_on_list', name: words }, naming);
    }
    part('naming').hidden = true;
  });

  async function paint() {
    names.paint();
    if (pack.session(session)) document.getElementById('here').textContent = Math.max(pack.count(session), Number(document.getElementById('here').textContent) || 0);
    await sender.paint();
  }

  /* A card held in front of the camera is one scan, until it was away for a while. */
  function sighted(text, method) {
    var now = Date.now(), last = seen.get(text) || 0;
    part('cannot').hidden = true;
    seen.set(text, now);
    if (method === 'photo' || now - last >= AGAIN) take(text, method);
  }

  var names = tools.names({
    field: part('search'), list: part('names'), none: part('no-names'), word: word,
    people: function () { return pack.people(session); },
    chosen: function (one) { part('search').value = ''; take(one.key, 'tick'); },
  });

  var camera = tools.camera({
    video: part('video'),
    worker: root.dataset.worker,
    ready: function () { root.dataset.ready = 'yes'; part('photos').hidden = false; },
    started: function () { part('frame').hidden = false; part('start').hidden = part('cannot').hidden = true; root.scrollIntoView(); },
    stopped: function () { part('frame').hidden = part('light').hidden = part('other').hidden = true; part('start').hidden = false; },
    found: sighted,
    can: function (what) { part('light').hidden = !what.light; part('other').hidden = !what.other; light(false); },
    cannot: function (reason) {
      part('cannot').hidden = false;
      part('reason').textContent = word('cannot-' + reason);
      if (reason === 'decode') part('start').hidden = true;
    },
  });

  function light(isOn) {
    part('light').setAttribute('aria-pressed', String(isOn));
    part('light').textContent = word(isOn ? 'light_off' : 'light_on');
  }

  function mode(name) {
    root.querySelectorAll('[data-mode]').forEach(function (one) { one.hidden = one.dataset.mode !== name; });
    part('modes').querySelectorAll('button').forEach(function (one) { one.setAttribute('aria-pressed', String(one.dataset.to === name)); });
    if (name !== 'camera' && camera.isOn()) { camera.stop(); part('frame').hidden = true; part('start').hidden = false; }
    if (name === 'names') names.paint();
  }

  /* What this page may promise: to open again, and to keep what waits. */
  async function promise(asks) {
    var reloads = await tools.offline.reloads(), keeps = await tools.offline.keeps(asks === true);
    part('reload').textContent = word(reloads ? 'reload-yes' : 'reload-no');
    part('reload').className = reloads ? 'done' : 'wait';
    part('reload').hidden = reloads && tools.store.fails();  /* closed, it would lose what waits */
    part('keeps').textContent = word(tools.store.fails() ? 'keeps-nothing' : keeps ? 'keeps-yes' : 'keeps-no');
    part('keeps').className = tools.store.fails() ? 'no' : keeps ? 'done' : 'wait';
    part('promises').hidden = false;
  }

  root.addEventListener('click', verdict.wake);
  part('start').addEventListener('click', camera.start);
  part('light').addEventListener('click', async function () { light(await camera.light(part('light').getAttribute('aria-pressed') !== 'true')); });
  part('other').addEventListener('click', camera.other);
  part('photo').addEventListener('change', function (event) {
    if (event.target.files[0]) camera.photo(event.target.files[0]);
    event.target.value = '';
  });
  part('modes').addEventListener('click', function (event) {
    var to = event.target.closest('[data-to]');
    if (!to) return;
    mode(to.dataset.to);
    if (to.dataset.to === 'camera' && part('cannot').hidden) camera.start();
    var field = { typed: document.getElementById('f-code'), names: part('search') }[to.dataset.to];
    if (field) field.focus();
  });
  part('typed').addEventListener('submit', function (event) {
    var field = event.target.elements.code;
    event.preventDefault();
    if (field.value.trim()) take(field.value, 'typed');
    else verdict.show({ verdict: 'refused', reason: 'empty' });
    field.value = '';
    field.focus();
  });
  tools.keys(function (code) { take(code, 'usb'); });
  document.addEventListener('pack', function () {
    if (pack.session(session)) document.getElementById('here').textContent = pack.count(session);
    paint();
  });
  document.addEventListener('kept', promise);
  setInterval(pack.refresh, REFRESH);
  window.addEventListener('online', pack.refresh);
  part('modes').hidden = false;
  mode(part('typed').querySelector('[role=alert], .error') ? 'typed' : 'camera');
  promise();
  pack.open().then(paint);
})();
