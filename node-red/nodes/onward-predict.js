'use strict';

const useModel = require('../lib/model-user.js');

/** Predicts a number for every message and where it lies, then learns the number that came with it. */
module.exports = function (RED) {
  function OnwardPredict(config) {
    const node = this;
    RED.nodes.createNode(node, config);
    const { features = 'payload', targetProperty: targetPath = 'target' } = config;

    useModel(RED, node, config, {
      kind: 'regressor',
      take({ model, msg, onward, property }) {
        const target = onward.readTarget(property(targetPath), `msg.${targetPath}`);
        const x = model.inputs === 0 ? new Float64Array() : onward.readFeatures(property(features), model, `msg.${features}`, (text) => node.warn(text));
        msg.onward = { ...model.take(x, target), features: Array.from(x), ...model.progress };
        msg.payload = msg.onward.value;
        return msg;
      },
      badge: (model) => {
        const { seen, error, within } = model.progress;
        const quality = error === null ? '' : ` · ± ${Number(error.toPrecision(3))} · ${(within * 100).toFixed(0)} % within`;
        return { fill: seen === 0 ? 'yellow' : 'green', shape: 'dot', text: `${seen} learned${quality}` };
      },
    });
  }

  RED.nodes.registerType('onward-predict', OnwardPredict);
};
