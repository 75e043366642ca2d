/* Signing out, or helping no more: the pack and the pages go, the scans stay; whoever leaves while some wait is told so first. */
(function () {
  'use strict';
  var owner = document.getElementById('scans-here'), asked = false, PATIENCE = 3000;
  if (!owner) return;
  var sender = window.elderlearn.sender, queue = window.elderlearn.queue;

  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (!['/sign-out', '/helper/stop'].includes(form.getAttribute('action'))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leave(form);
  }, true);

  async function leave(form) {
    var many = asked ? 0 : await within(waiting(), 1);
    if (many) { ask(form, many); return; }
    await within(Promise.all([window.elderlearn.pack.forget(), window.elderlearn.offline.forgetPages()]));
    form.submit();
  }

  /* What can still be sent is sent first. */
  async function waiting() {
    if ((await queue.waiting(owner.dataset.who)).own.length) await sender.send();
    return (await queue.waiting(owner.dataset.who)).own.length;
  }

  function ask(form, many) {
    var note = document.createElement('div'), words = document.createElement('p'), press = document.createElement('button');
    note.className = 'note wait leaving';
    note.setAttribute('role', 'alert');
    words.textContent = sender.say('leaving').replace('{n}', many);
    press.type = 'button';
    press.className = 'quiet';
    press.textContent = sender.say('leave');
    press.addEventListener('click', function () { asked = true; leave(form); });
    note.append(words, press);
    document.getElementById('flash').replaceChildren(note);
    note.scrollIntoView({ block: 'center' });
    press.focus();
  }

  function within(work, otherwise) {
    return Promise.race([work, new Promise(function (resolve) { setTimeout(function () { resolve(otherwise); }, PATIENCE); })]);
  }
})();
