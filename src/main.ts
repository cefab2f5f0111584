/** Starts the page: address, settings, engines, <sgd-app>. */
import { bindAddress, linkTo, readAddress } from './config/url.ts';
import { applyFields, modelIn, type Decoded, type Schemas } from './config/fragment.ts';
import { Store } from './config/store.ts';
import { viewParameters } from './config/view.ts';
import { spawnWorker } from './engine/browserPort.ts';
import type { Engines } from './engine/choose.ts';
import { createCpuEngine } from './engine/cpu.ts';
import { Pool } from './engine/pool.ts';
import { requestGpu } from './gpu/device.ts';
import { catalogue } from './models/index.ts';
import { Library } from './models/library.ts';
import { SgdApp } from './ui/sgdApp.ts';
import { tokens } from './ui/theme.ts';

const library = new Library(catalogue);
const schemas: Schemas = { models: library.parameters, view: viewParameters };
const load = (name: string) => library.load(name);

/** What the address says; the default settings where its model cannot be loaded. */
async function openAddress(): Promise<Decoded> {
  try {
    return await readAddress(schemas, load);
  } catch (error) {
    await load(catalogue[0]!.name);
    const message = `could not be loaded: ${error instanceof Error ? error.message : String(error)}`;
    const problem = { key: 'model', value: modelIn(location.href, schemas), message };
    return { settings: applyFields(new Map(), schemas), problems: [problem] };
  }
}

async function findEngines(pool: Pool): Promise<Engines> {
  const cpu = createCpuEngine(pool);
  const gpu = await requestGpu();
  if (typeof gpu === 'string') return { cpu, webgpu: undefined, missing: gpu, software: false };
  const { webgpuEngineOn } = await import('./engine/webgpu.ts');
  return { cpu, webgpu: webgpuEngineOn(gpu, { pool }), missing: '', software: gpu.software };
}

document.adoptedStyleSheets.push(tokens.styleSheet!);
const { settings, problems } = await openAddress();
const store = new Store(schemas, settings);
const app = new SgdApp();
app.store = store;
app.library = library;
app.linkTo = (target) => linkTo(target, schemas);
document.body.replaceChildren(app);
app.messages.report(problems);
bindAddress(store, {
  load,
  onRead: (decoded) => app.messages.report(decoded.problems),
  report: (message) => app.messages.say('address', 'warning', message),
});
// The page itself keeps a core where there are more than two.
const cores = navigator.hardwareConcurrency || 2;
const simulators = new Pool(cores > 2 ? cores - 1 : cores, spawnWorker);
// Several limits of one experiment are solved at once where the cores are there; the first one always has worker 0.
const limits = new Pool(Math.min(3, Math.max(1, Math.floor(cores / 4))), spawnWorker);
app.machinery = { engines: await findEngines(simulators), limits, simulators };

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  try {
    await navigator.serviceWorker.register('./sw.js');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    app.messages.say('offline', 'warning', `The page will not work offline: ${reason}`);
  }
}
