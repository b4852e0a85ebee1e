/**
 * The database: inventory, devices, journal, runs and dead letters, as verbs of the domain.
 *
 * <p>A query that wants the first few rows in the order of an index names all columns of the index in its {@code order by},
 * those that its condition fixes as well: only then does H2 stop in time, instead of reading and sorting whatever is left.
 */
@NullMarked
package io.celonamdm.ledger;

import org.jspecify.annotations.NullMarked;
