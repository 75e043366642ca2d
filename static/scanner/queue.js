/* Scans wait here until the server has given each its own verdict. Nothing else takes one away. */
(function () {
  'use strict';
  var NAME = 'elderlearn-scans', BATCH = 100, PATIENCE = 15000, SIGN_IN = [401, 403, 404];
  var opening = null, sending = null, again = false;

  function open() {
    opening = opening || new Promise(function (resolve, reject) {
      var request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = function () { request.result.createObjectStore('scan', { keyPath: 'scan_id' }); };
      request.onsuccess = function () { resolve(request.result); };
      request.onerror = function () { opening = null; reject(request.error); };
    });
    return opening;
  }

  /* Resolves only when the transaction is on disk, not when it was asked for. */
  function inStore(mode, work) {
    return open().then(function (db) {
      return new Promise(function (resolve, reject) {
        var transaction = db.transaction('scan', mode);
        var request = work(transaction.objectStore('scan'));
        transaction.oncomplete = function () { resolve(request && request.result); };
        transaction.onerror = transaction.onabort = function () { reject(transaction.error); };
      });
    });
  }

  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    var hex = Array.from(bytes, function (one) { return one.toString(16).padStart(2, '0'); }).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  /* scan: {leader, session_id, code, method} */
  function add(scan) {
    var kept = Object.assign({ scan_id: uuid(), scanned_at: new Date().toISOString(), device_seq: Date.now() }, scan);
    return inStore('readwrite', function (store) { return store.add(kept); }).then(function () { return kept; });
  }

  /* Those of one leader, oldest first: a phone may be handed on, and only she may send what she scanned. */
  function waiting(leader) {
    return inStore('readonly', function (store) { return store.getAll(); }).then(function (all) {
      var own = all.filter(function (one) { return one.leader === leader; });
      own.sort(function (a, b) { return a.device_seq - b.device_seq; });
      return { own: own, others: all.length - own.length };
    });
  }

  function forget(ids) {
    return inStore('readwrite', function (store) { ids.forEach(function (id) { store.delete(id); }); });
  }

  /* Resolves to what is in the way: '', 'network', 'signin' or 'server'. A scan kept meanwhile goes along. */
  function send(address, leader, told) {
    if (sending) { again = true; return sending; }
    sending = (async function () {
      var problem;
      do { again = false; problem = await sendAll(address, leader, told); } while (again && !problem);
      return problem;
    })().finally(function () { sending = null; });
    return sending;
  }

  async function sendAll(address, leader, told) {
    for (;;) {
      var batch = (await waiting(leader)).own.slice(0, BATCH);
      if (!batch.length) return '';
      var answer = await post(address, leader, batch);
      if (answer.problem) return answer.problem;
      var sent = new Map(batch.map(function (scan) { return [scan.scan_id, scan]; }));
      var settled = answer.verdicts.filter(function (one) { return one.verdict !== 'retry' && sent.has(one.scan_id); });
      await forget(settled.map(function (one) { return one.scan_id; }));
      settled.forEach(function (one) { told(one, sent.get(one.scan_id), answer.here); });
      if (!settled.length) return 'server';
    }
  }

  async function post(address, leader, batch) {
    var stop = new AbortController(), timer = setTimeout(function () { stop.abort(); }, PATIENCE), response, answer;
    try {
      response = await fetch(address, {
        method: 'POST', credentials: 'same-origin', redirect: 'error', signal: stop.signal,
        headers: { 'Content-Type': 'application/json', 'X-CSRFToken': window.elderlearn.csrf(), 'HX-Request': 'true' },
        body: JSON.stringify({ leader: leader, sent_at: new Date().toISOString(), scans: batch.map(withoutLeader) }),
      });
      if (SIGN_IN.includes(response.status)) return { problem: 'signin' };
      if (!response.ok) return { problem: 'server' };
      answer = await response.json();
      return Array.isArray(answer.verdicts) ? answer : { problem: 'server' };
    } catch (error) {
      return { problem: 'network' };
    } finally {
      clearTimeout(timer);
    }
  }

  function withoutLeader(scan) {
    var part = Object.assign({}, scan);
    delete part.leader;
    return part;
  }

  window.elderlearn.queue = { open: open, add: add, waiting: waiting, send: send };
})();
