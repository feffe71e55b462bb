/* onward's learning rule in float32: label-gated Forward-Forward, half-normalised step, self-finding rate, confident samples skipped.
 * No skip input, no standardiser: the task is standardised. */
#include "serve.h"
#include <math.h>

#define ALPHA 10.0f
#define GATE_DIVISOR 20.0f
#define LOG_LIMIT 0.9162907f /* ln 2.5 */

typedef struct {
  int inputs, units;
  float *weights; /* [units, inputs] */
  float *gates;   /* [labels, units] */
  float *biases, *mean_pull, *mean_inputs;
  float log_rate;
} Layer;

static Layer layers[8];
static float *a, *r, *z_next, *goodness, *total; /* one of each: nothing of a layer is kept */
static float boost;
static size_t used;

static float *take(size_t floats) {
  used += floats * sizeof(float);
  return aligned_alloc(64, (floats * sizeof(float) + 63) / 64 * 64);
}

static size_t bytes(void) { return used + task.layers * sizeof(Layer); }

static void reset(void) {
  if (!a) {
    int before = task.inputs, widest = 0;
    for (int k = 0; k < task.layers; k++) {
      Layer *l = &layers[k];
      l->inputs = before;
      l->units = before = task.units[k];
      if (l->units > widest) widest = l->units;
      l->weights = take((size_t)l->units * l->inputs);
      l->gates = take((size_t)l->units * task.labels);
      l->biases = take(l->units);
      l->mean_pull = take(l->units);
      l->mean_inputs = take(l->inputs);
    }
    a = take(widest), r = take(widest), z_next = take(widest), goodness = take(task.labels), total = take(task.labels);
  }
  boost = 1;
  for (Layer *l = layers; l < layers + task.layers; l++) {
    float deviation = sqrtf(1.0f / l->inputs);
    for (size_t w = 0; w < (size_t)l->units * l->inputs; w++) l->weights[w] = deviation * normal();
    for (int v = 0; v < l->units * task.labels; v++) l->gates[v] = normal();
    memset(l->biases, 0, l->units * sizeof(float));
    memset(l->mean_pull, 0, l->units * sizeof(float));
    memset(l->mean_inputs, 0, l->inputs * sizeof(float));
    l->log_rate = 0;
  }
}

static void sense(Layer *l, const float *z) {
  for (int j = 0; j < l->units; j++) {
    const float *w = l->weights + (size_t)j * l->inputs;
    float sum = l->biases[j];
    for (int i = 0; i < l->inputs; i++) sum += w[i] * z[i];
    a[j] = sum;
  }
  for (int c = 0; c < task.labels; c++) {
    const float *v = l->gates + c * l->units;
    float sum = 0;
    for (int j = 0; j < l->units; j++) {
      float h = fmaxf(0, a[j] + v[j]);
      sum += h * h;
    }
    goodness[c] = sum / l->units;
    total[c] += goodness[c];
  }
}

static float pace(Layer *l, const float *z) {
  float rr = 0, zz = 1;
  for (int j = 0; j < l->units; j++) {
    rr += r[j] * l->mean_pull[j];
    l->mean_pull[j] += (r[j] - l->mean_pull[j]) / 32;
  }
  for (int i = 0; i < l->inputs; i++) {
    zz += z[i] * l->mean_inputs[i];
    l->mean_inputs[i] += (z[i] - l->mean_inputs[i]) / 32;
  }
  float agreement = rr * zz;
  l->log_rate += agreement > 0 ? 1 / 256.0f : agreement < 0 ? -1 / 256.0f : 0;
  l->log_rate = fminf(LOG_LIMIT, fmaxf(-LOG_LIMIT, l->log_rate));
  return expf(l->log_rate) * (1 + boost);
}

static void correct(Layer *l, const float *restrict z, int y) {
  float most = goodness[best_of(goodness, task.labels)], sum = 0;
  for (int c = 0; c < task.labels; c++) sum += goodness[c] = expf(ALPHA * (goodness[c] - most));
  for (int c = 0; c < task.labels; c++) goodness[c] = (c == y) - goodness[c] / sum;
  if (goodness[y] < margin) return;
  memset(r, 0, l->units * sizeof(float));
  for (int c = 0; c < task.labels; c++) {
    const float *v = l->gates + c * l->units;
    for (int j = 0; j < l->units; j++) r[j] += goodness[c] * fmaxf(0, a[j] + v[j]);
  }
  float eta = rate * ALPHA * pace(l, z), square = l->inputs;
  for (int c = 0; c < task.labels; c++) {
    float *v = l->gates + c * l->units, step = eta / GATE_DIVISOR * goodness[c];
    for (int j = 0; j < l->units; j++) v[j] += step * fmaxf(0, a[j] + v[j]);
  }
  for (int i = 0; i < l->inputs; i++) square += z[i] * z[i];
  eta /= square / 2;
  for (int j = 0; j < l->units; j++) {
    float *restrict w = l->weights + (size_t)j * l->inputs, step = eta * r[j];
    if (step == 0) continue;
    l->biases[j] += step;
    for (int i = 0; i < l->inputs; i++) w[i] += step * z[i];
  }
}

static void hand_on(Layer *l) {
  float square = 0;
  for (int j = 0; j < l->units; j++) {
    z_next[j] = fmaxf(0, a[j]);
    square += z_next[j] * z_next[j];
  }
  float scale = square > 0 ? 1 / sqrtf(square / l->units) : 0;
  for (int j = 0; j < l->units; j++) z_next[j] *= scale;
}

static void sweep(const float *z, int y) {
  memset(total, 0, task.labels * sizeof(float));
  for (Layer *l = layers; l < layers + task.layers; l++) {
    sense(l, z);
    if (y >= 0) correct(l, z, y);
    hand_on(l);
    z = z_next;
  }
}

static int predict(const float *x) {
  sweep(x, -1);
  return best_of(total, task.labels);
}

static void learn(const float *x, int y) {
  sweep(x, y);
  boost *= 1 - 1 / 256.0f;
}
