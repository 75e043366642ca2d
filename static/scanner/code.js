/* What a scanned or typed text is: the code of a card, the number of one, or nothing of ours. As people/codes.py. */
(function () {
  'use strict';
  var CODE = /^(?:.*\/[Cc]\/)?([A-Z2-7]{32})$/, LONGEST = 300;

  /* {code} with the bare code, {number} with eight digits somebody typed, or {} */
  function read(text, method) {
    var shown = text.trim(), found;
    if (method === 'typed') {
      var digits = shown.normalize('NFKC').replace(/[ -]/g, '');
      if (isNumber(digits)) return { number: digits };
    }
    found = shown.length <= LONGEST && !/[\r\n]/.test(shown) ? shown.match(CODE) : null;
    return found ? { code: found[1] } : {};
  }

  /* The last of the eight checks the others: ISO 7064 MOD 11,10. */
  function isNumber(digits) {
    if (!/^[0-9]{8}$/.test(digits)) return false;
    var product = 10;
    for (var at = 0; at < 7; at += 1) product = 2 * ((product + Number(digits[at])) % 10 || 10) % 11;
    return (11 - product) % 10 === Number(digits[7]);
  }

  /* First 16 hex digits of SHA-256; null where the browser cannot (an address without TLS). */
  async function key(code) {
    if (!window.crypto || !crypto.subtle) return null;
    var hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code)));
    return Array.from(hash.slice(0, 8), function (one) { return one.toString(16).padStart(2, '0'); }).join('');
  }

  window.elderlearn.code = { read: read, key: key };
})();
