/**
 * How long an experiment blocks the page: the longest tasks of the main thread in its first seconds, and the CPU time
 * that they take once the page is loaded: what is longer has waited for a core that others had.
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

/** Begins to record the tasks of the page; the function that it resolves with tells their CPU milliseconds. */
async function traceTasks(opened) {
  const session = await opened.context().browser().newBrowserCDPSession();
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const traceConfig = { includedCategories: ['toplevel', 'devtools.timeline'] };
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    // The threads of our page and of others, such as that of the browser: ours calls functions.
    const calling = new Set(events.filter(({ name }) => name === 'FunctionCall').map(({ pid }) => pid));
    const main = events.filter(
      ({ name, pid, args }) => name === 'thread_name' && args.name === 'CrRendererMain' && calling.has(pid),
    );
    const ours = ({ pid, tid }) => main.some((thread) => thread.pid === pid && thread.tid === tid);
    return events
      .filter((event) => event.name === 'ThreadControllerImpl::RunTask' && ours(event))
      .map(({ tdur }) => (tdur ?? 0) / 1000)
      .sort((a, b) => b - a);
  };
}

const page = await startPage();
try {
  for (const link of links.length > 0 ? links : fields) {
    const opened = await page.open(link, watch);
    const tasks = await traceTasks(opened);
    await opened.waitForTimeout(1000 * Number(seconds));
    const cpu = await tasks();
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
    const most = cpu.slice(0, 3).map((each) => each.toFixed(0));
    console.log(`  CPU time of ${cpu.length} tasks: longest ${most.join(', ')} ms`);
    await opened.context().browser().close();
  }
} finally {
  await page.close();
}
