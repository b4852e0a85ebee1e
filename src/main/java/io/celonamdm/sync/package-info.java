/** Syncs, their routes and Quartz jobs, planning, and reports. */
@NullMarked
package io.celonamdm.sync;

import org.jspecify.annotations.NullMarked;
