'use strict';

const useModel = require('../lib/model-user.js');

/** Predicts every message, then learns it where it has a label. */
module.exports = function (RED) {
  function OnwardLearn(config) {
    RED.nodes.createNode(this, config);
    const { features = 'payload', labelProperty: labelPath = 'label', idProperty: idPath = 'id' } = config;

    useModel(RED, this, config, {
      kind: 'learner',
      take({ model, msg, onward, property }) {
        const value = property(features);
        const label = onward.readLabel(property(labelPath), `msg.${labelPath}`);
        const id = idPath === '' ? undefined : onward.readId(property(idPath), `msg.${idPath}`);
        const isLate = id !== undefined && label !== undefined && (value === undefined || value === null);
        const x = isLate ? undefined : onward.readFeatures(value, model, `msg.${features}`);

        const { drift, ...answer } = isLate ? model.teachLate(id, label) : model.take(x, label, id);
        msg.onward = { ...answer, ...(x ? { features: Array.from(x) } : {}), ...model.progress };
        msg.payload = isLate ? label : answer.label;
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
