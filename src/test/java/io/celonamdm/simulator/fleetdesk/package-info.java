/** A small inventory product, invented, for the example of a platform of one's own. */
@NullMarked
package io.celonamdm.simulator.fleetdesk;

import org.jspecify.annotations.NullMarked;
