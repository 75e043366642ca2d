/* On every page of a leader: sends what waits on this phone, by itself and by a button, and says how many wait. */
(function () {
  'use strict';
  var root = document.getElementById('queue'), queue = window.elderlearn.queue, EVERY = 30000;
  if (!root) return;
  var part = function (name) { return root.querySelector('[data-part=' + name + ']'); };
  var say = function (name) { return root.getAttribute('data-say-' + name) || ''; };
  var listeners = [], hasSent = false;

  async function paint(problem) {
    var found = await queue.waiting(root.dataset.leader), many = found.own.length;
    part('state').textContent = many
      ? say('waiting').replace('{n}', many) + ' ' + say('problem-' + (problem || 'none')) : say('sent');
    part('state').className = 'state ' + (many ? 'wait' : 'done');
    part('others').textContent = say('others').replace('{n}', found.others);
    part('others').hidden = !found.others;
    part('ways').hidden = !many;
    part('signin').hidden = problem !== 'signin';
    part('send').hidden = problem === 'signin';
    root.dataset.waiting = many;
    root.hidden = !many && !found.others && !hasSent;
  }

  function told(verdict, scan, here) {
    hasSent = true;
    listeners.forEach(function (listener) { listener(verdict, scan, here); });
  }

  async function send() {
    try {
      await paint(await queue.send(root.dataset.address, root.dataset.leader, told));
    } catch (error) { /* a phone that keeps nothing has nothing to send */ }
  }

  window.elderlearn.sender = {
    send: send,
    paint: paint,
    leader: root.dataset.leader,
    /* listener(verdict, scan, here): here is {session: how many are present} */
    listen: function (listener) { listeners.push(listener); },
  };
  part('send').addEventListener('click', send);
  ['online', 'pageshow'].forEach(function (name) { window.addEventListener(name, send); });
  document.addEventListener('visibilitychange', function () { if (!document.hidden) send(); });
  setInterval(send, EVERY);
})();
