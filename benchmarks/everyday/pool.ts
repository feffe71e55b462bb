/** Jobs on every core: processes that are each given the next one when they have done the last. */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Names the module's exported function `run`, which takes a job and answers with a result; both go through JSON. */
export async function inProcesses<Job, Result>(module: string, jobs: readonly Job[], told: (done: number, job: Job, result: Result) => void): Promise<void> {
  let next = 0;
  let done = 0;
  const worker = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), [module], { execArgv: ['--import', 'tsx'] });
      let current: Job;
      const give = (): void => {
        if (next === jobs.length) child.disconnect();
        else child.send((current = jobs[next++]) as object);
      };
      child.on('message', (result) => {
        told(++done, current, result as Result);
        give();
      });
      child.on('error', reject);
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with code ${code} at job ${JSON.stringify(current)}`))));
      give();
    });
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, worker));
}
