'use strict';

const useModel = require('../lib/model-user.js');

/** Predicts every message, then learns it where it has a label. */
module.exports = function (RED) {
  function OnwardLearn(config) {
    const node = this;
    RED.nodes.createNode(node, config);
    const { features = 'payload', labelProperty: labelPath = 'label', idProperty: idPath = 'id' } = config;

    useModel(RED, node, config, {
      kind: 'learner',
      take({ model, msg, onward, property }) {
        const value = property(features);
        const label = onward.readLabel(property(labelPath), `msg.${labelPath}`);
        const id = idPath === '' ? undefined : onward.readId(property(idPath), `msg.${idPath}`);
        const isAlone = label !== undefined && (value === undefined || value === null) && (id !== undefined || model.labelAt !== undefined);
        const x = isAlone ? undefined : onward.readFeatures(value, model, `msg.${features}`, (text) => node.warn(text));

        const { drift, ...answer } = !isAlone ? model.take(x, label, id) : id === undefined ? model.teachSpan(label, onward.readSeconds(msg.seconds)) : model.teachLate(id, label);
        msg.onward = { ...answer, ...(x ? { features: Array.from(x) } : {}), ...model.progress };
        msg.payload = isAlone ? label : answer.label;
        return [msg, drift ? { topic: msg.topic, payload: drift } : null];
      },
      badge: (model) => {
        const { seen, accuracy } = model.progress;
        const quality = accuracy === undefined ? '' : ` · ${(accuracy * 100).toFixed(1)} %`;
        if (model.moved) return { fill: 'yellow', shape: 'dot', text: `${seen} learned${quality} · moved far, wants a label` };
        return { fill: seen === 0 ? 'yellow' : 'green', shape: 'dot', text: `${seen} learned${quality}` };
      },
    });
  }

  RED.nodes.registerType('onward-learn', OnwardLearn);
};
