// The AssemblyScript compiler on one command line after another: `node scripts/compile.mjs '[["assembly/index.ts", "--target", "simd"], …]'`. In one process
// the first takes 3 s, most of it until the compiler itself is compiled, and each other one 0.2 to 1 s; in a process of its own, each takes 1.5 to 3.5.

import binaryen from 'binaryen';

// The compiler copies a function of up to 70 nodes to wherever it is called: a logarithm to nineteen places. Up to 40 makes a core 7 % smaller, and what runs for every
// weight is marked to be copied (kernels/vector.ts).
const INLINED = 40;
const limit = binaryen._BinaryenSetFlexibleInlineMaxSize;
binaryen._BinaryenSetFlexibleInlineMaxSize = (nodes) => limit(Math.min(nodes, INLINED));
const { main } = await import('assemblyscript/asc'); // it takes the function above when it is loaded

for (const args of JSON.parse(process.argv[2])) {
  const { error } = await main(args, { stdout: process.stdout, stderr: process.stderr });
  if (error) {
    console.error(`build: asc ${args.join(' ')} failed`);
    process.exit(1);
  }
}
