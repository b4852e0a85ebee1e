/** Devices and their transitions, the journal of calls, dead letters, doubt, and what is due. */
@NullMarked
package io.celonamdm.ledger.device;

import org.jspecify.annotations.NullMarked;
