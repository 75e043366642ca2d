/* What this phone keeps: scans that wait (never deleted but by their own verdict), the pack, its own number.
   A phone that keeps nothing (private mode, no room) has a store that lasts as long as the page is open. */
(function () {
  'use strict';
  var NAME = 'elderlearn-scans', COOKIE = 'waiting-scans', A_YEAR = 31536000;
  var STORES = { scan: 'scan_id', pack: 'who', seen: 'id', kept: 'name' };
  var opening = null, memory = {}, fails = false;

  function open() {
    opening = opening || new Promise(function (resolve, reject) {
      var request = indexedDB.open(NAME, 2);
      request.onupgradeneeded = function (event) { upgrade(request, event.oldVersion); };
      request.onsuccess = function () {
        request.result.onversionchange = function () { request.result.close(); opening = null; };
        request.result.onclose = function () { opening = null; };
        resolve(request.result);
      };
      request.onerror = function () { opening = null; reject(request.error); };
      request.onblocked = function () { opening = null; reject(new Error('blocked')); };
    });
    return opening;
  }

  function upgrade(request, before) {
    Object.keys(STORES).forEach(function (name) {
      if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name, { keyPath: STORES[name] });
    });
    if (before !== 1) return;
    /* The first version knew only leaders. */
    request.transaction.objectStore('scan').openCursor().onsuccess = function (event) {
      var at = event.target.result, scan;
      if (!at) return;
      scan = Object.assign({ who: 'staff:' + at.value.leader }, at.value);
      delete scan.leader;
      at.update(scan);
      at.continue();
    };
  }

  /* Resolves only when the transaction is on disk, not when it was asked for. */
  function inStore(name, mode, work) {
    return open().then(function (db) {
      return new Promise(function (resolve, reject) {
        var transaction = db.transaction(name, mode), request = work(transaction.objectStore(name));
        transaction.oncomplete = function () { resolve(request && request.result); };
        transaction.onerror = transaction.onabort = function () { reject(transaction.error || new Error('aborted')); };
      });
    });
  }

  function here(name) { memory[name] = memory[name] || new Map(); return memory[name]; }

  async function all(name) {
    var found = Array.from(here(name).values());
    try { found = (await inStore(name, 'readonly', function (store) { return store.getAll(); })).concat(found); } catch (error) { fails = true; }
    return found;
  }

  async function get(name, key) {
    if (here(name).has(key)) return here(name).get(key);
    try { return await inStore(name, 'readonly', function (store) { return store.get(key); }); } catch (error) { fails = true; return undefined; }
  }

  /* True when it is on disk; false when only this open page has it. */
  async function put(name, row) {
    try {
      await inStore(name, 'readwrite', function (store) { store.put(row); });
      here(name).delete(row[STORES[name]]);
      return true;
    } catch (error) {
      fails = true;
      here(name).set(row[STORES[name]], row);
      return false;
    }
  }

  async function drop(name, keys) {
    keys.forEach(function (key) { here(name).delete(key); });
    try { await inStore(name, 'readwrite', function (store) { keys.forEach(function (key) { store.delete(key); }); }); } catch (error) { fails = true; }
  }

  async function clear(name) {
    here(name).clear();
    try { await inStore(name, 'readwrite', function (store) { store.clear(); }); } catch (error) { fails = true; }
  }

  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    var hex = Array.from(bytes, function (one) { return one.toString(16).padStart(2, '0'); }).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  /* The number this phone gave itself, once; every batch carries it. */
  var naming = null;
  function device() {
    naming = naming || get('kept', 'device').then(async function (found) {
      if (found) return found.value;
      var made = { name: 'device', value: uuid() };
      await put('kept', made);
      return made.value;
    });
    return naming;
  }

  /* Storage that a browser has cleared cannot say so; a cookie beside it can: how many scans waited here. */
  function noteWaiting(many) {
    document.cookie = COOKIE + '=' + many + ';path=/;samesite=lax;max-age=' + (many ? A_YEAR : 0);
  }
  async function lost() {
    var said = Number((document.cookie.match(/(?:^|; )waiting-scans=(\d+)/) || [])[1] || 0);
    if (!said || fails || await get('kept', 'device') || (await all('scan')).length) return 0;
    return said;
  }

  window.elderlearn.store = {
    all: all, get: get, put: put, drop: drop, clear: clear, uuid: uuid, device: device, noteWaiting: noteWaiting, lost: lost,
    /* whether this phone could not keep something: then only the open page has it */
    fails: function () { return fails; },
    inMemory: function (name) { return here(name).size; },
  };
})();
