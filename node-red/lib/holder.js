'use strict';

/** The opened model behind a configuration node, if it is of the kind that a node takes. Gives { model, onward }. */
exports.readyModel = async function readyModel(holder, kind) {
  if (!holder) throw new Error('there is no model: choose one in this node');
  if (holder.kind !== kind) throw new Error(`the model is a ${holder.kind}, this node takes a ${kind}: choose another model`);
  return holder.ready;
};

/** What fits under a node. */
exports.short = function short(message) {
  return message.length > 60 ? `${message.slice(0, 59)}…` : message;
};
