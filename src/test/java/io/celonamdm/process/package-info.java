/** The connector as a process of its own that is killed, stopped and started again, run against the simulators. */
@NullMarked
package io.celonamdm.process;

import org.jspecify.annotations.NullMarked;
