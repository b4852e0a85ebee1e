/** Celona and Jamf Pro with a fleet of phones, as real HTTP servers for the demo and the tests. */
@NullMarked
package io.celonamdm.simulator;

import org.jspecify.annotations.NullMarked;
