/**
 * The database: inventory, devices, journal, runs and dead letters, with the domain's verbs as methods.
 *
 * <p>A query for the first few rows in index order names all columns of the index in its {@code order by}, even those
 * fixed by its condition. Otherwise H2 reads and sorts all remaining rows instead of stopping early.
 */
@NullMarked
package io.celonamdm.ledger;

import org.jspecify.annotations.NullMarked;
