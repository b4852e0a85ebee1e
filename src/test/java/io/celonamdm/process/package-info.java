/** The connector as a separate process that is killed, stopped and restarted, run against the simulators. */
@NullMarked
package io.celonamdm.process;

import org.jspecify.annotations.NullMarked;
