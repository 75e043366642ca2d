/* Reads QR codes out of pictures, away from the screen, so that the page never stutters. */
importScripts('../vendor/zxing-reader.js');
var wasm = new URL('../vendor/zxing_reader.wasm', self.location.href).href;
ZXingWASM.prepareZXingModule({ overrides: { locateFile: function () { return wasm; } } });
var options = { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 };

self.onmessage = async function (event) {
  try {
    var found = await ZXingWASM.readBarcodes(event.data.picture, options);
    self.postMessage({ number: event.data.number, text: found.length ? found[0].text : null });
  } catch (error) {
    self.postMessage({ number: event.data.number, problem: String(error) });
  }
};
ZXingWASM.prepareZXingModule({ fireImmediately: true }).then(
  function () { self.postMessage({ ready: true }); },
  function (error) { self.postMessage({ problem: String(error) }); }
);
