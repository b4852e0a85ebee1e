/** Syncs, their routes and Quartz jobs, and the work of a firing. */
@NullMarked
package io.celonamdm.sync;

import org.jspecify.annotations.NullMarked;
