/** What all repositories build on: the database and its outages, backups, rows, chunks, times and the audit. */
@NullMarked
package io.celonamdm.ledger.database;

import org.jspecify.annotations.NullMarked;
