/** The database: inventory, devices, journal, runs and dead letters, as verbs of the domain. */
@NullMarked
package io.celonamdm.ledger;

import org.jspecify.annotations.NullMarked;
