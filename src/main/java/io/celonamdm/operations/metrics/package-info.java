/** Metrics, and the health of the jobs, for monitoring systems. */
@NullMarked
package io.celonamdm.operations.metrics;

import org.jspecify.annotations.NullMarked;
