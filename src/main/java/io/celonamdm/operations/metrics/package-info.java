/** What a monitoring system sees of the connector: metrics, and the health of its jobs. */
@NullMarked
package io.celonamdm.operations.metrics;

import org.jspecify.annotations.NullMarked;
