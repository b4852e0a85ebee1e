/** One execution of a sync's job: its lease, slice, work in flight and pull, and the sweep for stranded work. */
@NullMarked
package io.celonamdm.firing;

import org.jspecify.annotations.NullMarked;
