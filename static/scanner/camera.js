/* The camera and still photos: whatever is read goes to found(text); what cannot be done goes to cannot(reason). */
(function () {
  'use strict';
  var EVERY = 90, SIDE = 720, PHOTO = 1600;

  window.elderlearn.camera = function (options) {
    var video = options.video, canvas = document.createElement('canvas'), busy = false, number = 0;
    var worker = new Worker(options.worker);

    worker.onmessage = function (event) {
      var data = event.data;
      if (data.ready) { options.ready(); return; }
      busy = false;
      if (data.problem) options.cannot('decode');
      else if (data.text) options.found(data.text);
      else if (data.number < 0) options.cannot('photo');
    };
    worker.onerror = function () { options.cannot('decode'); };

    function look() {
      if (!video.srcObject) return;
      if (!busy && video.readyState >= 2 && video.videoWidth) {
        var side = Math.min(video.videoWidth, video.videoHeight), size = Math.round(Math.min(side, SIDE));
        canvas.width = canvas.height = size;
        var pen = canvas.getContext('2d', { willReadFrequently: true });
        pen.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, size, size);
        hand(pen.getImageData(0, 0, size, size), ++number);
      }
      setTimeout(look, EVERY);
    }

    function hand(picture, as) {
      busy = true;
      worker.postMessage({ number: as, picture: picture }, [picture.data.buffer]);
    }

    async function start() {
      if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) { options.cannot('none'); return; }
      try {
        video.srcObject = await navigator.mediaDevices.getUserMedia({
          audio: false, video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } },
        });
        await video.play();
        options.started();
        look();
      } catch (error) {
        options.cannot(error.name === 'NotAllowedError' ? 'refused' : 'none');
      }
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

    return { start: start, photo: photo };
  };
})();
