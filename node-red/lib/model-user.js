'use strict';

const Badge = require('./badge.js');
const { readyModel, short } = require('./holder.js');

/**
 * What `onward-learn`, `onward-detect` and `onward-predict` have in common: a model to wait for, commands, a badge, and errors that go to the catch nodes.
 *
 * Messages are worked off in the order in which they came: all wait for the same promise, and nothing else is waited for before a
 * sample is taken. Node-RED runs in one thread and a sample is taken in one go, so several nodes can use one model.
 *
 * @param {'learner' | 'detector' | 'regressor'} kind of model
 * @param {(use: { model: any, msg: any, onward: any, property: (path: string) => unknown }) => any} take one message: gives what to send
 * @param {(model: any) => object} badge the status when all is well
 */
module.exports = function useModel(RED, node, config, { kind, take, badge }) {
  const shown = new Badge(node);
  const holder = RED.nodes.getNode(config.model);
  const fail = (error) => shown.show({ fill: 'red', shape: 'dot', text: short(error.message) });
  const refresh = (model) => shown.show(badge(model));

  shown.show({ fill: 'grey', shape: 'ring', text: `${node.type}.status.loading` });
  const ready = readyModel(holder, kind);
  ready.then(({ model }) => refresh(model)).catch(fail);
  holder?.on('onward:changed', refresh); // by whichever node

  node.on('input', async (msg, send, done) => {
    let using;
    try {
      const { model, onward } = (using = await ready);
      const property = (path) => read(RED, msg, path);
      const { command: name } = msg;
      if (name !== undefined) send(await command(model, onward, msg, property, config));
      else send(take({ model, msg, onward, property }));
      holder.emit('onward:changed', model, name);
      done();
    } catch (error) {
      if (using && msg.command === undefined) using.model.refused++;
      fail(error);
      done(error);
    }
  });

  node.on('close', () => {
    holder?.removeListener('onward:changed', refresh);
    shown.close();
  });
};

async function command(model, onward, msg, property, config) {
  const name = msg.command;
  if (typeof name !== 'string' || !Object.hasOwn(model.commands, name)) {
    throw new RangeError(`msg.command: there is no command ${JSON.stringify(name)?.slice(0, 40)}; there are ${Object.keys(model.commands).join(', ')}`);
  }
  const label = config.labelProperty ? onward.readLabel(property(config.labelProperty), `msg.${config.labelProperty}`) : undefined;
  msg.payload = await model.commands[name]({ steps: msg.steps, label });
  return msg;
}

/** A property that is not there, at whatever depth, is undefined. */
function read(RED, msg, path) {
  try {
    return RED.util.getMessageProperty(msg, path);
  } catch {
    return undefined;
  }
}
