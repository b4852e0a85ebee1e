/** Traces of runs for OpenTelemetry; nothing of this is loaded unless they are switched on. */
@NullMarked
package io.celonamdm.operations.traces;

import org.jspecify.annotations.NullMarked;
