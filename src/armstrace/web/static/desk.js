/* What the pages do beyond links and forms. Everything works without it but the keys of the review queue. */
"use strict";
