// The word list of the prose linter. docs/words.md has the words that are in; here are the ones that are out, and what to write in their place.

export interface Out {
  readonly found: RegExp;
  readonly instead: string;
}

/** Other names for what docs/words.md names. One thing has one name, or a reader looks for the difference. */
export const SYNONYMS: readonly Out[] = [
  { found: /\b(data ?points?|datum)\b/i, instead: 'sample' },
  { found: /\bclass labels?\b/i, instead: 'label' },
  { found: /\b(neural net|neural nets)\b/i, instead: 'network' },
  { found: /\btest-then-train accuracy\b/i, instead: 'prequential accuracy' },
  { found: /\breplay buffer\b/i, instead: 'memory, exemplars' },
  { found: /\b(centroids?)\b/i, instead: 'prototype, or mean' },
];

/** Words that say nothing, or say it twice. */
export const EMPTY: readonly Out[] = [
  { found: /\b(utili[sz]e[sd]?|leverag(?:e[sd]?|ing)(?! bagging))\b/i, instead: 'use' },
  { found: /\bin order to\b/i, instead: 'to' },
  { found: /\b(simply|obviously|of course|easily|seamless(?:ly)?|blazing(?:ly)?|powerful|robustly|cutting[- ]edge|state[- ]of[- ]the[- ]art)\b/i, instead: 'nothing: leave it out' },
  { found: /\bplease\b/i, instead: 'the plain imperative' },
  { found: /\b(e\.g\.|i\.e\.|resp\.)/i, instead: 'such as, that is' },
  { found: /\b(performant)\b/i, instead: 'fast, with the number' },
  { found: /\bdue to the fact that\b/i, instead: 'because' },
];

/** Turns of phrase that a reader has to read twice: a sentence without its subject, or one that is translated. */
export const TICS: readonly Out[] = [
  { found: /^(?:What|Whether|Who|Whoever)\b[^?:]*[.;]$/, instead: 'a sentence that begins with its subject' },
  { found: /^Where\b(?![^?]*\bto\b[^?]*\?)[^,?]*\b(?:is|are|was|were|stands?|comes?|goes|lies)\b[^,?]*[.;]$/, instead: 'a sentence that begins with its subject' },
  { found: /\bgo(?:es)? on where\b/i, instead: 'continues from' },
  { found: /\b(?:who|that) has (?:a|an|the|no|one)\b[^.]*\b(?:is|are) (?:told|given|said)\b/i, instead: 'you, and what you see' },
  { found: /\b(?:is|are|was|were) told (?:of|that|at|once|about)\b/i, instead: 'say who sees what: "you see", "the log names"' },
  { found: /\b(?:of|from|than) before\b(?! (?:it|the|they|there|that|a|you)\b)/i, instead: '"older", or name the version' },
  { found: /\bis for the owner to say\b/i, instead: 'the owner decides' },
  { found: /\bhas to be such as\b/i, instead: 'must be' },
  { found: /\band that is said\b/i, instead: 'and the log says so' },
];

export const OUT: readonly Out[] = [...SYNONYMS, ...EMPTY, ...TICS];

/** More words than this, brackets aside, without a full stop, a semicolon or a colon are two sentences. */
export const LONGEST_SENTENCE = 45;
