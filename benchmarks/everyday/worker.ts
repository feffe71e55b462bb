/** One process of the pool: does what it is sent, one job at a time. */
const { run } = (await import(process.argv[2]!)) as { run(job: unknown): Promise<unknown> };

process.on('disconnect', () => process.exit()); // the run was stopped
process.on('message', (job) => {
  run(job).then(
    (result) => process.send!(result),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});

export {};
