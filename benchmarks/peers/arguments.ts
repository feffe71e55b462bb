/** What run.ts hands to a peer's process after the peer's name and the task file: the learning rate, then what is the peer's own. */
export function argument(index: number): string {
  const value = process.argv[4 + index];
  if (value === undefined) throw new RangeError(`argument ${index}: missing; run.ts passes it`);
  return value;
}

export function rate(): number {
  const value = Number(argument(0));
  if (!(value > 0)) throw new RangeError(`rate: got ${argument(0)}; expected a number above 0`);
  return value;
}
