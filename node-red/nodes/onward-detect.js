'use strict';

const useModel = require('../lib/model-user.js');

/** Says how unusual every reading is; the second output gets a message when an alarm begins. */
module.exports = function (RED) {
  function OnwardDetect(config) {
    const node = this;
    RED.nodes.createNode(node, config);
    const { features = 'payload' } = config;

    useModel(RED, node, config, {
      kind: 'detector',
      take({ model, msg, onward, property }) {
        const x = onward.readFeatures(property(features), model, `msg.${features}`, (text) => node.warn(text));
        const { begins, ...answer } = model.take(x);
        msg.onward = { ...model.progress, ...answer, features: Array.from(x) };
        msg.payload = answer.score;
        return [msg, begins ? { topic: msg.topic, payload: { score: answer.score, explanation: answer.explanation, seen: msg.onward.seen } } : null];
      },
      badge: (model) => {
        const { seen, alarm, alarms, toLearn, warmup } = model.progress;
        if (toLearn > 0) return { fill: 'yellow', shape: 'ring', text: `learning what is normal, ${warmup - toLearn} of ${warmup}` };
        return { fill: alarm ? 'red' : 'green', shape: 'dot', text: `${seen} seen · ${alarms} alarms` };
      },
    });
  }

  RED.nodes.registerType('onward-detect', OnwardDetect);
};
