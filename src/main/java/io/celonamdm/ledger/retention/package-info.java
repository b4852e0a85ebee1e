/** How long the ledger keeps what it no longer needs, and what is left of a device whose data is erased. */
@NullMarked
package io.celonamdm.ledger.retention;

import org.jspecify.annotations.NullMarked;
