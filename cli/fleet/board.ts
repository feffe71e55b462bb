import { once } from 'node:events';
import { Board, FleetBoard, connectDevice, disconnectDevice } from '../../host/fleet/index.js';
import { Measures } from '../../host/index.js';
import { openSerial } from '../../host/sources/serial.js';
import { UsageError, section, type Command } from '../arguments.js';
import { Complaints } from '../complaints.js';
import { FLEET_FAREWELL_MS, FLEET_OPTIONS, WAIT_OPTION, fleetOf, hintWhileWaiting, notTaken, roundTeller, sendTheRest, speaker, strandedText, unsentText, waitOf, whenTakenOver } from './connection.js';
import { endAll, onDeparture } from '../departure.js';
import { MODEL_KEY, publicKeyOf } from './keys.js';
import { BROKER_OPTIONS, credentials, tellConnection } from '../broker.js';
import { openSource } from '../sources/open.js';
import { OPTIONS_OF_SOURCES, checkSource } from '../sources/options.js';
import { count, jsonLine, percent } from '../terminal.js';

const { inputs: _, ...SOURCE_OPTIONS } = OPTIONS_OF_SOURCES;

export const fleetBoard: Command = {
  name: 'fleet board',
  operands: '',
  about: `A board on a serial port as a member of a fleet, as a service: what its source gives is predicted and learned on the board, and the board's parameters are what the
fleet gets. The board runs the firmware of this package, built for the fleet's shape and labels.`,
  options: {
    ...section('Fleet', { ...FLEET_OPTIONS, id: { value: 'NAME', help: 'of this board, one of its own: letters, digits, _ and -' }, 'model-key': MODEL_KEY }),
    ...section('Board', { port: { value: 'PATH', help: 'its serial port: /dev/ttyACM0, COM3' }, baud: { value: 'N', help: 'bits a second (default 115200)' } }),
    ...section('Where samples come from', { ...SOURCE_OPTIONS, ...WAIT_OPTION }),
    ...section('Broker', BROKER_OPTIONS),
    ...section('Output', { quiet: { help: 'nothing on stderr but errors' } }),
  },
  notes: [
    'A sample has the fleet\'s inputs, in the order of --fields or of the first sample, and one of its labels or none. An absent field is a missing value, as null is; told of once.',
    'The samples wait for the board. A label of null is an answer that was lost on the line: the sample was learned all the same, once.',
    'A board with a sensor of its own needs a program: docs/fleet.md.',
    '',
    'Example:',
    '  onward fleet board --broker mqtt://localhost --fleet pumps --id pump-9 --port /dev/ttyACM0 --source mqtt://localhost/plant/pump/9',
  ],

  async run(args) {
    const [url, fleet, id] = fleetOf(args, ['broker', 'fleet', 'id']) as [string, string, string];
    const port = args.text('port');
    if (port === undefined) throw new UsageError('--port PATH is missing');
    checkSource(args); // before the board and the model are waited for, which may take days
    const wait = waitOf(args);
    const publicKey = publicKeyOf(args);
    const say = speaker(args);
    const over = new AbortController();
    let live: Awaited<ReturnType<typeof openSource>> | undefined;
    const stop = (reason?: Error): void => {
      over.abort(reason);
      live?.stop();
    };
    onDeparture(() => stop(), () => process.exit(1), FLEET_FAREWELL_MS);
    say(`waiting for the board on ${port}`);
    const baud = args.whole('baud', 300, 1e7);
    const onConnection = (there: boolean): void => say(there ? `${port} is back` : `${port} is gone, trying again`);
    let board: Board;
    try {
      board = await Board.attach((onMessage) => openSerial(port, { onMessage, onConnection, ...(baud === undefined ? {} : { baud }) }), { signal: over.signal });
    } catch (error) {
      if (over.signal.aborted) return;
      throw error;
    }
    const client = await connectDevice(url, { fleet, id, ...credentials(args) });
    tellConnection(client, url, say);
    whenTakenOver(client, stop);
    const hint = hintWhileWaiting(client, fleet, say);
    const tell = roundTeller(say);
    const measures = new Measures();
    let [index, unsent] = [0, 0];
    let failed: unknown;
    const complaints = new Complaints(say);
    const refuse = complaints.take;
    const { inputs, labels } = board.config;
    const member = new FleetBoard(client, board, {
      fleet,
      id,
      ...(publicKey === undefined ? {} : { publicKey }),
      onModel(round) {
        clearTimeout(hint);
        tell(round);
      },
      onRefused: (reason, detail) => refuse(notTaken(reason, detail, 'build its firmware for those'), 'the broker'),
    });
    try {
      say(`${inputs} inputs, labels ${labels.join(', ')}, ${count(board.seen)} samples learned`);
      await member.ready(over.signal); // what it learned before would be replaced by the model
      const onLabel = (): void => refuse(new Error('a label that comes later is not taken here; send it with its sample'), 'a label');
      live = await openSource(args, { fields: undefined, inputs, known: { names: labels, whose: "the fleet's" }, place: undefined, onLabel, onRefused: refuse, say });
      if (over.signal.aborted) return;
      for await (const { x, y, t } of live.samples) {
        const learned = y !== undefined && labels.includes(y);
        if (x.length !== inputs || (y !== undefined && !learned)) {
          refuse(new Error(x.length !== inputs ? `the sample has ${x.length} values, the board takes ${inputs}` : `label '${y!.slice(0, 80)}' is none of the fleet's: ${labels.join(', ')}`), 'a sample');
          continue;
        }
        const label = learned ? await member.learn(x, y) : await board.predict(x);
        if (learned && label !== undefined) measures.add(y, label);
        const line = { index: index++, label: label ?? null, correct: learned && label !== undefined ? label === y : null, round: member.counts().round, ...(t === undefined ? {} : { t }) };
        live.publish(line);
        if (!process.stdout.write(`${jsonLine(line)}\n`)) await once(process.stdout, 'drain', { signal: over.signal }).catch(() => {});
      }
      unsent = await sendTheRest(member, wait, over.signal, say);
    } finally {
      clearTimeout(hint);
      failed = await endAll([() => member.close(), () => live?.close(), () => disconnectDevice(client), () => board.close()]);
      const { models, updates, stranded } = member.counts();
      const accuracy = measures.samples > 0 ? `, accuracy ${percent(measures.accuracy)}` : '';
      if (unsent > 0) say(unsentText(unsent, member.isOver, "; they are in the board's learner"));
      if (stranded > 0 && !member.isOver) say(strandedText(stranded, false));
      say(`${count(index)} samples${accuracy}, ${models} models taken, ${updates} updates sent, ${count(complaints.count)} refused; ${count(board.counts().repeated)} frames sent again`);
    }
    if (failed !== undefined) throw failed;
    if (over.signal.reason instanceof Error && over.signal.reason.name !== 'AbortError') throw over.signal.reason;
  },
};
