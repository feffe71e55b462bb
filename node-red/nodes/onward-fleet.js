'use strict';

const Badge = require('../lib/badge.js');
const { readyModel, short } = require('../lib/holder.js');

/** Makes a model a member of a fleet: it shares what it learned, never a sample. A message comes out with every model of the fleet. */
module.exports = function (RED) {
  function OnwardFleet(config) {
    const node = this;
    RED.nodes.createNode(node, config);
    const shown = new Badge(node);
    const fail = (error) => {
      shown.show({ fill: 'red', shape: 'dot', text: short(error.message) });
      node.error(error.message);
    };
    const { model: holderId, broker: brokerId, fleet, device } = config;
    const holder = RED.nodes.getNode(holderId);
    const broker = RED.nodes.getNode(brokerId);

    shown.show({ fill: 'grey', shape: 'ring', text: 'onward-fleet.status.loading' });
    let member;
    let joined = join();
    holder?.on('onward:changed', againAfterReset);

    function join() {
      const joining = becomeMember();
      joining.catch(fail);
      return joining;
    }

    /** A member begins anew with its model; one that could not be a member may be another now. */
    function againAfterReset(model, command) {
      if (command !== 'reset') return;
      if (member) shown.show(badge(member.progress));
      joined = joined.catch(() => join());
      joined.catch(() => undefined); // told by `join`
    }

    async function becomeMember() {
      if (!broker) throw new Error('there is no broker: choose one in this node');
      const { model, onward } = await readyModel(holder, 'learner');
      member = await onward.FleetMember.join(model, { fleet, device, broker }, {
        onChange: () => member && shown.show(badge(member.progress)),
        onModel: () => {
          if (member) node.send({ topic: fleet, payload: member.progress });
          holder.emit('onward:changed', model);
        },
        onError: (error) => node.error(error.message),
      });
      shown.show(badge(member.progress));
    }

    function badge({ round, updates, members, connected, isOver, error }) {
      if (error !== '') return { fill: 'red', shape: connected ? 'dot' : 'ring', text: short(error) };
      if (!connected) return { fill: 'yellow', shape: 'ring', text: `no connection to ${short(String(broker.broker ?? broker.brokerurl))}` };
      if (round < 0) return { fill: 'yellow', shape: 'dot', text: `waiting for the model of fleet ${fleet}` };
      return { fill: 'green', shape: isOver ? 'ring' : 'dot', text: `round ${round} · ${members} member${members === 1 ? '' : 's'} · ${updates} updates sent` };
    }

    node.on('close', async (removed, done) => {
      holder?.removeListener('onward:changed', againAfterReset);
      await joined.catch(() => undefined);
      await member?.close(removed).catch((error) => node.error(error.message));
      shown.close();
      done();
    });
  }

  RED.nodes.registerType('onward-fleet', OnwardFleet);
};
