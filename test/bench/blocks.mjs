/**
 * How long an experiment blocks the page: the longest tasks of the main thread in its first seconds.
 *
 *     npm run bench blocks -- [seconds] [fields of a link …]
 */
import { startPage } from './page.mjs';

const [seconds = '20', ...links] = process.argv.slice(3);
const fields = [
  'model=dln&engine=webgpu&dimension=1024&runs=16',
  'model=dln&engine=webgpu&dimension=8192&runs=16&init=random',
  'model=dln&engine=webgpu&dimension=1048576&runs=4&init=random',
  'model=dln&engine=cpu&dimension=1048576&runs=4&init=random',
];

/** Runs in the page: notes how long a message to itself waits, which is as long as a task before it takes. */
function watch() {
  const start = performance.now();
  globalThis.waits = [];
  const { port1, port2 } = new MessageChannel();
  let sent = start;
  port1.onmessage = () => {
    const now = performance.now();
    if (now - sent > 16) globalThis.waits.push([now - sent, sent - start]);
    setTimeout(() => {
      sent = performance.now();
      port2.postMessage(0);
    });
  };
  port2.postMessage(0);
  const look = () => {
    const status = document.querySelector('sgd-app')?.shadowRoot?.querySelector('sgd-status')?.shadowRoot;
    const text = status?.textContent.replace(/\s+/g, ' ') ?? '';
    const speed = /[1-9]\S* coordinate-steps\S* \S*/.exec(text)?.[0];
    if (speed) globalThis.begun ??= performance.now() - start;
    globalThis.speed = speed ?? 'nothing simulated';
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

const page = await startPage();
try {
  for (const link of links.length > 0 ? links : fields) {
    const opened = await page.open(link, watch);
    await opened.waitForTimeout(1000 * Number(seconds));
    const { waits, begun, speed } = await opened.evaluate(() => {
      const { waits, begun, speed } = globalThis;
      return { waits, begun, speed };
    });
    const longest = waits
      .sort((a, b) => b[0] - a[0])
      .slice(0, 5)
      .map(([wait, at]) => `${Math.round(wait)} ms at ${(at / 1000).toFixed(1)} s`);
    console.log(`${link}\n  ${speed}, from ${(begun / 1000).toFixed(1)} s on`);
    console.log(`  longest blocks of ${waits.length} above 16 ms: ${longest.join(', ') || 'none'}`);
    await opened.context().browser().close();
  }
} finally {
  await page.close();
}
