/** One execution of a sync's job: its lease, its time slice, what is in flight, the pull beside it, and the sweep that finds stranded work. */
@NullMarked
package io.celonamdm.firing;

import org.jspecify.annotations.NullMarked;
