/* FANN 2.2, the float library of Debian: incremental training, its fast piecewise linear sigmoid in every layer. */
#include "serve.h"
#include <malloc.h>
#include <floatfann.h>

static struct fann *net;
static fann_type target[256];
static size_t before;

static size_t bytes(void) { return mallinfo2().uordblks + mallinfo2().hblkhd - before; }

static void reset(void) {
  unsigned sizes[10] = {task.inputs}, count = 1;
  for (int k = 0; k < task.layers; k++) sizes[count++] = task.units[k];
  sizes[count++] = task.labels;
  if (net) fann_destroy(net);
  before = mallinfo2().uordblks + mallinfo2().hblkhd;
  net = fann_create_standard_array(count, sizes);
  fann_set_activation_function_hidden(net, FANN_SIGMOID_SYMMETRIC_STEPWISE);
  fann_set_activation_function_output(net, FANN_SIGMOID_STEPWISE);
  fann_set_training_algorithm(net, FANN_TRAIN_INCREMENTAL);
  fann_set_learning_rate(net, rate);
  srand(1);
  fann_randomize_weights(net, -0.1f, 0.1f); /* create_standard has seeded by the clock */
}

static void learn(const float *x, int y) {
  memset(target, 0, task.labels * sizeof(fann_type));
  target[y] = 1;
  fann_train(net, (fann_type *)x, target);
}

static int predict(const float *x) { return best_of(fann_run(net, (fann_type *)x), task.labels); }
