/** Jamf Pro. */
@NullMarked
package io.celonamdm.platform.jamf;

import org.jspecify.annotations.NullMarked;
