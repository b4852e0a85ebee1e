/** What every repository stands on: the database and its outages, backups, rows, chunks, points in time, the audit. */
@NullMarked
package io.celonamdm.ledger.database;

import org.jspecify.annotations.NullMarked;
