// The phone's side of "Ambil dari ponsel": files in pieces, each with its hash, going on after a break.
// Plain old JavaScript: phones of ten years send photos too. No crypto.subtle: browsers keep it to https.
(function () {
  'use strict';
  var PIECE = 1048576, WAITS = [1, 2, 3, 5, 8], PATIENCE = 600000;
  var list = document.getElementById('list'), input = document.getElementById('files');
  var sum = document.getElementById('sum');
  var rows = [], working = false, phone = phoneName();

  function phoneName() {
    var made = '', bytes = new Uint8Array(12);
    try { made = localStorage.getItem('kim') || ''; } catch (e) { /* private mode keeps nothing */ }
    if (made) { return made; }
    crypto.getRandomValues(bytes);
    made = hex(bytes);
    try { localStorage.setItem('kim', made); } catch (e) { /* then a reload begins again */ }
    return made;
  }

  function hex(bytes) {
    var text = '';
    for (var i = 0; i < bytes.length; i++) { text += (bytes[i] < 16 ? '0' : '') + bytes[i].toString(16); }
    return text;
  }

  // SHA-256 (FIPS 180-4). The constants are the fractional parts of roots of the first primes.
  var K = new Int32Array(64), START = new Int32Array(8);
  (function () {
    for (var n = 2, found = 0; found < 64; n++) {
      var prime = true;
      for (var d = 2; d * d <= n; d++) { if (n % d === 0) { prime = false; break; } }
      if (!prime) { continue; }
      var cube = Math.pow(n, 1 / 3), square = Math.sqrt(n);
      K[found] = ((cube - Math.floor(cube)) * 4294967296) | 0;
      if (found < 8) { START[found] = ((square - Math.floor(square)) * 4294967296) | 0; }
      found++;
    }
  })();

  function digest(data) {
    var size = data.length, blocks = ((size + 8) >> 6) + 1, state = new Int32Array(START), w = new Int32Array(64);
    var tail = new Uint8Array(blocks * 64 - (size & ~63)), whole = size & ~63, bits = size * 8;
    tail.set(data.subarray(whole));
    tail[size - whole] = 128;
    for (var b = 0; b < 8; b++) { tail[tail.length - 1 - b] = Math.floor(bits / Math.pow(256, b)) % 256; }
    for (var at = 0; at < whole; at += 64) { block(state, data, at, w); }
    for (at = 0; at < tail.length; at += 64) { block(state, tail, at, w); }
    var out = new Uint8Array(32);
    for (var i = 0; i < 32; i++) { out[i] = state[i >> 2] >>> (24 - 8 * (i & 3)); }
    return out;
  }

  function block(s, data, at, w) {
    var i, x, y, t1, t2;
    for (i = 0; i < 16; i++, at += 4) {
      w[i] = (data[at] << 24) | (data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3];
    }
    for (; i < 64; i++) {
      x = w[i - 15]; y = w[i - 2];
      w[i] = (w[i - 16] + w[i - 7] + (((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)) +
        (((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10))) | 0;
    }
    var a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
    for (i = 0; i < 64; i++) {
      t1 = (h + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) +
        ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      t2 = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) +
        ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    s[0] = (s[0] + a) | 0; s[1] = (s[1] + b) | 0; s[2] = (s[2] + c) | 0; s[3] = (s[3] + d) | 0;
    s[4] = (s[4] + e) | 0; s[5] = (s[5] + f) | 0; s[6] = (s[6] + g) | 0; s[7] = (s[7] + h) | 0;
  }

  function joined(digests) {
    var all = new Uint8Array(digests.length * 32);
    for (var i = 0; i < digests.length; i++) { all.set(digests[i], i * 32); }
    return hex(digest(all));
  }

  // ---------------------------------------------------------------- asking the laptop

  function ask(method, path, body, headers, done) {
    var call = new XMLHttpRequest();
    call.open(method, path);
    for (var name in headers) { call.setRequestHeader(name, headers[name]); }
    call.timeout = 75000;
    call.onloadend = function () {
      var said = null;
      try { said = JSON.parse(call.responseText); } catch (e) { /* 503, or nobody there */ }
      done(said);
    };
    call.send(body);
  }

  // Asked again until there is an answer: a phone that slept, a Wi-Fi that was gone, a laptop that is busy.
  function insist(row, method, path, body, headers, done) {
    var tries = 0, until = Date.now() + PATIENCE;
    function once() {
      if (row.cancelled) { next(row); return; }
      row.retry = null;
      ask(method, path, body, headers, function (said) {
        if (row.cancelled) { next(row); return; }
        if (said && said.error) { stop(row, said.error, said.again); return; }
        if (said) { row.lost = false; done(said); return; }
        if (Date.now() > until) { stop(row, W.silent, true); return; }
        row.lost = true;
        show(row);
        row.retry = once;
        setTimeout(function () { if (row.retry === once) { once(); } }, 1000 * WAITS[Math.min(tries++, 4)]);
      });
    }
    once();
  }

  document.addEventListener('visibilitychange', function () {
    if (document.hidden) { return; }
    rows.forEach(function (row) { if (row.retry) { row.retry(); } });
  });
  window.addEventListener('beforeunload', function (event) {
    if (working) { event.preventDefault(); event.returnValue = ''; }
  });

  // ---------------------------------------------------------------- one file after the other

  input.addEventListener('change', function () {
    for (var i = 0; i < input.files.length; i++) { add(input.files[i]); }
    input.value = '';
    run();
  });

  function add(file) {
    var made = document.getElementById('row').content.firstElementChild.cloneNode(true);
    var row = { file: file, state: 'waiting', got: 0, digests: [], part: made };
    made.querySelector('.n').textContent = file.name;
    made.querySelector('.s').textContent = sizeText(file.size);
    made.querySelector('.x').addEventListener('click', function () { cancel(row); });
    made.querySelector('.r').addEventListener('click', function () {
      row.state = 'waiting'; row.cancelled = row.again = false; row.why = ''; row.got = 0; show(row); run();
    });
    list.appendChild(made);
    rows.push(row);
    show(row);
  }

  function run() {
    if (working) { return; }
    var row = rows.filter(function (one) { return one.state === 'waiting'; })[0];
    if (!row) { return; }
    working = true;
    row.state = 'sending';
    row.stuck = 0;
    show(row);
    begin(row, false);
  }

  function next(row) { working = false; show(row); run(); watch(); }
  function stop(row, why, again) {
    row.state = again ? 'stopped' : 'refused';
    row.again = again;
    row.why = why;
    next(row);
  }

  function cancel(row) {
    row.cancelled = true;
    if (row.id) { ask('POST', 'batal/' + row.id, '', {}, function () {}); }
    if (row.state === 'sending') { row.state = 'cancelled'; if (row.retry) { row.retry(); } } else { row.state = 'cancelled'; }
    show(row);
  }

  function begin(row, fresh) {
    var file = row.file, said = { phone: phone, name: file.name, size: file.size, stamp: String(file.lastModified) };
    said.fresh = fresh;
    insist(row, 'POST', 'mulai', JSON.stringify(said), {}, function (answer) {
      row.id = answer.id;
      if (answer.state !== 'coming') { take(row, answer); next(row); return; }
      again(row, answer, 0, []);
    });
  }

  // What is there already is hashed again: the file behind this name may be another one by now.
  function again(row, answer, at, digests) {
    if (at < answer.got) {
      piece(row, at, function (data) {
        digests.push(digest(data));
        again(row, answer, at + data.length, digests);
      });
    } else if (answer.got && joined(digests) !== answer.check) {
      begin(row, true);
    } else {
      row.digests = digests;
      row.got = answer.got;
      send(row);
    }
  }

  function piece(row, at, done) {
    if (row.cancelled) { next(row); return; }
    var reader = new FileReader();
    reader.onload = function () { done(new Uint8Array(reader.result)); };
    reader.onerror = function () { stop(row, W.unreadable, false); };
    reader.readAsArrayBuffer(row.file.slice(at, Math.min(at + PIECE, row.file.size)));
  }

  function send(row) {
    show(row);
    if (row.got >= row.file.size) { finish(row); return; }
    piece(row, row.got, function (data) {
      var found = digest(data), number = row.got / PIECE;
      row.digests[number] = found;
      insist(row, 'PUT', row.id + '/' + number, data, { 'X-Hash': hex(found) }, function (answer) {
        row.stuck = answer.got > row.got ? 0 : row.stuck + 1;
        if (answer.state !== 'coming') { take(row, answer); next(row); return; }
        if (row.stuck > 5) { stop(row, W.damaged, true); return; }
        // Another tab of this phone may be ahead: then its pieces are hashed here, too.
        if (answer.got > row.got + data.length || answer.got < row.got) { again(row, answer, 0, []); return; }
        row.got = answer.got;
        send(row);
      });
    });
  }

  function finish(row) {
    insist(row, 'POST', 'selesai/' + row.id, JSON.stringify({ root: joined(row.digests) }), {}, function (answer) {
      if (answer.state === 'coming') { again(row, answer, 0, []); return; }
      take(row, answer);
      next(row);
    });
  }

  // What the laptop could not put into the story (a full disk, a story in the bin) may be sent once more from here.
  function take(row, answer) {
    row.state = answer.state;
    row.again = answer.state === 'refused';
    row.why = answer.told;
    row.got = answer.got;
    show(row);
  }

  // Files that arrived are asked about until the window has taken them in.
  var watching = false;
  function watch() {
    if (watching || !rows.some(function (row) { return row.state === 'arrived'; })) { return; }
    watching = true;
    setTimeout(function () {
      ask('GET', 'keadaan/' + phone, null, {}, function (said) {
        watching = false;
        ((said && said.files) || []).forEach(function (one) {
          rows.forEach(function (row) { if (row.id === one.id && row.state === 'arrived') { take(row, one); } });
        });
        watch();
      });
    }, 1200);
  }

  // ---------------------------------------------------------------- what is shown

  function show(row) {
    var part = row.part, bar = part.querySelector('progress'), told = part.querySelector('.w');
    var share = row.file.size ? Math.floor(100 * row.got / row.file.size) : 0;
    var on = row.state === 'waiting' || row.state === 'sending';
    part.dataset.state = row.state;
    bar.value = row.state === 'arrived' || row.state === 'added' ? 100 : share;
    bar.hidden = row.state === 'refused' || row.state === 'cancelled' || row.state === 'added';
    told.textContent = row.state === 'sending' ? (row.lost ? W.lost : W.sending.replace('#', share)) :
      row.why || W[row.state];
    if (row.state === 'added' || row.state === 'arrived') { told.textContent = W[row.state]; }
    part.querySelector('.x').hidden = !on && row.state !== 'stopped';
    part.querySelector('.r').hidden = !(row.again && (row.state === 'stopped' || row.state === 'refused'));
    var ends = rows.filter(function (one) { return one.state === 'added'; }).length;
    var whole = rows.filter(function (one) { return one.state !== 'cancelled'; });
    var size = 0, got = 0;
    whole.forEach(function (one) {
      if (one.state !== 'refused') { size += one.file.size; got += one.got; }
    });
    sum.textContent = whole.length ? W.sum.replace('{done}', ends).replace('{all}', whole.length)
      .replace('{share}', size ? Math.floor(100 * got / size) : 0) : '';
  }

  function sizeText(size) {
    var units = ['byte', 'kB', 'MB', 'GB'], step = 0;
    while (size >= 1000 && step < 3) { size /= 1000; step++; }
    return (step ? size.toFixed(size < 10 ? 1 : 0) : String(size)).replace('.', W.comma) + ' ' + units[step];
  }
})();
