// The default theme without its fonts: 500 KB less, and the reader's own fonts are fine.

import Theme from 'vitepress/theme-without-fonts';
import './theme.css';

export default Theme;
