// What every test imports instead of uvu: `suite`, `needs` and `assert`.
//
// uvu 0.5.6 exits 0 on several kinds of broken test, because its runner returns from a `finally` and so swallows whatever
// escaped its loop. This wrapper closes what can be closed from inside the process; tests/guard/guard.ts watches from
// outside. Each case is a fixture in tests/guard/fixtures/.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { inspect } from 'node:util';
import { suite as uvuSuite, type Callback } from 'uvu';

export * as assert from 'uvu/assert';

/** Something outside npm that a test cannot do without. */
export interface Need {
  readonly tool: string;
  readonly install: string;
  readonly present: boolean;
}

export interface Suite {
  (name: string, test: Callback): void;
  only(name: string, test: Callback): void;
  before(hook: Callback): void;
  beforeEach(hook: Callback): void;
  after(hook: Callback): void;
  afterEach(hook: Callback): void;
  run(): void;
}

/** `needs('qemu-system-arm', 'apt-get install qemu-system-arm')`; say yourself whether it is there if it is not on PATH. */
export function needs(tool: string, install: string, present: boolean = onPath(tool)): Need {
  return { tool, install, present };
}

/** Suites with something in them that has not been handed to uvu. */
const waiting = new Set<string>();

// Runs after uvu has set its own exit code (measured on 0.5.6), so this one stays.
process.on('exit', () => {
  for (const name of waiting) console.error(`suite "${name}" was never run; end it with .run(), after its last test`);
  if (waiting.size > 0) process.exitCode = 1;
});

/** What no package brings, and a check was therefore told that it may go without. */
const MAY_MISS = (process.env.ONWARD_MAY_MISS ?? '').split(',');

/** A suite whose needs are not all there skips its tests by name; with ONWARD_REQUIRE_ALL=1 it fails them instead, but for what ONWARD_MAY_MISS names. */
export function suite(name: string, ...required: Need[]): Suite {
  const inner = uvuSuite(name);
  const missing = required.find((need) => !need.present);
  let tests = 0;

  const register = (add: typeof inner | typeof inner.only) => (title: string, test: Callback): void => {
    tests++;
    waiting.add(name); // also a test added after .run(), which uvu would forget
    if (missing === undefined) {
      add(title, withErrors(test));
    } else if (process.env.ONWARD_REQUIRE_ALL === '1' && !MAY_MISS.includes(missing.tool)) {
      add(title, () => { throw new Error(`${missing.tool} is missing (install: ${missing.install})`); });
    } else {
      inner.skip();
      console.log(`skipped: ${name}, ${title} (install: ${missing.install})`);
    }
  };
  // The hooks of a skipped suite would look for the very tool that is missing.
  const hook = (kind: string, add: typeof inner.before) => (callback: Callback): void => {
    if (missing === undefined) add(withReport(`${kind} hook of suite "${name}"`, callback));
  };

  waiting.add(name);
  return Object.assign(register(inner), {
    only: register(inner.only),
    before: hook('before', inner.before),
    beforeEach: hook('beforeEach', inner.before.each as typeof inner.before),
    after: hook('after', inner.after),
    afterEach: hook('afterEach', inner.after.each as typeof inner.before),
    run(): void {
      if (tests === 0) throw new Error(`suite "${name}" has no tests; add one or delete the suite`);
      waiting.delete(name);
      inner.run();
    },
  });
}

/** uvu formats a failure inside the `catch` that loses errors: hand it only values that it can format. */
function withErrors(test: Callback): Callback {
  return async (context) => {
    try {
      await test(context);
    } catch (error) {
      if (error instanceof Error && typeof error.stack === 'string') throw error;
      throw new Error(`thrown: ${inspect(error)}`);
    }
  };
}

/** uvu says nothing about a hook that throws: say it before the error is lost. */
function withReport(where: string, hook: Callback): Callback {
  return async (context) => {
    try {
      await hook(context);
    } catch (error) {
      console.error(`\n${where} threw: ${inspect(error)}`);
      throw error;
    }
  };
}

function onPath(tool: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
