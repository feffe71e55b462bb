'use strict';

const useModel = require('../lib/model-user.js');

/** Predicts every sample, then learns it where it has a label. A sample is a message, or a window of them. */
module.exports = function (RED) {
  function OnwardLearn(config) {
    const node = this;
    RED.nodes.createNode(node, config);
    const { features = 'payload', labelProperty: labelPath = 'label', idProperty: idPath = 'id' } = config;
    let moments;
    let warned = false;

    useModel(RED, node, config, {
      kind: 'learner',
      take({ model, msg, onward, property }) {
        const value = property(features);
        const label = onward.readLabel(property(labelPath), `msg.${labelPath}`);
        const id = idPath === '' ? undefined : onward.readId(property(idPath), `msg.${idPath}`);
        const isAlone = label !== undefined && (value === undefined || value === null) && (id !== undefined || model.labelAt !== undefined);
        moments ??= new onward.Moments(model);
        const x = isAlone ? undefined : moments.add(onward.readFeatures(value, model, `msg.${features}`, (text) => node.warn(text)), label, msg.topic);
        if (!isAlone && x === undefined) {
          if (id !== undefined && !warned) node.warn(`msg.${idPath}: a window has the id of its last message; ${id} is on one before it, and a label that comes for it finds nothing`);
          warned ||= id !== undefined;
          return undefined; // the other readings have yet to come
        }

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
