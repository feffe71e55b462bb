/**
 * An adaptive random forest (Gomes and others, 2017): Hoeffding trees that look at some inputs a leaf, each taught a sample as often as Poisson(6) says. Each has two ADWINs over its errors:
 * the more suspicious one starts a tree in the background, which takes its place when the other alarms. Trees vote by how often they are right.
 */
import { HoeffdingTree, type TreeSettings } from '../../everyday/rivals/hoeffding-tree.js';
import type { Contestant } from '../../everyday/script.js';
import { Random } from '../../rivals/random.js';
import { Adwin } from './adwin.js';

const OFTEN = Math.exp(-6); // P(0) of Poisson(6)
const WARNING = 0.01;
const DRIFT = 0.001;

interface Member {
  tree: HoeffdingTree;
  warning: Adwin;
  drift: Adwin;
  background?: HoeffdingTree;
}

export class AdaptiveForest implements Contestant {
  private readonly members: Member[];
  private readonly random: Random;

  constructor(private readonly inputs: number, private readonly labels: number, trees: number, private readonly settings: TreeSettings, seed: number) {
    this.random = new Random(seed);
    this.members = Array.from({ length: trees }, () => this.fresh(this.grow()));
  }

  teach(x: Float32Array, label: number): void {
    this.members.forEach((member, k) => {
      const wrong = member.tree.answer(x) === label ? 0 : 1;
      for (let times = this.poisson(); times > 0; times--) {
        member.tree.teach(x, label);
        member.background?.teach(x, label);
      }
      if (member.warning.observe(wrong)) member.background = this.grow();
      if (member.drift.observe(wrong)) this.members[k] = this.fresh(member.background ?? this.grow());
    });
  }

  answer(x: Float32Array): number {
    const votes = new Float64Array(this.labels);
    let best = -1;
    for (const { tree, drift } of this.members) {
      const label = tree.answer(x);
      if (label < 0) continue;
      votes[label] += 1 - drift.mean() + 1e-6;
      if (best < 0 || votes[label] > votes[best]) best = label;
    }
    return best;
  }

  /** All trees, those in the background too. */
  bytes(): number {
    return this.members.reduce((sum, { tree, background }) => sum + tree.bytes() + (background?.bytes() ?? 0), 0);
  }

  private fresh(tree: HoeffdingTree): Member {
    return { tree, warning: new Adwin(WARNING), drift: new Adwin(DRIFT) };
  }

  private grow(): HoeffdingTree {
    const at = Math.round(Math.sqrt(this.inputs)) + 1;
    return new HoeffdingTree(this.inputs, this.labels, { ...this.settings, looks: { at, below: (bound) => this.random.below(bound) } });
  }

  private poisson(): number {
    let k = 0;
    for (let p = this.random.uniform(); p > OFTEN; p *= this.random.uniform()) k++;
    return k;
  }
}
