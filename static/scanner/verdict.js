/* One verdict, readable at arm's length: a big name, a word, a colour, an icon, a sound, a shake; the last ones below. */
(function () {
  'use strict';
  var KEPT = 12, SOUNDS = { done: [880], wait: [620, 620], no: [220] };
  var TONES = { recorded: 'done', same_scan: 'done', already_present: 'done', flagged: 'wait', waiting: 'wait', written: 'done' };

  /* options: part(name), word(name). A verdict is {verdict, reason?, name?, says?: better words than the reason's}; `waiting` is kept and not judged yet. */
  window.elderlearn.verdict = function (options) {
    var part = options.part, sound = null, shown = null;

    function tone(verdict) { return TONES[verdict.verdict] || 'no'; }
    function words(verdict) { return options.word(verdict.says) || options.word(verdict.reason) || options.word(verdict.verdict) || options.word('refused'); }

    /* The big one. `quietly` when it only says better what was said already. */
    function show(verdict, scanId, quietly) {
      var last = part('last'), its = tone(verdict);
      shown = scanId || null;
      last.className = 'last ' + its;
      last.querySelectorAll('[data-tone]').forEach(function (one) { one.hidden = one.dataset.tone !== its; });
      part('name').textContent = verdict.name || '';
      part('name').hidden = !verdict.name;
      part('verdict').textContent = words(verdict);
      last.hidden = false;
      if (last.getBoundingClientRect().top < 0) last.scrollIntoView();
      if (quietly) return;
      last.classList.remove('fresh');
      void last.offsetWidth;  /* the same person twice is seen to be new */
      last.classList.add('fresh');
      if (navigator.vibrate) navigator.vibrate(its === 'done' ? 80 : its === 'wait' ? [80, 60, 80] : [300]);
      beep(its);
    }

    /* One line of the last ones, changed in place when the server has spoken. */
    function note(verdict, scanId) {
      var list = part('log'), row = list.querySelector('[data-scan="' + scanId + '"]');
      if (!row) {
        row = document.createElement('li');
        row.dataset.scan = scanId;
        list.prepend(row);
      }
      row.className = tone(verdict);
      row.textContent = [verdict.name, words(verdict)].filter(Boolean).join(' · ');
      while (list.children.length > KEPT) (list.querySelector('li.done:last-child') || list.lastChild).remove();
    }

    /* Phones let a page sound only once somebody has pressed something on it. */
    function wake() {
      try {
        sound = sound || new (window.AudioContext || window.webkitAudioContext)();
        if (sound.state === 'suspended') sound.resume().catch(function () {});
      } catch (error) { sound = null; }
    }

    function beep(its) {
      try {
        wake();
        SOUNDS[its].forEach(function (height, nth) {
          var tune = sound.createOscillator(), loud = sound.createGain(), at = sound.currentTime + nth * 0.2;
          tune.frequency.value = height;
          loud.gain.value = 0.15;
          tune.connect(loud).connect(sound.destination);
          tune.start(at);
          tune.stop(at + (its === 'no' ? 0.5 : 0.15));
        });
      } catch (error) { /* a phone without sound still shows words and colour */ }
    }

    return {
      show: show, note: note, beep: beep, wake: wake, tone: tone,
      /* the scan the big one speaks of */
      shown: function () { return shown; },
      looksSame: function (one, other) { return tone(one) === tone(other) && words(one) === words(other); },
    };
  };
})();
