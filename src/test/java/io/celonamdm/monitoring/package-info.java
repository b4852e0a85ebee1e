/** Alerts and dashboard, as Prometheus sees them. */
@NullMarked
package io.celonamdm.monitoring;

import org.jspecify.annotations.NullMarked;
