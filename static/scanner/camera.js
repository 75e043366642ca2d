/* The camera and still photos: whatever is read goes to found(text, method); what cannot be done goes to cannot(reason). */
(function () {
  'use strict';
  var EVERY = 90, SIDE = 720, PHOTO = 1600;

  /* options: video, worker, ready(), started(), stopped(), found(text, method), cannot(reason), can({light, other}) */
  window.elderlearn.camera = function (options) {
    var video = options.video, canvas = document.createElement('canvas'), busy = false, number = 0, chosen = null, timer = null, awake = null;
    var worker = new Worker(options.worker);

    worker.onmessage = function (event) {
      var data = event.data;
      if (data.ready) { options.ready(); return; }
      busy = false;
      if (data.problem) options.cannot('decode');
      else if (data.text) options.found(data.text, data.number < 0 ? 'photo' : 'camera');
      else if (data.number < 0) options.cannot('photo');
    };
    worker.onerror = function () { options.cannot('decode'); };

    function look() {
      if (!video.srcObject) return;
      if (!busy && video.readyState >= 2 && video.videoWidth) {
        var side = Math.min(video.videoWidth, video.videoHeight), size = Math.round(Math.min(side, SIDE));
        if (canvas.width !== size || canvas.height !== size) canvas.width = canvas.height = size;
        var pen = canvas.getContext('2d', { willReadFrequently: true });
        pen.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, size, size);
        hand(pen.getImageData(0, 0, size, size), ++number);
      }
      timer = setTimeout(look, EVERY);
    }

    function hand(picture, as) {
      busy = true;
      worker.postMessage({ number: as, picture: picture }, [picture.data.buffer]);
    }

    function track() { return video.srcObject ? video.srcObject.getVideoTracks()[0] : null; }

    async function start() {
      if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) { options.cannot('none'); return; }
      stop();
      try {
        video.srcObject = await navigator.mediaDevices.getUserMedia({
          audio: false,
          video: Object.assign({ width: { ideal: 1280 }, height: { ideal: 720 } }, chosen ? { deviceId: { exact: chosen } } : { facingMode: { ideal: 'environment' } }),
        });
        await video.play();
      } catch (error) {
        stop();
        options.cannot(error.name === 'NotAllowedError' ? 'refused' : 'none');
        return;
      }
      track().addEventListener('ended', function () { stop(); options.stopped(); });
      options.started();
      options.can({ light: canLight(), other: (await cameras()).length > 1 });
      stayAwake();
      look();
    }

    function stop() {
      clearTimeout(timer);
      if (video.srcObject) video.srcObject.getTracks().forEach(function (one) { one.stop(); });
      video.srcObject = null;
      if (awake) awake.release().catch(function () {});
      awake = null;
    }

    function canLight() {
      var one = track();
      return Boolean(one && one.getCapabilities && one.getCapabilities().torch);
    }

    async function light(isOn) {
      try { await track().applyConstraints({ advanced: [{ torch: isOn }] }); return isOn; } catch (error) { return !isOn; }
    }

    async function cameras() {
      try { return (await navigator.mediaDevices.enumerateDevices()).filter(function (one) { return one.kind === 'videoinput'; }); } catch (error) { return []; }
    }

    /* The next of the cameras there are. */
    async function other() {
      var all = await cameras(), now = track() && track().getSettings ? track().getSettings().deviceId : '';
      var at = all.findIndex(function (one) { return one.deviceId === now; });
      if (all.length) chosen = all[(at + 1) % all.length].deviceId;
      await start();
    }

    /* Nobody touches the phone while a queue goes by: it must not fall asleep. */
    async function stayAwake() {
      try { awake = await navigator.wakeLock.request('screen'); } catch (error) { /* older phones sleep when they want to */ }
    }

    async function photo(file) {
      try {
        var bitmap = await createImageBitmap(file), scale = Math.min(1, PHOTO / Math.max(bitmap.width, bitmap.height));
        canvas.width = Math.round(bitmap.width * scale);
        canvas.height = Math.round(bitmap.height * scale);
        var pen = canvas.getContext('2d', { willReadFrequently: true });
        pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
        hand(pen.getImageData(0, 0, canvas.width, canvas.height), -1);
      } catch (error) {
        options.cannot('photo');
      }
    }

    document.addEventListener('visibilitychange', function () {
      if (!document.hidden && video.srcObject && track().readyState === 'live') { video.play().catch(function () {}); stayAwake(); }
    });
    return { start: start, stop: stop, photo: photo, light: light, other: other, isOn: function () { return Boolean(video.srcObject); } };
  };
})();
