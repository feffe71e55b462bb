// The memory that a core needs on a board, asked of the core itself: the numbers that a build is made for.

export interface CorePlan {
  /** First byte of the linear memory that the core uses, and the end of the arena: in between lies all the RAM it needs. */
  readonly low: number;
  readonly bytes: number;
  readonly arenaBytes: number;
  readonly stateBytes: number;
}

/** Of a core that has been created: the learner's or the detector's. */
export function corePlan(core: { config(): number; plan(): number; arena(): number; stateBytes(): number }): CorePlan {
  const arenaBytes = core.plan();
  return { low: core.config() & ~15, bytes: core.arena() + arenaBytes, arenaBytes, stateBytes: core.stateBytes() };
}

/** FNV-1a, 32 bits: what a board reports for its learned bytes. */
export function fnv1a(bytes: Uint8Array): number {
  let hash = 2166136261;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 16777619);
  return hash >>> 0;
}
