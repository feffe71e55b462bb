import type { AggregatorOptions } from './aggregator-options.js';
import { FEWEST_MASKED } from './masked-member.js';
import { MOST_SHARES } from './shamir.js';

/** An option that masks or noise rule out, what it may be, and why. */
export interface OptionFault {
  name: keyof AggregatorOptions;
  value: boolean | number | string;
  expected: string;
  why: string;
}

/** Options that need single updates mean nothing where there are none. */
export function faultUnderMasks({ trust = true, clip = 0, trim = 0, prototypes = false, layers = 'all', minDevices = FEWEST_MASKED }: Partial<AggregatorOptions>): OptionFault | undefined {
  if (!trust) return { name: 'trust', value: trust, expected: 'true, or nothing', why: 'under masks nobody can be clipped, capped or set aside' };
  if (clip > 0) return { name: 'clip', value: clip, expected: '0', why: 'what is under a mask cannot be shortened' };
  if (trim > 0) return { name: 'trim', value: trim, expected: '0', why: 'what is under a mask cannot be compared' };
  if (prototypes) return { name: 'prototypes', value: prototypes, expected: 'false', why: 'they tell more of a device than its update does' };
  if (layers !== 'all') return { name: 'layers', value: layers, expected: 'all', why: 'devices add up only where each sends the same' };
  if (minDevices < FEWEST_MASKED) return { name: 'minDevices', value: minDevices, expected: `${FEWEST_MASKED} or more`, why: "with two, each knows the other's update" };
  if (minDevices > MOST_SHARES) return { name: 'minDevices', value: minDevices, expected: `${MOST_SHARES} or fewer`, why: 'a secret has no more shares' };
  return undefined;
}

/** Options by which a model, or when it comes, tells of single devices what no noise covers. */
export function faultUnderNoise({ masks = false, trust = true, clip = 0, trim = 0, prototypes = false, layers = 'all', mostExamples = 1, minExamples = 1 }: Partial<AggregatorOptions>): OptionFault | undefined {
  if (masks) return { name: 'masks', value: masks, expected: 'false', why: 'what is under a mask cannot be cut to one length' };
  if (!trust) return { name: 'trust', value: trust, expected: 'true, or nothing', why: 'each change is cut to one length already; who is set aside would tell of its samples' };
  if (clip > 0) return { name: 'clip', value: clip, expected: '0', why: 'changes are cut to one length, since a median of theirs would tell of them' };
  if (trim > 0) return { name: 'trim', value: trim, expected: '0', why: 'what is left out would tell of the samples' };
  if (prototypes) return { name: 'prototypes', value: prototypes, expected: 'false', why: 'they have no noise' };
  if (layers !== 'all') return { name: 'layers', value: layers, expected: 'all', why: 'noise was reckoned for whole updates' };
  if (mostExamples !== 1) return { name: 'mostExamples', value: mostExamples, expected: '1, or nothing', why: 'each device counts as one, whatever it has heard' };
  if (minExamples !== 1) return { name: 'minExamples', value: minExamples, expected: '1, or nothing', why: 'each device counts as one: give minDevices' };
  return undefined;
}
