/**
 * Whether the page keeps anything: minutes at full speed, started anew every few seconds, first on WebGPU, then on the
 * CPU. It keeps all cores busy, so nothing else should be timed meanwhile.
 *
 *     nice -n 10 npm run bench soak -- [minutes]
 */
import { startPage } from './page.mjs';

const minutes = Number(process.argv[3] ?? 10);
const [SAMPLE, RESTART] = [30_000, 6_000];
const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(1).padStart(8);

/** Runs in the page: counts what GPU buffers hold. */
function watchBuffers() {
  globalThis.buffers = new Map();
  if (!('GPUDevice' in globalThis)) return;
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    globalThis.buffers.set(buffer, descriptor.size);
    return buffer;
  };
  const { destroy } = GPUBuffer.prototype;
  GPUBuffer.prototype.destroy = function () {
    globalThis.buffers.delete(this);
    destroy.call(this);
  };
}

/** Runs in every worker: remembers the memories of its WebAssembly modules while they live. */
function watchMemories() {
  const { Instance } = WebAssembly;
  globalThis.memories = [];
  WebAssembly.Instance = function (module, imports) {
    const instance = new Instance(module, imports);
    globalThis.memories.push(new WeakRef(instance.exports.memory));
    return instance;
  };
}

/** Runs in a worker: bytes of the memories that are left. */
function memoryOfWorker() {
  globalThis.gc();
  return (globalThis.memories ?? []).reduce((sum, ref) => sum + (ref.deref()?.buffer.byteLength ?? 0), 0);
}

/** Runs in the page. */
function memoryOfPage() {
  globalThis.gc();
  const held = [...globalThis.buffers.values()];
  return {
    heap: performance.memory.usedJSHeapSize,
    buffers: held.length,
    held: held.reduce((sum, size) => sum + size, 0),
    status: document
      .querySelector('sgd-app')
      .shadowRoot.querySelector('sgd-status')
      .shadowRoot.textContent.replace(/\s+/g, ' ')
      .match(/\S+ coordinate-steps\/s \S+/)?.[0],
  };
}

const site = await startPage();
try {
  const started = performance.now();
  console.log('    s   JS heap MB   GPU buffers   MB   WASM MB of workers   engine');
  let page;
  for (const engine of ['webgpu', 'cpu']) {
    const fields = `model=dln&engine=${engine}&dimension=4096&runs=16&horizon=1000`;
    if (page) await page.evaluate((hash) => (location.hash = hash), `v=1&${fields}`);
    else {
      page = await site.open(fields, watchBuffers);
      page.on('worker', (worker) => void worker.evaluate(watchMemories));
      for (const worker of page.workers()) await worker.evaluate(watchMemories);
    }
    const end = performance.now() + (minutes / 2) * 60_000;
    let next = performance.now() + SAMPLE;
    while (performance.now() < end) {
      await page.waitForTimeout(RESTART);
      if (performance.now() >= next || performance.now() >= end) {
        next += SAMPLE;
        const { heap, buffers, held, status } = await page.evaluate(memoryOfPage);
        const workers = await Promise.all(page.workers().map((worker) => worker.evaluate(memoryOfWorker)));
        const wasm = workers.reduce((sum, bytes) => sum + bytes, 0);
        const seconds = String(Math.round((performance.now() - started) / 1000)).padStart(5);
        console.log(
          `${seconds} ${megabytes(heap)} ${String(buffers).padStart(12)} ${megabytes(held)} ${megabytes(wasm)} of ${workers.length}   ${status}`,
        );
      }
      await page.keyboard.press('r');
    }
  }
} finally {
  await site.close();
}
