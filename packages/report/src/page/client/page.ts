// What runs in the page.

import './theme.ts';
import './claims.ts';
import './print.ts';
import './feel.ts';
