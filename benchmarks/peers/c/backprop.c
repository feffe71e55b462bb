/* A float32 multi-layer perceptron: ReLU, softmax, cross-entropy, plain SGD at batch 1, updated in place. With a margin above 0 a
 * sample whose 1 - p(y) is below it is not learned: onward's rule for confident samples. */
#include "serve.h"
#include <math.h>

typedef struct {
  int inputs, units;
  float *weights; /* [units, inputs] */
  float *biases, *out, *delta;
} Layer;

static Layer layers[9];
static int count;
static size_t used;

static float *take(size_t floats) {
  used += floats * sizeof(float);
  return aligned_alloc(64, (floats * sizeof(float) + 63) / 64 * 64);
}

static size_t bytes(void) { return used + count * sizeof(Layer); }

static void reset(void) {
  if (count == 0) {
    for (int before = task.inputs; count <= task.layers; count++) {
      Layer *l = &layers[count];
      l->inputs = before;
      l->units = before = count < task.layers ? task.units[count] : task.labels;
      l->weights = take((size_t)l->units * l->inputs);
      l->biases = take(l->units);
      l->out = take(l->units);
      l->delta = take(l->units);
    }
  }
  for (Layer *l = layers; l < layers + count; l++) {
    float deviation = sqrtf(2.0f / l->inputs);
    for (size_t w = 0; w < (size_t)l->units * l->inputs; w++) l->weights[w] = deviation * normal();
    memset(l->biases, 0, l->units * sizeof(float));
  }
}

static void forward(const float *z) {
  for (Layer *l = layers; l < layers + count; z = l->out, l++) {
    int last = l + 1 == layers + count;
    for (int j = 0; j < l->units; j++) {
      const float *w = l->weights + (size_t)j * l->inputs;
      float a = l->biases[j];
      for (int i = 0; i < l->inputs; i++) a += w[i] * z[i];
      l->out[j] = a > 0 || last ? a : 0;
    }
  }
}

static int predict(const float *x) {
  forward(x);
  return best_of(layers[count - 1].out, task.labels);
}

static void learn(const float *x, int y) {
  forward(x);
  Layer *top = &layers[count - 1];
  float most = top->out[best_of(top->out, top->units)], sum = 0;
  for (int c = 0; c < top->units; c++) sum += top->out[c] = expf(top->out[c] - most);
  for (int c = 0; c < top->units; c++) top->delta[c] = (c == y) - top->out[c] / sum;
  if (top->delta[y] < margin) return;
  for (Layer *l = top; l >= layers; l--) {
    Layer *below = l > layers ? l - 1 : NULL;
    const float *z = below ? below->out : x;
    if (below) memset(below->delta, 0, below->units * sizeof(float));
    /* one sweep over the weights: pass the error down with the old weight, then update it */
    for (int j = 0; j < l->units; j++) {
      float d = l->delta[j], step = rate * d;
      float *restrict w = l->weights + (size_t)j * l->inputs;
      if (d == 0) continue;
      l->biases[j] += step;
      if (below) {
        float *restrict down = below->delta;
        for (int i = 0; i < l->inputs; i++) {
          down[i] += d * w[i];
          w[i] += step * z[i];
        }
      } else {
        for (int i = 0; i < l->inputs; i++) w[i] += step * z[i];
      }
    }
    if (below) for (int i = 0; i < below->units; i++) below->delta[i] = below->out[i] > 0 ? below->delta[i] : 0;
  }
}
