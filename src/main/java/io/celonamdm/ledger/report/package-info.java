/** Reading the ledger for people: counts, snapshots, histories, notices. Nothing here changes a device. */
@NullMarked
package io.celonamdm.ledger.report;

import org.jspecify.annotations.NullMarked;
