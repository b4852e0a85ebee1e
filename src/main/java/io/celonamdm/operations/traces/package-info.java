/** OpenTelemetry traces of runs; not loaded unless they are enabled. */
@NullMarked
package io.celonamdm.operations.traces;

import org.jspecify.annotations.NullMarked;
