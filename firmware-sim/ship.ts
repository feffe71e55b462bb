// `npm run firmware:image`: rebuilds what the package carries for people without a compiler (images/).
import { ship } from './shipped.js';

ship();
