/** What the MDM shows: pulls, records, who is admitted, who owns an EID, and drift. */
@NullMarked
package io.celonamdm.ledger.inventory;

import org.jspecify.annotations.NullMarked;
