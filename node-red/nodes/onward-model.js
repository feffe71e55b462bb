'use strict';

/** The learner, detector or regressor that nodes share. `ready` is of { model, onward }. */
module.exports = function (RED) {
  function OnwardModel(config) {
    RED.nodes.createNode(this, config);
    this.setMaxListeners(0); // one for every node that uses it
    this.kind = ['detector', 'regressor'].includes(config.kind) ? config.kind : 'learner';
    const userDir = RED.settings.userDir ?? process.cwd();
    this.ready = import('../lib/open.mjs').then(async (onward) => ({
      onward,
      model: await onward.openModel(config, userDir, (error) => this.error(error.message)),
    }));
    this.ready.catch((error) => this.error(error.message));

    this.on('close', async (done) => {
      const opened = await this.ready.catch(() => undefined);
      try {
        await opened?.model.close();
      } catch (error) {
        this.error(error.message);
      }
      done();
    });
  }

  RED.nodes.registerType('onward-model', OnwardModel);
};
