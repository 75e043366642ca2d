/* A scanner on a cable is a keyboard that types very fast and ends with Enter: wherever the cursor is, it is a code. */
(function () {
  'use strict';
  var FAST = 60, PAUSE = 250, SHORTEST = 8;  /* ms for a sign on average, ms that end one code, signs */

  window.elderlearn.keys = function (found) {
    var typed = '', first = 0, last = 0;

    document.addEventListener('keydown', function (event) {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      var now = event.timeStamp;
      if (now - last > PAUSE) typed = '';
      if (event.key === 'Enter') {
        if (typed.length >= SHORTEST && (last - first) / (typed.length - 1) < FAST) take(event);
        typed = '';
      } else if (event.key.length === 1) {
        if (!typed) first = now;
        typed += event.key;
        last = now;
      }
    }, true);

    /* Before anything else hears of Enter; what it typed into a field is taken out again. */
    function take(event) {
      var field = event.target, code = typed;
      event.preventDefault();
      event.stopImmediatePropagation();
      if ('value' in field && typeof field.value === 'string' && field.value.endsWith(code)) {
        field.value = field.value.slice(0, -code.length);
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
      found(code);
    }
  };
})();
