/**
 * A Hoeffding tree: leaves keep a Gaussian a label and input, a leaf is tried every 50 samples at ten cuts an input, and splits where the Hoeffding bound
 * (delta 0.01, ties below 0.05) allows it and 16 kB hold the leaves, unless told otherwise. A leaf answers by naive Bayes or by its majority, whichever was right
 * more often there. Given a random source, a leaf looks at some inputs only (a tree of a forest).
 */
import type { Contestant } from '../script.js';
import { NaiveBayes } from './naive-bayes.js';
import { InputMoments } from './moments.js';

const TIE = 0.05;
const CUTS = 10;

export interface TreeSettings {
  grace: number; // samples between two trials of a leaf
  delta: number; // of the Hoeffding bound
  limit: number; // bytes
  mostLeaves: number;
  /** Draws the inputs that a leaf looks at: so many, all without. */
  looks?: { at: number; below(bound: number): number };
}

const SMALL: TreeSettings = { grace: 50, delta: 0.01, limit: 16_384, mostLeaves: 64 };

interface Leaf {
  counts: Float64Array; // by label
  inherited: number; // majority of the parent: the answer of an empty leaf
  classes: (InputMoments | undefined)[];
  bayes: NaiveBayes;
  since: number;
  rightBayes: number;
  rightMajority: number;
  looks: readonly number[]; // inputs that it may split at
}

interface Split {
  input: number;
  cut: number;
  below: Node;
  above: Node;
}

type Node = Leaf | Split;

export class HoeffdingTree implements Contestant {
  private root: Node;
  private leaves = 1;
  private readonly most: number;
  private readonly taught = new Set<number>();

  constructor(
    private readonly inputs: number,
    private readonly labels: number,
    private readonly settings = SMALL,
  ) {
    const { limit, mostLeaves } = settings;
    // A split leaf gives its statistics back: only leaves count. Mean and variance an input and label, a count a label.
    this.most = Math.max(1, Math.min(mostLeaves, Math.floor(limit / this.leafBytes(labels))));
    this.root = this.leaf(-1);
  }

  teach(x: Float32Array, label: number): void {
    this.taught.add(label);
    const [leaf, parent] = this.find(x);
    if (leaf.bayes.answer(x) === label) leaf.rightBayes++;
    if (majority(leaf) === label) leaf.rightMajority++;
    leaf.counts[label]++;
    leaf.bayes.teach(x, label);
    (leaf.classes[label] ??= new InputMoments(this.inputs)).observe(x);
    if (++leaf.since < this.settings.grace || this.leaves >= this.most) return;
    leaf.since = 0;
    const split = this.tried(leaf);
    if (split === undefined) return;
    this.leaves++;
    if (parent === undefined) this.root = split;
    else if (parent.below === leaf) parent.below = split;
    else parent.above = split;
  }

  answer(x: Float32Array): number {
    const [leaf] = this.find(x);
    const bayes = leaf.rightBayes >= leaf.rightMajority ? leaf.bayes.answer(x) : -1;
    return bayes >= 0 ? bayes : majority(leaf);
  }

  bytes(): number {
    return this.leaves * this.leafBytes(Math.max(1, this.taught.size)) + (this.leaves - 1) * 12;
  }

  private leafBytes(labels: number): number {
    return 4 * (labels * (2 * this.inputs + 1) + 2 * this.inputs + 4);
  }

  private leaf(inherited: number): Leaf {
    return { counts: new Float64Array(this.labels), inherited, classes: [], bayes: new NaiveBayes(this.inputs), since: 0, rightBayes: 0, rightMajority: 0, looks: this.drawn() };
  }

  private drawn(): number[] {
    const { looks } = this.settings;
    const all = Array.from({ length: this.inputs }, (_, i) => i);
    if (looks === undefined) return all;
    return Array.from({ length: Math.min(looks.at, this.inputs) }, () => all.splice(looks.below(all.length), 1)[0]!);
  }

  private find(x: Float32Array): [Leaf, Split | undefined] {
    let parent: Split | undefined;
    let node = this.root;
    while ('below' in node) {
      parent = node;
      node = x[node.input] > node.cut ? node.above : node.below; // a missing value goes below
    }
    return [node, parent];
  }

  /** The split that the bound allows, if any. */
  private tried(leaf: Leaf): Split | undefined {
    const total = leaf.counts.reduce((sum, v) => sum + v, 0);
    const now = entropy(leaf.counts);
    if (now === 0) return undefined;
    let best = { gain: 0, input: -1, cut: 0 };
    let second = 0;
    for (const input of leaf.looks) {
      const own = this.bestCut(leaf, input, now, total);
      if (own.gain > best.gain) [second, best] = [best.gain, { ...own, input }];
      else if (own.gain > second) second = own.gain;
    }
    const range = Math.log2(Math.max(2, this.taught.size));
    const bound = Math.sqrt((range * range * Math.log(1 / this.settings.delta)) / (2 * total));
    if (best.input < 0 || !(best.gain - second > bound || bound < TIE)) return undefined;
    const { input, cut } = best;
    return { input, cut, below: this.leaf(majority(leaf)), above: this.leaf(majority(leaf)) };
  }

  private bestCut({ classes, counts }: Leaf, input: number, now: number, total: number): { gain: number; cut: number } {
    let low = Infinity;
    let high = -Infinity;
    const spread = classes.map((own) => (own === undefined ? 0 : Math.sqrt(own.variance(input))));
    classes.forEach((own, c) => {
      if (own === undefined || own.count[input] === 0) return;
      low = Math.min(low, own.mean[input] - 2 * spread[c]);
      high = Math.max(high, own.mean[input] + 2 * spread[c]);
    });
    let best = { gain: 0, cut: 0 };
    for (let k = 1; k <= CUTS && high > low; k++) {
      const cut = low + ((high - low) * k) / (CUTS + 1);
      const below = counts.map((count, c) => (classes[c] === undefined ? 0 : count * shareBelow(cut, classes[c].mean[input], spread[c])));
      const above = counts.map((count, c) => count - below[c]);
      const under = below.reduce((sum, v) => sum + v, 0) / total;
      const gain = now - under * entropy(below) - (1 - under) * entropy(above);
      if (gain > best.gain) best = { gain, cut };
    }
    return best;
  }
}

function majority({ counts, inherited }: Leaf): number {
  let best = -1;
  for (let c = 0; c < counts.length; c++) if (counts[c] > 0 && (best < 0 || counts[c] > counts[best])) best = c;
  return best < 0 ? inherited : best;
}

/** In bits. */
function entropy(counts: Float64Array): number {
  const total = counts.reduce((sum, v) => sum + v, 0);
  return total > 0 ? counts.reduce((sum, v) => (v > 0 ? sum - (v / total) * Math.log2(v / total) : sum), 0) : 0;
}

/** Share of a Gaussian below a cut, by the logistic curve of the same slope: good to 0.01. */
function shareBelow(cut: number, mean: number, deviation: number): number {
  if (deviation === 0) return cut >= mean ? 1 : 0;
  return 1 / (1 + Math.exp((-1.702 * (cut - mean)) / deviation));
}
