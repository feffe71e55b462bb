// Node-RED and its helper, where they are installed: `npm ci --prefix node-red`, and nowhere else.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { needs, type Need } from '../suite.js';

export const PACKAGE = fileURLToPath(new URL('../../node-red/', import.meta.url));
export const NODE_RED: Need = needs('node-red', 'npm ci --prefix node-red', existsSync(`${PACKAGE}node_modules/node-red/package.json`));

/** Node-RED's Dashboard 2, for its example: 150 packages and 135 MB more, so it stands apart. */
export const DASHBOARD = fileURLToPath(new URL('../../build/dashboard/node_modules/@flowfuse/node-red-dashboard', import.meta.url));
export const DASHBOARD_2: Need = needs('Dashboard 2', 'npm install --prefix build/dashboard @flowfuse/node-red-dashboard@1.31.0', existsSync(`${DASHBOARD}/package.json`));

/** As a node of the package would. */
export const fromPackage = createRequire(`${PACKAGE}package.json`);
