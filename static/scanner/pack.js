/* What this phone took along: sessions of these days, people by the hash of their card. Gone at sign-out, when the
   sign-in has ended, and after two days. */
(function () {
  'use strict';
  var OLDEST = 48 * 3600000, PATIENCE = 15000, SIGN_IN = [401, 403, 404];
  var store = window.elderlearn.store, root = document.getElementById('scans-here');
  var pack = null, seen = new Map(), reading = null;

  /* Reads what is kept; forgets what is too old or somebody else's. */
  function open() {
    reading = reading || (async function () {
      var found = await store.all('pack');
      var others = found.filter(function (one) { return one.who !== root.dataset.who || isOld(one); });
      if (others.length) {
        await store.drop('pack', others.map(function (one) { return one.who; }));
        await window.elderlearn.offline.forgetPages();
      }
      take(found.find(function (one) { return one.who === root.dataset.who && !isOld(one); }) || null);
      (await store.all('seen')).forEach(function (one) { seen.set(one.id, one); });
    })();
    return reading;
  }

  function isOld(one) { return Math.abs(Date.now() - one.taken_at) > OLDEST; }

  function take(found) {
    pack = found;
    if (!pack) return;
    pack.byKey = {};
    pack.sessions.forEach(function (session) {
      pack.byKey[session.id] = new Map(session.people.map(function (one) { return [one[0], person(one)]; }));
    });
  }

  function person(one) { return { key: one[0], name: one[1], spelled: one[2], ends: one[3], isSeated: Boolean(one[4]), attended: Boolean(one[5]) }; }

  /* How old it is, in ms; of none for ever. */
  function age() { return pack ? Math.abs(Date.now() - pack.taken_at) : Infinity; }

  /* A fresh one from the server; without a network the old one stays. True when something came. */
  async function refresh() {
    await open();
    var stop = new AbortController(), timer = setTimeout(function () { stop.abort(); }, PATIENCE), began = Date.now(), response, found;
    try {
      response = await fetch(root.dataset.pack, { credentials: 'same-origin', redirect: 'error', signal: stop.signal, headers: { 'HX-Request': 'true' } });
      if (SIGN_IN.includes(response.status)) { await forget(); return false; }
      if (!response.ok) return false;
      found = await response.json();
      if (found.who !== root.dataset.who || !Array.isArray(found.sessions)) { await forget(); return false; }
    } catch (error) {
      return false;
    } finally {
      clearTimeout(timer);
    }
    found = { who: found.who, sessions: found.sessions, taken_at: began, phone_said: (began + Date.now()) / 2, server_said: Date.parse(found.now) };
    await store.put('pack', found);
    await forgetSeen(began);
    take(Object.assign({}, found));
    document.dispatchEvent(new CustomEvent('pack', { detail: found.sessions.map(function (one) { return one.id; }) }));
    return true;
  }

  /* What the server knew when it made the pack stands in the pack; of what still waits it knew nothing. */
  async function forgetSeen(before) {
    var waits = new Set((await store.all('scan')).map(function (one) { return one.session_id + '|' + one.key; }));
    var old = Array.from(seen.values()).filter(function (one) { return one.at <= before && !waits.has(one.id); }).map(function (one) { return one.id; });
    await store.drop('seen', old);
    old.forEach(function (id) { seen.delete(id); });
  }

  async function forget() {
    pack = null;
    seen.clear();
    await store.clear('pack');
    await store.clear('seen');
    document.dispatchEvent(new CustomEvent('pack', { detail: null }));
  }

  function session(id) { return pack ? pack.sessions.find(function (one) { return one.id === id; }) || null : null; }

  /* Everybody of a session with whether she is here as far as this phone knows. */
  function people(id) {
    return pack && pack.byKey[id] ? Array.from(pack.byKey[id].values(), function (one) {
      return Object.assign({}, one, { isHere: one.attended || seen.has(id + '|' + one.key) });
    }) : [];
  }

  function find(id, key) { return people(id).find(function (one) { return one.key === key; }) || null; }

  /* A number typed by hand is known by its end only, and only when one alone ends so. */
  function findNumber(id, number) {
    var found = people(id).filter(function (one) { return one.ends && number.endsWith(one.ends); });
    return found.length === 1 ? found[0] : null;
  }

  /* She is here, or is not after all: until a fresh pack says so itself. */
  async function mark(id, key, isHere) {
    var row = { id: id + '|' + key, at: Date.now() };
    if (isHere) { seen.set(row.id, row); await store.put('seen', row); } else { seen.delete(row.id); await store.drop('seen', [row.id]); }
  }

  function isHere(id, key) {
    var known = find(id, key);
    return known ? known.isHere : seen.has(id + '|' + key);
  }

  function count(id) {
    var known = people(id), many = known.filter(function (one) { return one.isHere; }).length;
    seen.forEach(function (one) { if (one.id.indexOf(id + '|') === 0 && !known.some(function (other) { return id + '|' + other.key === one.id; })) many += 1; });
    return many;
  }

  /* What the phone's clock and the server's said at one moment; null without a pack. */
  function clocks() { return pack ? { phone: pack.phone_said, server: pack.server_said } : null; }

  if (!root) return;
  window.elderlearn.pack = {
    open: open, age: age, refresh: refresh, forget: forget, session: session, people: people, find: find, findNumber: findNumber,
    mark: mark, isHere: isHere, count: count, clocks: clocks,
  };
})();
