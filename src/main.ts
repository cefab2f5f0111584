/** Starts the page: address, settings, engines, <sgd-app>. */
import { bindAddress, linkTo, readAddress } from './config/url.ts';
import type { Schemas } from './config/fragment.ts';
import { Store } from './config/store.ts';
import { viewParameters } from './config/view.ts';
import { spawnWorker } from './engine/browserPort.ts';
import type { Engines } from './engine/choose.ts';
import { createCpuEngine } from './engine/cpu.ts';
import { Pool } from './engine/pool.ts';
import { requestGpu } from './gpu/device.ts';
import { models } from './models/index.ts';
import { SgdApp } from './ui/sgdApp.ts';
import { tokens } from './ui/theme.ts';

const schemas: Schemas = {
  models: Object.fromEntries(Object.entries(models).map(([name, { parameters }]) => [name, parameters])),
  view: viewParameters,
};

/** The engines of this machine; the page itself keeps a core where there are more than two. */
async function findEngines(): Promise<Engines> {
  const cores = navigator.hardwareConcurrency || 2;
  const cpu = createCpuEngine(new Pool(cores > 2 ? cores - 1 : cores, spawnWorker));
  const gpu = await requestGpu();
  if (typeof gpu === 'string') return { cpu, webgpu: undefined, missing: gpu, software: false };
  const { webgpuEngineOn } = await import('./engine/webgpu.ts');
  return { cpu, webgpu: webgpuEngineOn(gpu), missing: '', software: gpu.software };
}

document.adoptedStyleSheets.push(tokens.styleSheet!);
const { settings, problems } = readAddress(schemas);
const store = new Store(schemas, settings);
const app = new SgdApp();
app.store = store;
app.models = models;
app.linkTo = (target) => linkTo(target, schemas);
document.body.replaceChildren(app);
app.messages.report(problems);
bindAddress(
  store,
  (decoded) => app.messages.report(decoded.problems),
  (message) => app.messages.say('address', 'warning', message),
);
app.machinery = { engines: await findEngines(), limits: new Pool(1, spawnWorker) };

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  try {
    await navigator.serviceWorker.register('./sw.js');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    app.messages.say('offline', 'warning', `The page will not work offline: ${reason}`);
  }
}
