/** A small invented inventory product, for the example of your own platform. */
@NullMarked
package io.celonamdm.simulator.fleetdesk;

import org.jspecify.annotations.NullMarked;
