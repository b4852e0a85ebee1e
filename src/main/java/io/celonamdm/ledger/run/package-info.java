/** Runs, the state of a sync, plans, and the fence that stops a superseded firing from writing. */
@NullMarked
package io.celonamdm.ledger.run;

import org.jspecify.annotations.NullMarked;
