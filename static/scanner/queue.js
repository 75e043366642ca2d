/* Scans wait here until the server has given each its own verdict. Nothing else takes one away. */
(function () {
  'use strict';
  var MOST = 500, PATIENCE = 20000, SIGN_IN = [401, 403, 404], MOST_PARTS = 40;
  var store = window.elderlearn.store, sending = null, again = false, last = 0;

  /* scan: {who, session_id, code, method, name?}. kept is false when only the open page has it. */
  async function add(scan) {
    last = Math.max(Date.now(), last + 1);
    var kept = Object.assign({ scan_id: store.uuid(), scanned_at: new Date().toISOString(), device_seq: last }, scan);
    return { scan: kept, kept: await store.put('scan', kept) };
  }

  /* The name of somebody whose card nobody knows, as long as the scan has not gone. */
  async function name(scanId, words) {
    var scan = await store.get('scan', scanId);
    if (scan) await store.put('scan', Object.assign(scan, { name: words }));
    return Boolean(scan);
  }

  /* Those of one owner, oldest first: a phone may be handed on, and only she may send what she scanned. */
  async function waiting(who) {
    var all = await store.all('scan');
    var own = all.filter(function (one) { return one.who === who; });
    own.sort(function (a, b) { return a.device_seq - b.device_seq; });
    store.noteWaiting(all.length);
    return { own: own, others: all.length - own.length };
  }

  /* to: {who, address, told(results, here)}. Resolves to what is in the way: '', 'network', 'signin', 'ended',
     'server' or 'stuck'. A scan kept meanwhile goes along. */
  function send(to) {
    if (sending) { again = true; return sending; }
    sending = (async function () {
      var problem;
      do { again = false; problem = await sendAll(to); } while (again && !problem);
      return problem;
    })().finally(function () { sending = null; });
    return sending;
  }

  /* A batch that breaks the server is sent in halves: one bad scan stays behind alone, all others go through. */
  async function sendAll(to) {
    var stuck = new Set(), done = new Set(), size = MOST, parts = 0;  /* done: also when it cannot be dropped */
    for (;;) {
      var batch = (await waiting(to.who)).own.filter(function (one) { return !stuck.has(one.scan_id) && !done.has(one.scan_id); }).slice(0, size);
      if (!batch.length) return stuck.size ? 'stuck' : '';
      var answer = await post(to, batch);
      if (answer.broken) {
        parts += 1;
        if (parts > MOST_PARTS) return 'server';
        if (batch.length === 1) { stuck.add(batch[0].scan_id); size = MOST; } else size = Math.ceil(batch.length / 2);
        continue;
      }
      if (answer.problem) return answer.problem;
      var settled = await settle(to, batch, answer, done);
      if (!settled) return 'server';
      if (!parts) size = MOST;
    }
  }

  async function settle(to, batch, answer, done) {
    var sent = new Map(batch.map(function (scan) { return [scan.scan_id, scan]; }));
    var settled = answer.verdicts.filter(function (one) { return one && one.verdict && one.verdict !== 'retry' && sent.has(one.scan_id); });
    settled.forEach(function (one) { done.add(one.scan_id); });
    await store.drop('scan', settled.map(function (one) { return one.scan_id; }));
    if (settled.length) to.told(settled.map(function (one) { return { verdict: one, scan: sent.get(one.scan_id) }; }), answer.here || {});
    return settled.length;
  }

  async function post(to, batch) {
    var stop = new AbortController(), timer = setTimeout(function () { stop.abort(); }, PATIENCE), response, answer;
    try {
      /* A browser that was closed has lost the token that belongs to forms: any page brings a new one. */
      if (!window.elderlearn.csrf()) await fetch(to.pack, { credentials: 'same-origin', redirect: 'error', signal: stop.signal, headers: { 'HX-Request': 'true' } });
      response = await fetch(to.address, {
        method: 'POST', credentials: 'same-origin', redirect: 'error', signal: stop.signal,
        headers: { 'Content-Type': 'application/json', 'X-CSRFToken': window.elderlearn.csrf(), 'HX-Request': 'true' },
        body: JSON.stringify({ who: to.who, device: await store.device(), sent_at: new Date().toISOString(), scans: batch.map(plain) }),
      });
      if (SIGN_IN.includes(response.status)) return { problem: await isEnded(response) ? 'ended' : 'signin' };
      if (response.status === 500 || response.status === 413 || response.status === 400) return { broken: true };
      if (!response.ok) return { problem: 'server' };
      answer = await response.json();
      return Array.isArray(answer.verdicts) ? answer : { problem: 'server' };
    } catch (error) {
      return { problem: response ? 'server' : 'network' };
    } finally {
      clearTimeout(timer);
    }
  }

  async function isEnded(response) {
    try { return /_ended$/.test((await response.json()).code); } catch (error) { return false; }
  }

  /* What the server needs to know; the rest is the phone's own. */
  function plain(scan) {
    return {
      scan_id: scan.scan_id, session_id: scan.session_id, code: scan.code, scanned_at: scan.scanned_at,
      device_seq: scan.device_seq, method: scan.method, name: scan.name,
    };
  }

  window.elderlearn.queue = { add: add, name: name, waiting: waiting, send: send };
})();
