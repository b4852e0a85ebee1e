/** The part of Jamf Pro that a connector uses, as in Jamf's published schema. */
@NullMarked
package io.celonamdm.simulator.jamf;

import org.jspecify.annotations.NullMarked;
