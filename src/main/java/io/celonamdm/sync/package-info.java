/** Defines syncs, and judges and reports their runs. */
@NullMarked
package io.celonamdm.sync;

import org.jspecify.annotations.NullMarked;
