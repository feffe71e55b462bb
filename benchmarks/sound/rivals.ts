// The simplest that can be done with the same features: the nearest mean of a label, and the nearest sample. Each feature is divided by its deviation.

export interface Taught {
  readonly x: ArrayLike<number>;
  readonly y: string;
}

type Answer = (x: ArrayLike<number>) => string;

export function nearestMean(taught: readonly Taught[]): Answer {
  const scale = scaleOf(taught);
  const means = [...new Set(taught.map(({ y }) => y))].map((y) => ({ y, x: meanOf(taught.filter((each) => each.y === y)) }));
  return nearest(means, scale);
}

export function nearestSample(taught: readonly Taught[]): Answer {
  return nearest(taught, scaleOf(taught));
}

function nearest(places: readonly Taught[], scale: Float64Array): Answer {
  return (x) => {
    let best = { y: '', distance: Infinity };
    for (const place of places) {
      let distance = 0;
      for (let i = 0; i < x.length; i++) distance += (scale[i]! * (x[i]! - place.x[i]!)) ** 2;
      if (distance < best.distance) best = { y: place.y, distance };
    }
    return best.y;
  };
}

function meanOf(taught: readonly Taught[]): Float64Array {
  const mean = new Float64Array(taught[0]!.x.length);
  for (const { x } of taught) for (let i = 0; i < mean.length; i++) mean[i]! += x[i]! / taught.length;
  return mean;
}

/** 1 / deviation. */
function scaleOf(taught: readonly Taught[]): Float64Array {
  const mean = meanOf(taught);
  return mean.map((centre, i) => 1 / (Math.sqrt(taught.reduce((sum, { x }) => sum + (x[i]! - centre) ** 2, 0) / taught.length) || 1));
}
