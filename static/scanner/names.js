/* Ticking somebody by name, also without a network: from one character, the first letters, or the last digits. */
(function () {
  'use strict';
  var MOST = 40;

  /* options: field, list, none, people(), word(name), chosen(person) */
  window.elderlearn.names = function (options) {
    function paint() {
      var all = options.people(), words = options.field.value.trim().toLowerCase();
      var found = words ? all.filter(function (one) { return isMeant(one, words); }) : all;
      options.list.replaceChildren.apply(options.list, found.slice(0, MOST).map(row));
      options.none.hidden = found.length > 0 && found.length <= MOST;
      options.none.textContent = !all.length ? options.word('no_pack') : !found.length ? options.word('nobody')
        : options.word('more').replace('{n}', found.length - MOST);
    }

    /* Only the surname is known in full; the rest of a name by its first letters. */
    function isMeant(one, words) {
      if (/^\d+$/.test(words)) return words.endsWith(one.ends) || one.ends.endsWith(words);
      if (/[^\x00-\x7f]/.test(words)) return words.normalize('NFKC')[0] === one.name[0].toLowerCase();
      var letters = words.replace(/ü/g, 'v').replace(/[^a-z0-9]/g, ''), parts = one.spelled.split(' ');
      var surname = parts[0] || '', rest = parts[1] || '';
      if (!letters) return false;
      return (surname + rest).startsWith(letters) || (surname[0] + rest).startsWith(letters)
        || (surname !== '' && letters.startsWith(surname) && letters[surname.length] === rest[0]);
    }

    function row(one) {
      var item = document.createElement('li'), press = document.createElement('button');
      press.type = 'button';
      press.className = 'quiet person';
      press.append(piece('strong', one.name), piece('span', [one.spelled, one.ends && '…' + one.ends].filter(Boolean).join(' · ')));
      if (one.isHere) press.append(piece('span', options.word('here'), 'tag done'));
      press.addEventListener('click', function () { options.chosen(one); });
      item.append(press);
      return item;
    }

    function piece(tag, text, kind) {
      var made = document.createElement(tag);
      made.textContent = text;
      if (kind) made.className = kind;
      return made;
    }

    options.field.addEventListener('input', paint);
    return { paint: paint };
  };
})();
