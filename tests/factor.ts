// `npm run test:factor -- 10000000`: so many samples (default 200,000) of each hostile generator through a decorrelating learner of 16 inputs; a tenth of
// that, but at least 40,000, with 4 and 64. Prints what each did; exit code 1 where there was a violation.

import { GENERATORS, fuzzFactor } from './fuzz/factor.js';

const samples = Number(process.argv[2] ?? 200_000);
if (!Number.isSafeInteger(samples) || samples < 1000) {
  console.error(`samples: ${process.argv[2]}; expected a whole number from 1000 on`);
  process.exit(2);
}

const fewer = Math.max(40_000, Math.ceil(samples / 10));
let violations = 0;
let runs = 0;
for (const [inputs, count] of [[16, samples], [4, fewer], [64, fewer]] as const) {
  for (const generator of Object.keys(GENERATORS)) {
    const { length, exact, greatest, violations: found } = await fuzzFactor(generator, inputs, count, inputs);
    console.log(`${generator.padEnd(22)} ${String(inputs).padStart(3)} inputs  ${count} samples  z'd / n ${length.toFixed(3)}, without rounding ${exact.toFixed(3)}  greatest ${greatest.toFixed(2)}  ${found.length} violations`);
    for (const violation of found) console.log(`  ${violation}`);
    violations += found.length;
    runs++;
  }
}
console.log(`${violations} violations in ${runs} runs of ${Object.keys(GENERATORS).length} generators`);
process.exitCode = violations === 0 ? 0 : 1;
