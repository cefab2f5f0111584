/** Times the WebGPU engine in a headless browser: for main.ts, which is bundled without it. */
import { readdirSync, readFileSync } from 'node:fs';
import { startPage } from './page.mjs';

/** Ticks of a process clock per second, as Linux tells them. */
const TICKS = 100;

/** Parent and CPU seconds of a process on Linux. */
function statOf(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: fields[1], seconds: (Number(fields[11]) + Number(fields[12])) / TICKS };
}

function descends(pid) {
  for (let each = pid; each !== '0'; each = statOf(each).parent) {
    if (each === String(process.pid)) return true;
  }
  return false;
}

/** Process id of our browser's GPU process; undefined elsewhere than on Linux. */
function gpuProcess() {
  if (process.platform !== 'linux') return undefined;
  const isOurs = (pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=gpu-process') && descends(pid);
    } catch {
      // It has ended meanwhile.
      return false;
    }
  };
  return readdirSync('/proc').find((name) => /^\d+$/.test(name) && isOurs(name));
}

/**
 * The engine under test, or one line that says why there is none. `seconds` are those of CPU time of the GPU process
 * where that can be told and emulates the adapter, else of the wall clock, for `steps` steps of all runs of the diagonal
 * linear network, those `spent` of any process.
 */
export async function startWebgpu() {
  let site;
  try {
    site = await startPage('test/bench/webgpu.html');
    const page = await site.open('');
    await page.waitForFunction(() => globalThis.bench !== undefined);
    const device = await page.evaluate(() => globalThis.bench.device);
    if (device === undefined) throw new Error(await page.evaluate(() => globalThis.bench));
    const pid = device.endsWith(', software') ? gpuProcess() : undefined;
    return {
      name: `WebGPU (${device}${pid ? ', CPU time' : ''})`,
      seconds(process, { dimension, runs, steps }) {
        const dt = process === 'sgd' ? 1 / dimension : 0.01;
        return this.spent('dln', process, { dimension, runs, dt, horizon: 1000 }, [steps * dt]);
      },
      async spent(...work) {
        const simulate = () => page.evaluate((all) => globalThis.bench.simulate(...all), work);
        const before = pid && statOf(pid).seconds;
        const wall = await simulate();
        return pid ? statOf(pid).seconds - before : wall;
      },
      close: () => site.close(),
    };
  } catch (error) {
    await site?.close();
    return error.message.split('\n')[0];
  }
}
