/** Runs, the state of a sync, plans, and the fence that keeps a firing from writing once another one has its place. */
@NullMarked
package io.celonamdm.ledger.run;

import org.jspecify.annotations.NullMarked;
