/** The part of Jamf Pro that a connector talks to, in the shapes of Jamf's published schema. */
@NullMarked
package io.celonamdm.simulator.jamf;

import org.jspecify.annotations.NullMarked;
