/* On every page of a leader: sends what waits on this phone, by itself and by a button, and says how many wait. */
(function () {
  'use strict';
  var owner = document.getElementById('scans-here'), root = document.getElementById('queue'), EVERY = 30000, FRESH = 120000;
  if (!owner) return;
  var queue = window.elderlearn.queue, store = window.elderlearn.store, pack = window.elderlearn.pack;
  var part = function (name) { return root.querySelector('[data-part=' + name + ']'); };
  var say = function (name) { return owner.getAttribute('data-say-' + name) || ''; };
  /* Chinese has no space between sentences. */
  var both = function (first, second) { return first + (/[。！？]$/.test(first) ? '' : ' ') + second; };
  var listeners = [], hasSent = false, problem = '';

  async function paint() {
    var found = await queue.waiting(owner.dataset.who), many = found.own.length;
    owner.dataset.waiting = many;
    if (!root) return;
    part('state').textContent = many ? both(say('waiting').replace('{n}', many), say('problem-' + (problem || 'none'))) : say('sent');
    part('state').className = 'state ' + (many ? 'wait' : 'done');
    part('others').textContent = say('others').replace('{n}', found.others);
    part('others').hidden = !found.others;
    part('ways').hidden = !many;
    part('signin').hidden = problem !== 'signin' || !owner.dataset.signIn;
    part('signin').href = owner.dataset.signIn || '#';
    part('ended').hidden = problem !== 'ended' || !owner.dataset.ended;
    part('ended').href = owner.dataset.ended || '#';
    part('send').hidden = problem === 'signin';
    root.dataset.waiting = many;
    root.hidden = !many && !found.others && !hasSent && part('lost').hidden;
  }

  var to = {
    who: owner.dataset.who, address: owner.dataset.scans, pack: owner.dataset.pack,
    told: function (results, here) {
      hasSent = true;
      listeners.forEach(function (listener) { listener(results, here); });
    },
  };

  async function send() {
    problem = await queue.send(to);
    if (problem === 'signin' || problem === 'ended') await pack.forget();
    await paint();
    return problem;
  }

  async function begin() {
    var gone = await store.lost();
    if (root && gone) {
      part('lost').textContent = say('lost').replace('{n}', gone);
      part('lost').hidden = false;
      store.noteWaiting(0);
    }
    await paint();
    await send();
    await pack.open();
    if (document.getElementById('scanner') || pack.age() > FRESH) await pack.refresh();
  }

  window.elderlearn.sender = {
    send: send,
    paint: paint,
    who: owner.dataset.who,
    say: say,
    problem: function () { return problem; },
    /* listener([{verdict, scan}], here): here is {session: how many are present} */
    listen: function (listener) { listeners.push(listener); },
  };
  if (root) part('send').addEventListener('click', send);
  window.addEventListener('online', send);
  window.addEventListener('pageshow', function (event) { if (event.persisted) send(); });
  document.addEventListener('visibilitychange', function () { if (!document.hidden) send(); });
  /* A page that alone holds scans is not left without a word. */
  window.addEventListener('beforeunload', function (event) { if (store.inMemory('scan')) event.preventDefault(); });
  setInterval(send, EVERY);
  begin();
})();
